package import BenchModel
import Foundation

extension GitRepository {
  /// The text of a file in a commit; `nil` where that commit has none. `path` is relative to the
  /// root.
  package func text(of path: String, in commit: String) throws -> String? {
    let result = try git.result(["cat-file", "blob", "\(commit):\(path)"])
    return result.exit.isSuccess ? String(decoding: result.output, as: UTF8.self) : nil
  }

  /// The same of a commit; any other failure of git is an error.
  package func text(of path: String, in commit: Commit) throws -> String? {
    guard try object(at: path, in: commit) != nil else { return nil }
    let arguments = ["show", "\(commit.hash):\(path)"]
    let result = try git.result(arguments)
    _ = try git.checked(arguments, result)
    return String(decoding: result.output, as: UTF8.self)
  }

  /// The hash of a file or folder of a commit, which only depends on its contents; `nil` where
  /// there is none.
  package func object(at path: String, in commit: Commit) throws -> String? {
    let result = try git.result(["rev-parse", "--verify", "--quiet", "\(commit.hash):\(path)"])
    return result.exit.isSuccess ? result.text : nil
  }

  /// Replaces `folders` of this work tree by those of `commit`, and removes files that it does not
  /// have.
  ///
  /// This is for a worktree of benchdb's own; the next checkout there restores everything.
  package func overlay(_ folders: [String], of commit: Commit) throws {
    for folder in folders {
      let path = ":(top,literal)\(folder)"
      try git.run(["rm", "-r", "-f", "--quiet", "--ignore-unmatch", "--", path])
      guard try object(at: folder, in: commit) != nil else { continue }
      try git.run(["checkout", "--quiet", "--force", commit.hash, "--", path])
    }
  }
}
