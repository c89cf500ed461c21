import Foundation

extension GitRepository {
  /// Whether `ancestor` is `commit` or comes before it, as far as history is here; both are hashes.
  /// A commit that is not here comes before none.
  package func contains(_ ancestor: String, in commit: String) throws -> Bool {
    try git.result(["merge-base", "--is-ancestor", ancestor, commit]).exit.isSuccess
  }

  /// The text of a file as it was committed, or `nil` where that commit has none; `path` is from
  /// the root.
  package func text(of path: String, in commit: String) throws -> String? {
    let result = try git.result(["cat-file", "blob", "\(commit):\(path)"])
    return result.exit.isSuccess ? String(decoding: result.output, as: UTF8.self) : nil
  }

  /// `Ada <ada@example.org>`, as git would sign a commit; `nil` where it knows nobody.
  package var author: String? {
    get throws {
      func setting(_ name: String) throws -> String? {
        let result = try git.result(["config", "--get", name])
        return result.exit.isSuccess && !result.text.isEmpty ? result.text : nil
      }
      guard let name = try setting("user.name") else { return nil }
      return try setting("user.email").map { "\(name) <\($0)>" } ?? name
    }
  }
}
