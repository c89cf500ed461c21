internal import Foundation

/// The facts about a database file that are known without opening it.
struct DatabaseFile {
  let path: String
  private let kind: FileAttributeType?
  private let bytes: Int
  private let header: DatabaseHeader?
  private let logBytes: Int
  private let hasJournal: Bool

  init(_ path: String) throws {
    self.path = path
    kind = Self.attributes(path)?[.type] as? FileAttributeType
    // The header is read before the length because a recorder may grow the file, but never shrinks
    // it.
    header = kind == .typeRegular ? try Self.readHeader(path) : nil
    bytes = Self.length(path)
    logBytes = Self.length(path + "-wal")
    hasJournal = Self.length(path + "-journal") > 0
  }

  /// Whether the file is shorter than its header says.
  var isShorterThanItSays: Bool {
    guard let expected = header?.expectedBytes else { return false }
    return bytes < expected
  }

  /// Throws where the file cannot be a complete results database of benchdb.
  func check(_ access: ResultsStore.Access) throws(StoreError) {
    guard let kind else {
      if access == .readOnly { throw .missing(path: path) }
      return
    }
    guard kind == .typeRegular else { throw .notAFile(path: path) }
    // A process was killed in the middle of a transaction; SQLite must roll it back before the
    // contents mean anything.
    if hasJournal { return }
    guard bytes > 0 else { return try checkEmpty(access) }
    guard let header else { throw .notSQLite(path: path) }
    guard header.applicationIdentifier == DatabaseHeader.applicationIdentifier else {
      throw .foreignDatabase(path: path, applicationIdentifier: header.applicationIdentifier)
    }
    if let expected = header.expectedBytes, bytes < expected, logBytes == 0 {
      throw .truncated(path: path, bytes: bytes, expected: expected)
    }
  }

  /// Accepts an empty file for writing: a kill right after the file was made leaves one. A log
  /// beside an empty file belongs to a database that was cut off.
  private func checkEmpty(_ access: ResultsStore.Access) throws(StoreError) {
    if logBytes > 0 { throw .corrupt(path: path, detail: "the file is empty, its log is not") }
    if access == .readOnly { throw .empty(path: path) }
  }

  private static func readHeader(_ path: String) throws -> DatabaseHeader? {
    guard let file = FileHandle(forReadingAtPath: path) else {
      throw StoreError.noPermission(path: path)
    }
    defer { try? file.close() }
    return DatabaseHeader(try file.read(upToCount: 100) ?? Data())
  }

  private static func attributes(_ path: String) -> [FileAttributeKey: Any]? {
    let real = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    return try? FileManager.default.attributesOfItem(atPath: real)
  }

  private static func length(_ path: String) -> Int {
    (attributes(path)?[.size] as? NSNumber)?.intValue ?? 0
  }
}
