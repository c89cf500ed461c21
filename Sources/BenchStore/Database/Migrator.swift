internal import BenchModel
internal import Foundation
internal import GRDB
package import Migrations

/// Brings a database's schema up to date, and refuses one whose history is not benchdb's.
struct Migrator {
  let path: String
  let migrations: [Migration]

  private var head: Int { migrations.last?.number ?? 0 }

  /// Checks that the database has the newest schema, made by these very migrations.
  func checkIsCurrent(_ database: Database) throws {
    let version = try checkedVersion(database)
    guard version == head else {
      throw StoreError.olderSchema(path: path, found: version, needed: head)
    }
  }

  /// Applies the missing migrations in one transaction, after copying an existing database.
  func bringUpToDate(_ queue: DatabaseQueue) throws {
    // In one transaction: between two statements another process may migrate.
    let version = try queue.read { try checkedVersion($0) }
    guard version < head else { return }
    try queue.inDatabase { database in
      // A migration may rebuild a table that others refer to; the references are checked before the
      // migration ends.
      try database.run("PRAGMA foreign_keys = OFF")
      defer { try? database.run("PRAGMA foreign_keys = ON") }
      try database.inTransaction(.immediate) {
        try migrate(database)
        return .commit
      }
    }
  }

  private func migrate(_ database: Database) throws {
    // Another process may have migrated while this one waited for the lock.
    let version = try checkedVersion(database)
    guard version < head else { return }
    // This connection holds the write lock and has written nothing, so another one still copies the
    // state before the migration.
    if version > 0 { try DatabaseCopy.make(of: path, before: version + 1) }
    for migration in migrations where migration.number > version {
      try apply(migration, to: database)
    }
  }

  private func apply(_ migration: Migration, to database: Database) throws {
    do {
      try database.execute(sql: migration.sql)
      try database.run(
        "INSERT INTO schema_migration (number, name, checksum, applied_ms) VALUES (?, ?, ?, ?)",
        SQLArgument(migration.number), .text(migration.name), .text(migration.checksum),
        ColumnCoding.milliseconds(Date()))
      try database.execute(sql: "PRAGMA user_version = \(migration.number)")
      try database.checkForeignKeys()
    } catch let error as DatabaseError where Self.isItsOwnFault(error) {
      throw StoreError.migrationFailed(
        path: path, number: migration.number, detail: error.message ?? "no message")
    }
  }

  /// Whether a migration failed by itself: a full disk and a lock have errors of their own.
  private static func isItsOwnFault(_ error: DatabaseError) -> Bool {
    error.resultCode == .SQLITE_ERROR || error.resultCode == .SQLITE_CONSTRAINT
  }

  /// The schema's version, after every check that the schema is benchdb's.
  private func checkedVersion(_ database: Database) throws -> Int {
    let version = try pragma("user_version", database)
    guard version <= head else {
      throw StoreError.newerSchema(path: path, found: version, supported: head)
    }
    if try isNew(database) { return 0 }
    try checkOwner(database)
    try checkSchema(database)
    if version > 0 { try checkHistory(database, version: version) }
    return version
  }

  /// Whether there is nothing in the database yet. Another program's file in that state is not
  /// empty, and was refused before.
  private func isNew(_ database: Database) throws -> Bool {
    let sql = "SELECT count(*) FROM sqlite_master"
    let objects = try Query(database, sql).first { try $0.integer(0) }
    return try objects == 0 && pragma("application_id", database) == 0
  }

  private func pragma(_ name: String, _ database: Database) throws -> Int {
    Int(try Query(database, "PRAGMA \(name)").first { try $0.integer(0) } ?? 0)
  }

  /// Checks the application id again, now through SQLite, because the header cannot be trusted
  /// before a journal is rolled back.
  private func checkOwner(_ database: Database) throws {
    let identifier = try pragma("application_id", database)
    guard identifier == DatabaseHeader.applicationIdentifier else {
      throw StoreError.foreignDatabase(path: path, applicationIdentifier: identifier)
    }
  }

  /// Refuses triggers, of which benchdb makes none, and a schema without benchdb's main tables.
  private func checkSchema(_ database: Database) throws {
    let sql = "SELECT name FROM sqlite_master WHERE type = 'trigger' LIMIT 1"
    if let name = try Query(database, sql).first({ try $0.text(0) }) {
      throw StoreError.foreignSchema(path: path, detail: "a trigger named '\(name.prefix(80))'")
    }
    let tables = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = ?"
    for table in ["schema_migration", "run", "session", "process", "measurement", "sample_array"] {
      let count = try Query(database, tables, [.text(table)]).first { try $0.integer(0) }
      guard count == 1 else {
        throw StoreError.foreignSchema(path: path, detail: "no table '\(table)'")
      }
    }
  }

  private func checkHistory(_ database: Database, version: Int) throws {
    let sql = "SELECT number, name, checksum FROM schema_migration ORDER BY number"
    let applied = try Query(database, sql, table: "schema_migration").map {
      (number: try $0.integer(0), name: try $0.text(1), checksum: try $0.text(2))
    }
    guard applied.map(\.number) == (1...Int64(version)).map({ $0 }) else {
      throw StoreError.foreignSchema(
        path: path, detail: "its list of migrations does not lead to version \(version)")
    }
    for (row, migration) in zip(applied, migrations) where row.checksum != migration.checksum {
      throw StoreError.changedMigration(
        path: path, number: migration.number,
        detail: "\(row.name.prefix(80)) has checksum \(row.checksum.prefix(12)), "
          + "not \(migration.checksum.prefix(12))")
    }
  }
}

extension Migration {
  /// The SHA-256 of the SQL, stored with the database so that an edited migration is noticed.
  package var checksum: String { SHA256.hexadecimal(of: sql.utf8) }
}
