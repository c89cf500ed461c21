package import BenchModel
import Foundation

extension GitRepository {
  /// A file of a commit as text; `nil` where the commit has none of that path.
  package func text(of path: String, in commit: Commit) throws -> String? {
    guard try object(at: path, in: commit) != nil else { return nil }
    let arguments = ["show", "\(commit.hash):\(path)"]
    let result = try git.result(arguments)
    _ = try git.checked(arguments, result)
    return String(decoding: result.output, as: UTF8.self)
  }

  /// The hash of a file or folder of a commit, the same wherever its content is the same; `nil`
  /// where there is none.
  package func object(at path: String, in commit: Commit) throws -> String? {
    let result = try git.result(["rev-parse", "--verify", "--quiet", "\(commit.hash):\(path)"])
    return result.exit.isSuccess ? result.text : nil
  }

  /// Makes `folders` of this work tree what they are in `commit`: files that it does not have are
  /// gone, too.
  ///
  /// For a worktree of benchdb's own; the next checkout there puts everything back.
  package func overlay(_ folders: [String], of commit: Commit) throws {
    for folder in folders {
      let path = ":(top,literal)\(folder)"
      try git.run(["rm", "-r", "-f", "--quiet", "--ignore-unmatch", "--", path])
      guard try object(at: folder, in: commit) != nil else { continue }
      try git.run(["checkout", "--quiet", "--force", commit.hash, "--", path])
    }
  }
}
