package import BenchModel
import Foundation

/// A work tree of a commit, separate from the user's own, which is not changed.
package struct GitWorktree: Sendable {
  package let path: String
  /// Whether the commit has submodules, which are not checked out here.
  package let hasSubmodules: Bool
}

extension GitRepository {
  /// Checks `commit` out into `path`.
  ///
  /// The path should always be the same: it is embedded in what is built there, and identical code
  /// should give identical bytes. A worktree that an earlier benchdb left there is reused: its
  /// files become those of `commit`, and ignored files, such as the products of the build before,
  /// stay, so that only differences are compiled. A broken worktree is replaced.
  package func addWorktree(of commit: Commit, at path: String) throws -> GitWorktree {
    if try !reuseWorktree(at: path, for: commit) {
      try removeWorktree(at: path)
      try createFolder((path as NSString).deletingLastPathComponent)
      try git.run(["worktree", "add", "--detach", "--force", path, commit.hash])
    }
    return GitWorktree(
      path: path, hasSubmodules: FileManager.default.fileExists(atPath: path + "/.gitmodules"))
  }

  /// Reuses the worktree of this repository at `path`, if there is one: it gets the files of
  /// `commit`, and loses all files that git neither tracks nor ignores.
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

  /// Removes a worktree and its products; no error when there is none.
  ///
  /// It removes only this one: `git worktree prune` would also forget the user's own worktrees on a
  /// disk that is not mounted now.
  package func removeWorktree(at path: String) throws {
    // git refuses where its own record is missing, and the path is then just a folder. Where only
    // the folder is missing, git forgets its record.
    _ = try git.result(["worktree", "remove", "--force", "--force", path])
    guard FileManager.default.fileExists(atPath: path) else { return }
    do { try FileManager.default.removeItem(atPath: path) } catch {
      throw RunnerError.unwritable(path, reason: error.localizedDescription)
    }
    // Without its folder, a record that git refused to remove can be removed.
    _ = try git.result(["worktree", "remove", "--force", "--force", path])
  }
}

/// Makes a folder and its missing parents.
func createFolder(_ path: String) throws {
  do {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  } catch {
    throw RunnerError.unwritable(path, reason: error.localizedDescription)
  }
}
