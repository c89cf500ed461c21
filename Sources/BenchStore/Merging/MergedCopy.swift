internal import Foundation
internal import GRDB

/// A copy of a database that is about to be merged: checked from the first page to the last, and
/// brought to this schema. The original is only ever copied.
struct MergedCopy {
  let path: String

  /// The number of attempts to copy a file that another process writes.
  private static let attempts = 5

  /// Makes the copy in the folder of `destination`, whose disk will hold the merged rows anyway.
  init(of original: String, beside destination: String) throws(StoreError) {
    path = destination + ".merging-" + UUID().uuidString.lowercased()
    do {
      try DatabaseFile(original).check(.readOnly)
      try copy(original)
      let store = try ResultsStore.open(path, access: .readWrite)
      try store.queue.inDatabase(Self.check)
      // A database without a log is one file.
      try store.queue.inDatabase { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
      try store.close()
    } catch {
      remove()
      throw StoreError(any: error, path: original, waited: 0).retold(of: original)
    }
  }

  func remove() {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
    let name = URL(fileURLWithPath: path).lastPathComponent
    // A migration leaves its copy beside it too.
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    for file in names where file.hasPrefix(name) {
      try? FileManager.default.removeItem(at: folder.appending(path: file))
    }
  }

  /// Copies the file, and the log or journal that belongs to it.
  private func copy(_ path: String) throws {
    // A link is followed.
    let original = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    for _ in 0..<Self.attempts {
      let before = Self.parts.map { Stamp(original + $0) }
      for (part, stamp) in zip(Self.parts, before) {
        try? FileManager.default.removeItem(atPath: self.path + part)
        guard stamp != nil else { continue }
        try? FileManager.default.copyItem(atPath: original + part, toPath: self.path + part)
      }
      let after = Self.parts.map { Stamp(original + $0) }
      guard before == after else { continue }
      guard FileManager.default.fileExists(atPath: self.path) else {
        throw StoreError.noPermission(path: path)
      }
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: self.path)
      return
    }
    throw StoreError.changing(path: path)
  }

  private static let parts = ["", "-wal", "-journal"]

  private static func check(_ database: Database) throws {
    let answer = try Query(database, "PRAGMA quick_check(1)").first { try $0.text(0) }
    guard answer == "ok" else {
      throw StoreError.corrupt(path: "", detail: answer ?? "the check gave no answer")
    }
    let lost = try Query(database, "SELECT count(*) FROM pragma_foreign_key_check")
      .first { try $0.count(0) }
    guard lost == 0 else {
      throw StoreError.corrupt(path: "", detail: "rows refer to rows that are not there")
    }
  }
}

/// The attributes that change when a file is written.
private struct Stamp: Equatable {
  private let bytes: Int
  private let modified: Date?

  /// Returns `nil` where there is no such file, or an empty one.
  init?(_ path: String) {
    guard let attributes = try? FileManager.default.attributesOfItem(atPath: path),
      let bytes = (attributes[.size] as? NSNumber)?.intValue, bytes > 0
    else { return nil }
    self.bytes = bytes
    modified = attributes[.modificationDate] as? Date
  }
}

extension StoreError {
  /// The same error with the path of the file that the user knows.
  fileprivate func retold(of path: String) -> StoreError {
    switch self {
    case .foreignDatabase(_, let identifier):
      .foreignDatabase(path: path, applicationIdentifier: identifier)
    case .foreignSchema(_, let detail): .foreignSchema(path: path, detail: detail)
    case .newerSchema(_, let found, let supported):
      .newerSchema(path: path, found: found, supported: supported)
    case .changedMigration(_, let number, let detail):
      .changedMigration(path: path, number: number, detail: detail)
    case .migrationFailed(_, let number, let detail):
      .migrationFailed(path: path, number: number, detail: detail)
    case .corrupt(_, let detail): .corrupt(path: path, detail: detail)
    case .notSQLite: .notSQLite(path: path)
    case .truncated(_, let bytes, let expected):
      .truncated(path: path, bytes: bytes, expected: expected)
    case .database(_, let detail): .database(path: path, detail: detail)
    case .invalidValue(_, let table, let row, let detail):
      .invalidValue(path: path, table: table, row: row, detail: detail)
    default: self
    }
  }
}
