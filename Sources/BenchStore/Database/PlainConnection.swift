package import BenchModel
internal import GRDBSQLite

extension ResultsStore {
  /// Answers one statement of somebody's own, row by row, so that a huge answer needs no memory.
  ///
  /// It gets a connection of its own that can only read this one file: an authorizer lets nothing
  /// through but reading, so that not even `ATTACH` or a changing `PRAGMA` is run. `columns` is
  /// called once before the rows, `row` for each until it answers `false`; `shouldStop` is asked
  /// every few milliseconds while SQLite works, and ends the query with `StoreError.interrupted`.
  package func query(
    _ sql: String, columns: ([String]) throws -> Void, row: ([SQLValue]) throws -> Bool,
    shouldStop: @escaping @Sendable () -> Bool = { false }
  ) throws {
    let connection = try PlainConnection(path: path, shouldStop: shouldStop)
    do {
      try connection.run(sql, columns: columns, row: row)
    } catch let failure as SQLiteFailure {
      throw Self.error(failure, path: path)
    }
  }

  private static func error(_ failure: SQLiteFailure, path: String) -> StoreError {
    // Denied by the authorizer; the code depends on where SQLite asked it.
    if failure.message.hasPrefix("not authorized") {
      return .refusedStatement(detail: "this one does something else (\(failure.message))")
    }
    return switch failure.code & 0xFF {
    case SQLITE_ERROR, SQLITE_RANGE, SQLITE_MISMATCH, SQLITE_TOOBIG:
      .invalidStatement(detail: failure.message)
    default: StoreError(failure, path: path, waited: PlainConnection.busySeconds)
    }
  }
}

/// A read-only connection for one statement.
private final class PlainConnection {
  static let busySeconds = 5.0
  private var handle: OpaquePointer?
  private let stop: StopQuestion

  init(path: String, shouldStop: @escaping @Sendable () -> Bool) throws {
    stop = StopQuestion(ask: shouldStop)
    let code = sqlite3_open_v2(path, &handle, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, nil)
    guard code == SQLITE_OK else {
      let failure = SQLiteFailure(handle)
      sqlite3_close_v2(handle)
      throw StoreError(failure, path: path, waited: 0)
    }
    sqlite3_extended_result_codes(handle, 1)
    sqlite3_busy_timeout(handle, Int32(Self.busySeconds * 1000))
    sqlite3_exec(handle, "PRAGMA trusted_schema = OFF; PRAGMA query_only = ON", nil, nil, nil)
    sqlite3_set_authorizer(
      handle,
      { _, action, name, value, _, _ in
        isReading(action, name, value) ? SQLITE_OK : SQLITE_DENY
      }, nil)
    // Ten thousand steps of SQLite's machine are well under a millisecond.
    sqlite3_progress_handler(
      handle, 10_000,
      { context in
        guard let context else { return 0 }
        return Unmanaged<StopQuestion>.fromOpaque(context).takeUnretainedValue().ask() ? 1 : 0
      }, Unmanaged.passUnretained(stop).toOpaque())
  }

  deinit { sqlite3_close_v2(handle) }

  func run(
    _ sql: String, columns: ([String]) throws -> Void, row: ([SQLValue]) throws -> Bool
  ) throws {
    let statement = try prepare(sql)
    defer { sqlite3_finalize(statement) }
    let count = sqlite3_column_count(statement)
    try columns(
      (0..<count).map { sqlite3_column_name(statement, $0).map { String(cString: $0) } ?? "" })
    while true {
      switch sqlite3_step(statement) {
      case SQLITE_ROW:
        guard try row((0..<count).map { value(statement, $0) }) else { return }
      case SQLITE_DONE: return
      default: throw SQLiteFailure(handle)
      }
    }
  }

  private func prepare(_ sql: String) throws -> OpaquePointer {
    var statement: OpaquePointer?
    let rest = try sql.withCString { start in
      var tail: UnsafePointer<CChar>?
      guard sqlite3_prepare_v2(handle, start, -1, &statement, &tail) == SQLITE_OK else {
        throw SQLiteFailure(handle)
      }
      return tail.map { String(cString: $0) } ?? ""
    }
    guard let statement else {
      throw StoreError.refusedStatement(detail: "this is none")
    }
    // What follows may be spaces and comments; SQLite makes no statement of those.
    var next: OpaquePointer?
    let code = sqlite3_prepare_v2(handle, rest, -1, &next, nil)
    sqlite3_finalize(next)
    guard code == SQLITE_OK, next == nil, sqlite3_stmt_readonly(statement) != 0 else {
      sqlite3_finalize(statement)
      throw StoreError.refusedStatement(detail: "there is more than one")
    }
    return statement
  }

  private func value(_ statement: OpaquePointer, _ column: Int32) -> SQLValue {
    let bytes = { Int(sqlite3_column_bytes(statement, column)) }
    switch sqlite3_column_type(statement, column) {
    case SQLITE_INTEGER: return .integer(sqlite3_column_int64(statement, column))
    case SQLITE_FLOAT: return .real(sqlite3_column_double(statement, column))
    case SQLITE_TEXT:
      let text = sqlite3_column_text(statement, column)
      return .text(
        String(decoding: UnsafeBufferPointer(start: text, count: bytes()), as: UTF8.self))
    case SQLITE_BLOB:
      let blob = sqlite3_column_blob(statement, column)
      return .blob([UInt8](UnsafeRawBufferPointer(start: blob, count: bytes())))
    default: return .null
    }
  }
}

/// Holds a closure where C can point to it.
private final class StopQuestion: Sendable {
  let ask: @Sendable () -> Bool
  init(ask: @escaping @Sendable () -> Bool) { self.ask = ask }
}

/// What a statement may do: read tables, call functions, recurse, and look at the schema.
private func isReading(
  _ action: Int32, _ name: UnsafePointer<CChar>?, _ value: UnsafePointer<CChar>?
) -> Bool {
  switch action {
  case SQLITE_SELECT, SQLITE_READ, SQLITE_RECURSIVE: true
  case SQLITE_FUNCTION: value.map { String(cString: $0).lowercased() } != "load_extension"
  case SQLITE_PRAGMA:
    name.map { String(cString: $0).lowercased() }.map { name in
      readingPragmas.contains(name) || value == nil && settings.contains(name)
    } ?? false
  // Asked when SQLite declares a table-valued function such as pragma_table_list; a real change of
  // it is no statement that reads.
  case SQLITE_UPDATE: name.map { String(cString: $0) } == "sqlite_master"
  default: false
  }
}

/// Those whose argument, if any, only says what to look at.
private let readingPragmas: Set<String> = [
  "collation_list", "compile_options", "database_list", "foreign_key_check", "foreign_key_list",
  "freelist_count", "function_list", "index_info", "index_list", "index_xinfo", "integrity_check",
  "page_count", "pragma_list", "quick_check", "table_info", "table_list", "table_xinfo",
]

/// Those that change something when they are given a value.
private let settings: Set<String> = [
  "application_id", "encoding", "journal_mode", "page_size", "user_version",
]
