package import Foundation
internal import GRDB

/// How the database itself is doing.
package struct StoreHealth: Sendable, Hashable {
  package let path: String
  package let schemaVersion: Int
  package let sqliteVersion: String
  package let journalMode: String
  package let bytes: Int
  package let writeAheadLogBytes: Int
  package let pageSize: Int
  package let pages: Int
  /// Pages that hold nothing; `VACUUM` would give them back.
  package let freePages: Int
  /// The number of rows of each table, in the order of the schema.
  package let rows: [TableSize]
  /// What is wrong with the file, at most twenty sentences of SQLite's; empty where nothing is.
  package let problems: [String]
  package let oldestRun: Date?
  package let newestRun: Date?

  package struct TableSize: Sendable, Hashable {
    package let table: String
    package let rows: Int
  }
}

extension ResultsStore {
  /// Looks the whole database over; reads every page, so it takes a second for each few hundred megabytes.
  package func health() throws(StoreError) -> StoreHealth {
    let path = path
    return try read { database in
      let oldest = try Self.run(database, "ASC")
      return StoreHealth(
        path: path, schemaVersion: try Self.pragma(database, "user_version"),
        sqliteVersion: try Self.words(database, "SELECT sqlite_version()").first ?? "",
        journalMode: try Self.words(database, "PRAGMA journal_mode").first ?? "",
        bytes: Self.length(path), writeAheadLogBytes: Self.length(path + "-wal"),
        pageSize: try Self.pragma(database, "page_size"),
        pages: try Self.pragma(database, "page_count"),
        freePages: try Self.pragma(database, "freelist_count"),
        rows: try Self.tableSizes(database), problems: try Self.problems(database),
        oldestRun: oldest, newestRun: try Self.run(database, "DESC"))
    }
  }

  private static func problems(_ database: Database) throws -> [String] {
    let integrity = try words(database, "PRAGMA integrity_check(20)").filter { $0 != "ok" }
    let references = try Query(
      database, "SELECT count(*) FROM pragma_foreign_key_check"
    ).first { try $0.count(0) }
    guard let references, references > 0 else { return integrity }
    return integrity + ["\(references) rows refer to rows that are not there"]
  }

  private static func tableSizes(_ database: Database) throws -> [StoreHealth.TableSize] {
    let sql = """
      SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY rowid
      """
    return try words(database, sql).map { table in
      let name = table.replacing("\"", with: "\"\"")
      let rows = try Query(database, "SELECT count(*) FROM \"\(name)\"").first { try $0.count(0) }
      return StoreHealth.TableSize(table: table, rows: rows ?? 0)
    }
  }

  private static func run(_ database: Database, _ order: String) throws -> Date? {
    let sql = "SELECT id, started_ms FROM run ORDER BY started_ms \(order) LIMIT 1"
    return try Query(database, sql, table: "run").first { try $0.date(1) }
  }

  private static func pragma(_ database: Database, _ name: String) throws -> Int {
    try Query(database, "PRAGMA \(name)").first { Int(try $0.integer(0)) } ?? 0
  }

  private static func words(_ database: Database, _ sql: String) throws -> [String] {
    try Query(database, sql).map { try $0.text(0) }
  }

  private static func length(_ path: String) -> Int {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    return (attributes?[.size] as? NSNumber)?.intValue ?? 0
  }
}
