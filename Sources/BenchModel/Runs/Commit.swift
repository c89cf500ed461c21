package import Foundation
internal import TextCoding

/// A git commit as history knows it.
///
/// Whoever commits decides how long the author and the subject are. They are cut here, to
/// `TextLimit.bytes`, so that no text is longer, whether it comes from git, a file or an older
/// database.
package struct Commit: Sendable, Hashable, Codable {
  /// Forty (or, for SHA-256 repositories, sixty-four) lower-case hexadecimal digits.
  package let hash: String
  package let parents: [String]
  package let author: String
  /// When it was written, and when it was committed; `nil` where that is not known, as of a commit
  /// that a shallow clone does not have.
  package let authored: Date?
  package let committed: Date?
  package let subject: String
  /// The hash of the tree: commits with the same tree build the same thing.
  package let tree: String

  package init(
    hash: String, parents: [String] = [], author: String = "", authored: Date?, committed: Date?,
    subject: String = "", tree: String = ""
  ) {
    self.hash = hash
    self.parents = parents
    self.author = TextLimit.cut(author)
    self.authored = authored
    self.committed = committed
    self.subject = TextLimit.cut(subject)
    self.tree = tree
  }

  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      hash: try values.decode(String.self, forKey: .hash),
      parents: try values.decode([String].self, forKey: .parents),
      author: try values.decode(String.self, forKey: .author),
      authored: try values.decodeIfPresent(Date.self, forKey: .authored),
      committed: try values.decodeIfPresent(Date.self, forKey: .committed),
      subject: try values.decode(String.self, forKey: .subject),
      tree: try values.decode(String.self, forKey: .tree))
  }

  /// The first nine digits, as people quote them.
  package var shortHash: String { String(hash.prefix(9)) }

  /// Whether `text` is a whole hash: 40 or 64 hexadecimal digits, of either case.
  package static func isHash(_ text: String) -> Bool {
    [40, 64].contains(text.utf8.count) && text.allSatisfy { $0.isASCII && $0.isHexDigit }
  }
}

/// The sources of a build: a commit and the uncommitted changes of the work tree.
package struct Revision: Sendable, Hashable, Codable {
  package let commit: Commit
  /// SHA-256 of everything uncommitted, tracked and untracked; `nil` for a clean tree.
  package let differenceHash: String?

  package init(commit: Commit, differenceHash: String? = nil) {
    self.commit = commit
    self.differenceHash = differenceHash
  }

  package var isDirty: Bool { differenceHash != nil }
}

/// The executable of a worker process.
package struct Build: Sendable, Hashable, Codable {
  package let revision: Revision
  package let toolchain: String
  /// SHA-256 of the executable: equal hashes are identical code.
  package let binaryHash: String

  package init(revision: Revision, toolchain: String, binaryHash: String) {
    self.revision = revision
    self.toolchain = toolchain
    self.binaryHash = binaryHash
  }
}
