internal import BenchModel
internal import Foundation
internal import TextCoding

/// Reads the commit of a line and the hash of its uncommitted changes.
enum CommitReading {
  static func commit(
    _ fields: LineFields, _ defaults: InterchangeDefaults, _ repository: inout RepositoryCommits,
    started: Int64?
  ) throws(LineProblem) -> Commit {
    if let commit = defaults.commit { return commit }
    let hash = try hash(fields)
    // A process starts after its commit, so that its start may stand for the date. What a line of
    // benchdb leaves out is not known.
    let isOwn = fields[.run] != nil
    let parents = try parents(fields)
    let known = fields[.committed] == nil ? repository.commit(hash) : nil
    let committed =
      try fields.moment(.committed).map(Date.init(milliseconds:)) ?? known?.committed
      ?? (isOwn ? nil : started).map(Date.init(milliseconds:))
    return Commit(
      hash: hash, parents: parents ?? known?.parents ?? [],
      author: try fields.text(.author, limit: .max) ?? known?.author ?? "",
      authored: try fields.moment(.authored).map(Date.init(milliseconds:)) ?? known?.authored
        ?? (isOwn ? nil : committed),
      committed: committed, subject: try fields.text(.subject, limit: .max) ?? known?.subject ?? "",
      tree: try fields.text(.tree) ?? known?.tree ?? "")
  }

  /// The SHA-256 of the uncommitted changes. Where the line only says that there were some, it is a
  /// hash that no other session has.
  static func differenceHash(_ fields: LineFields, project: String) throws(LineProblem) -> String? {
    if let difference = try fields.text(.difference) {
      return difference.isEmpty ? nil : difference
    }
    guard try fields.flag(.dirty) == true else { return nil }
    let session = [project, try fields.text(.session) ?? "", try fields.text(.commit) ?? ""]
    return "unknown-" + SourceIdentity("difference", session).uuid.uuidString.lowercased()
  }

  private static func hash(_ fields: LineFields) throws(LineProblem) -> String {
    guard let text = try fields.text(.commit), Commit.isHash(text) else {
      throw .wrongValue(key: "commit", expected: "a whole hash of 40 or 64 hexadecimal digits")
    }
    return text.lowercased()
  }

  private static func parents(_ fields: LineFields) throws(LineProblem) -> [String]? {
    guard let field = fields[.parents] else { return nil }
    guard field.kind == .array else { throw wrongParents }
    var cursor = JSONCursor(fields.bytes, at: field.range.lowerBound)
    var parents: [String] = []
    var isFirst = true
    while try cursor.nextElement(isFirst: &isFirst) {
      guard cursor.next == UInt8(ascii: "\"") else { throw wrongParents }
      let parent = JSONText.decode(fields.bytes, try cursor.skipText())
      guard Commit.isHash(parent) else { throw wrongParents }
      parents.append(parent.lowercased())
    }
    return parents
  }

  private static var wrongParents: LineProblem {
    .wrongValue(key: "parents", expected: "an array of whole hashes")
  }
}
