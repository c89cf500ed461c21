package import BenchModel
import Foundation

/// A work tree of a commit, beside the user's own, which stays as it is.
package struct GitWorktree: Sendable {
  package let path: String
  /// Whether the commit has submodules, which are not checked out here.
  package let hasSubmodules: Bool
}

extension GitRepository {
  /// Checks `commit` out into `path`.
  ///
  /// The path should always be the same: it is embedded in what is built there, and identical code
  /// should give identical bytes. A worktree that an earlier benchdb left there is used again: its
  /// files become those of `commit`, and what git ignores, such as the products of the build
  /// before, stays, so that only what differs is compiled. One that is broken is replaced.
  package func addWorktree(of commit: Commit, at path: String) throws -> GitWorktree {
    if try !reuseWorktree(at: path, for: commit) {
      try removeWorktree(at: path)
      try createFolder((path as NSString).deletingLastPathComponent)
      try git.run(["worktree", "add", "--detach", "--force", path, commit.hash])
    }
    return GitWorktree(
      path: path, hasSubmodules: FileManager.default.fileExists(atPath: path + "/.gitmodules"))
  }

  /// Whether there was a worktree of this repository at `path`, which now holds `commit` and
  /// nothing that git does not know or ignore.
  private func reuseWorktree(at path: String, for commit: Commit) throws -> Bool {
    guard FileManager.default.fileExists(atPath: path + "/.git") else { return false }
    let worktree = GitCommand(directory: path)
    let ours = try git.run(["rev-parse", "--path-format=absolute", "--git-common-dir"])
    let theirs = try worktree.result(["rev-parse", "--path-format=absolute", "--git-common-dir"])
    guard theirs.exit.isSuccess, theirs.text == ours else { return false }
    for step in [["checkout", "--quiet", "--detach", "--force", commit.hash], ["clean", "-dffq"]] {
      guard try worktree.result(step).exit.isSuccess else { return false }
    }
    return true
  }

  /// Removes a worktree and whatever was built in it; no error when there is none.
  ///
  /// Only this one: `git worktree prune` would also forget the user's own worktrees on a disk that
  /// is not mounted now.
  package func removeWorktree(at path: String) throws {
    // git refuses where its own record is gone, and the folder is then just a folder; where only
    // the folder is gone it forgets its record.
    _ = try git.result(["worktree", "remove", "--force", "--force", path])
    guard FileManager.default.fileExists(atPath: path) else { return }
    do { try FileManager.default.removeItem(atPath: path) } catch {
      throw RunnerError.unwritable(path, reason: error.localizedDescription)
    }
    // With its folder gone, the record that git would not remove before is only a name.
    _ = try git.result(["worktree", "remove", "--force", "--force", path])
  }
}

/// Makes a folder and those above it, if they are not there.
func createFolder(_ path: String) throws {
  do {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  } catch {
    throw RunnerError.unwritable(path, reason: error.localizedDescription)
  }
}
