internal import Foundation
internal import GRDB
internal import GRDBSQLite
package import Migrations

extension ResultsStore {
  /// Opens a results database.
  ///
  /// Another program's file is never changed: the header is read without SQLite first. A file that
  /// is shorter than its header says is refused, unless a write-ahead log beside it may hold the
  /// rest; then SQLite's quick check decides. Damage elsewhere is found where it is read.
  /// - Parameters:
  ///   - path: the path of the file; its folder must exist.
  ///   - access: what the caller is going to do.
  ///   - busySeconds: how long to wait for another recorder before `StoreError.busy`.
  ///   - migrations: the schema's history; tests pass a longer one.
  /// - Returns: a store with the newest schema.
  /// - Throws: a case of its own for each thing that can be wrong with the file.
  package static func open(
    _ path: String, access: Access, busySeconds: Double = 30,
    migrations: [Migration] = Migration.all
  ) throws(StoreError) -> ResultsStore {
    let path = URL(fileURLWithPath: path).standardizedFileURL.path
    do {
      let queue = try checkedQueue(path, access, busySeconds: busySeconds, migrations: migrations)
      return ResultsStore(
        path: path, access: access, queue: queue, busySeconds: busySeconds, migrations: migrations)
    } catch { throw StoreError(any: error, path: path, waited: busySeconds) }
  }

  /// Opens a connection to a file that passes every check and has the newest schema.
  static func checkedQueue(
    _ path: String, _ access: Access, busySeconds: Double, migrations: [Migration],
    isLeftInTransaction: Bool = false
  ) throws -> DatabaseQueue {
    let file = try DatabaseFile(path)
    try file.check(access)
    var configuration = configuration(access, busySeconds: busySeconds)
    configuration.allowsUnsafeTransactions = isLeftInTransaction
    let queue = try connect(path, file, configuration)
    let migrator = Migrator(path: path, migrations: migrations)
    switch access {
    case .readOnly: try queue.read { try migrator.checkIsCurrent($0) }
    case .readWrite:
      try refuseReadOnly(queue, path)
      try migrator.bringUpToDate(queue)
      try switchToWriteAheadLog(queue)
    }
    return queue
  }

  private static func connect(
    _ path: String, _ file: DatabaseFile, _ configuration: Configuration
  ) throws -> DatabaseQueue {
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    if file.isShorterThanItSays {
      try queue.inDatabase { database in
        let answer = try Query(database, "PRAGMA quick_check(1)").first { try $0.text(0) }
        guard answer == "ok" else {
          throw StoreError.corrupt(path: path, detail: answer ?? "the check gave no answer")
        }
      }
    }
    return queue
  }

  /// Refuses a file that may not be written: SQLite opens it all the same, and would say so only
  /// after the first process was measured.
  private static func refuseReadOnly(_ queue: DatabaseQueue, _ path: String) throws {
    let isReadOnly = queue.inDatabase { sqlite3_db_readonly($0.sqliteConnection, "main") == 1 }
    if isReadOnly { throw StoreError.readOnly(path: path) }
  }

  static func configuration(_ access: Access, busySeconds: Double) -> Configuration {
    var configuration = Configuration()
    configuration.readonly = access == .readOnly
    configuration.busyMode = .timeout(busySeconds)
    configuration.prepareDatabase { database in
      // Views and triggers of a hostile file may not call functions with side effects.
      try database.execute(sql: "PRAGMA trusted_schema = OFF")
      try database.execute(sql: "PRAGMA cell_size_check = ON")
      // With FULL, what a call has stored survives a power cut. It costs one fsync for each
      // process, which took far longer to measure.
      if access == .readWrite { try database.execute(sql: "PRAGMA synchronous = FULL") }
    }
    return configuration
  }

  /// Switches to a write-ahead log, with which readers and a writer do not wait for each other.
  ///
  /// It happens only once the schema exists, so that a kill before leaves an empty file rather than
  /// a nameless database. Where another process holds the file now, a later opening does it.
  private static func switchToWriteAheadLog(_ queue: DatabaseQueue) throws {
    try queue.inDatabase { database in
      do {
        try database.execute(sql: "PRAGMA journal_mode = WAL")
      } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {}
    }
  }
}
