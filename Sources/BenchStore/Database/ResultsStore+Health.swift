package import BenchModel
internal import Foundation
internal import GRDB

extension ResultsStore {
  /// Examines the whole database. Every page is read, so it takes a second for each few hundred
  /// megabytes.
  package func health() throws(StoreError) -> DatabaseHealth {
    let path = path
    return try read { database in
      let oldest = try Self.run(database, "ASC")
      return DatabaseHealth(
        path: path, sizeBytes: Self.length(path), walBytes: Self.length(path + "-wal"),
        schemaVersion: try Self.pragma(database, "user_version"),
        pageBytes: try Self.pragma(database, "page_size"),
        pages: try Self.pragma(database, "page_count"),
        freePages: try Self.pragma(database, "freelist_count"),
        tables: try Self.tableSizes(database), integrity: try Self.integrity(database),
        oldestRun: oldest, newestRun: try Self.run(database, "DESC"))
    }
  }

  /// Returns `ok`, or at most twenty of SQLite's sentences about what is wrong, one a line.
  private static func integrity(_ database: Database) throws -> String {
    var problems = try words(database, "PRAGMA integrity_check(20)").filter { $0 != "ok" }
    let references = try Query(
      database, "SELECT count(*) FROM pragma_foreign_key_check"
    ).first { try $0.count(0) }
    if let references, references > 0 {
      problems.append("\(references) rows refer to rows that are not there")
    }
    return problems.isEmpty ? "ok" : problems.joined(separator: "\n")
  }

  private static func tableSizes(_ database: Database) throws -> [DatabaseHealth.TableSize] {
    let sql = """
      SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY rowid
      """
    return try words(database, sql).map { table in
      let name = table.replacing("\"", with: "\"\"")
      let rows = try Query(database, "SELECT count(*) FROM \"\(name)\"").first { try $0.count(0) }
      return DatabaseHealth.TableSize(table: table, rows: rows ?? 0)
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
