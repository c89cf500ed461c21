package import BenchModel
internal import GRDBSQLite

extension ResultsStore {
  /// Runs one statement of the user's own and passes on its rows one by one, so that a huge result
  /// needs no memory:
  ///
  /// ```swift
  /// try store.query("SELECT benchmark, min(value) FROM sample GROUP BY benchmark") { names in
  ///   print(names)  // ["benchmark", "min(value)"]
  /// } row: { values in
  ///   print(values)  // [.text("throughput/grouped records=1000"), .real(312.5)]
  ///   return true
  /// }
  /// ```
  ///
  /// The statement gets a connection of its own that can only read this one file: an authorizer
  /// refuses everything else, even `ATTACH` and a `PRAGMA` that changes something.
  /// - Parameters:
  ///   - sql: one statement that reads.
  ///   - columns: called once, before the first row.
  ///   - row: called for each row until it returns `false`.
  ///   - shouldStop: asked every few milliseconds while SQLite works; `true` ends the query.
  /// - Throws: `StoreError`, such as `.interrupted` after `shouldStop`, and what the closures
  ///   throw.
  package func query(
    _ sql: String, columns: ([String]) throws -> Void, row: ([SQLValue]) throws -> Bool,
    shouldStop: @escaping @Sendable () -> Bool = { false }
  ) throws {
    let query = PlainQuery(try connect(), shouldStop: shouldStop)
    do {
      try query.run(sql, columns: columns, row: row)
    } catch let failure as SQLiteFailure {
      throw error(failure)
    }
  }

  private func error(_ failure: SQLiteFailure) -> StoreError {
    // The authorizer refused it; the code depends on where SQLite asked.
    if failure.message.hasPrefix("not authorized") {
      return .refusedStatement(detail: "this one does something else (\(failure.message))")
    }
    return switch failure.code & 0xFF {
    case SQLITE_ERROR, SQLITE_RANGE, SQLITE_MISMATCH, SQLITE_TOOBIG:
      .invalidStatement(detail: failure.message)
    default: StoreError(failure, path: path, waited: busySeconds)
    }
  }
}

/// A connection that is guarded for one statement of the user's own.
private final class PlainQuery {
  private let connection: ReadConnection
  private let handle: OpaquePointer?
  private let stop: StopQuestion

  init(_ connection: ReadConnection, shouldStop: @escaping @Sendable () -> Bool) {
    self.connection = connection
    handle = connection.handle
    stop = StopQuestion(ask: shouldStop)
    sqlite3_exec(handle, "PRAGMA query_only = ON", nil, nil, nil)
    // GRDB's own statements could not be used: it compiles them under an authorizer of its own.
    sqlite3_set_authorizer(
      handle,
      { _, action, name, value, _, _ in
        isReading(action, name, value) ? SQLITE_OK : SQLITE_DENY
      }, nil)
    // Ten thousand steps of SQLite's virtual machine take well under a millisecond.
    sqlite3_progress_handler(
      handle, 10_000,
      { context in
        guard let context else { return 0 }
        return Unmanaged<StopQuestion>.fromOpaque(context).takeUnretainedValue().ask() ? 1 : 0
      }, Unmanaged.passUnretained(stop).toOpaque())
  }

  deinit { sqlite3_progress_handler(handle, 0, nil, nil) }

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
    // Spaces and comments may follow; SQLite prepares no statement for those.
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

/// A closure that C can point to.
private final class StopQuestion: Sendable {
  let ask: @Sendable () -> Bool
  init(ask: @escaping @Sendable () -> Bool) { self.ask = ask }
}

/// Whether an action of a statement only reads: tables, functions, recursion and the schema.
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
  // SQLite asks this when it declares a table-valued function such as pragma_table_list. A
  // statement that does update the table is refused because SQLite does not call it read-only.
  case SQLITE_UPDATE: name.map { String(cString: $0) } == "sqlite_master"
  default: false
  }
}

/// Pragmas whose argument, if any, only selects what is shown.
private let readingPragmas: Set<String> = [
  "collation_list", "compile_options", "database_list", "foreign_key_check", "foreign_key_list",
  "freelist_count", "function_list", "index_info", "index_list", "index_xinfo", "integrity_check",
  "page_count", "pragma_list", "quick_check", "table_info", "table_list", "table_xinfo",
]

/// Pragmas that change something only when they are given a value.
private let settings: Set<String> = [
  "application_id", "encoding", "journal_mode", "page_size", "user_version",
]
