internal import GRDB
internal import GRDBSQLite

/// A prepared statement, bound and stepped through SQLite itself.
///
/// GRDB has the connection, its transactions and the cache of statements, but values pass through
/// here, because anybody can write the file. GRDB's subscripts trap on a wrong value. Its throwing
/// `Row.decode` lets SQLite convert the value first: in 7.10 a text in a column of counts reads as
/// 0, without an error. Where it does throw, the error has neither the table nor the row's id, and
/// reading 1,000 runs took 1.95 times as long (debug build, where at most 1.2 was the aim). Its
/// binding costs twice a direct one.
struct Query {
  let statement: OpaquePointer
  private let table: String
  private let owner: Statement

  /// Binds `arguments` in order. `table` is the table whose row id is the first column, to be named
  /// when a value cannot be read.
  init(_ database: Database, _ sql: String, _ arguments: [SQLArgument] = [], table: String = "")
    throws
  {
    owner = try database.cachedStatement(sql: sql)
    statement = owner.sqliteStatement
    self.table = table
    sqlite3_reset(statement)
    for (index, argument) in arguments.enumerated() {
      let code = argument.bind(to: statement, at: Int32(index + 1))
      if code != SQLITE_OK { throw SQLiteFailure(sqlite3_db_handle(statement)) }
    }
  }

  /// Steps to the next row; `false` after the last one.
  func next() throws -> Bool {
    switch sqlite3_step(statement) {
    case SQLITE_ROW: return true
    case SQLITE_DONE:
      sqlite3_reset(statement)
      return false
    default:
      let failure = SQLiteFailure(sqlite3_db_handle(statement))
      sqlite3_reset(statement)
      throw failure
    }
  }

  /// Steps to the next row and returns it, for loops that are too hot for a closure. A loop that
  /// may end early must call `reset()`.
  func nextRow() throws -> ResultRow? {
    try next() ? ResultRow(statement: statement, table: table) : nil
  }

  /// Makes the statement ready for another use.
  func reset() { sqlite3_reset(statement) }

  /// Runs a statement to its end.
  func run() throws {
    while try next() {}
  }

  /// Returns the value of `body` for every row, and resets the statement even if `body` throws.
  func map<Value>(_ body: (ResultRow) throws -> Value) throws -> [Value] {
    defer { sqlite3_reset(statement) }
    var values: [Value] = []
    while try next() { values.append(try body(ResultRow(statement: statement, table: table))) }
    return values
  }

  /// Returns the value of `body` for the first row, or `nil` where there is none.
  func first<Value>(_ body: (ResultRow) throws -> Value) throws -> Value? {
    defer { sqlite3_reset(statement) }
    return try next() ? try body(ResultRow(statement: statement, table: table)) : nil
  }
}

/// A value that can be bound to a parameter.
enum SQLArgument: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
  case null
  case integer(Int64)
  case real(Double)
  case text(String)

  init(stringLiteral value: String) { self = .text(value) }
  init(integerLiteral value: Int64) { self = .integer(value) }
  init(_ value: Int) { self = .integer(Int64(value)) }
  init(_ value: String?) { self = value.map(SQLArgument.text) ?? .null }
  init(_ value: Double?) { self = value.map(SQLArgument.real) ?? .null }

  fileprivate func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
    switch self {
    case .null: return sqlite3_bind_null(statement, index)
    case .integer(let value): return sqlite3_bind_int64(statement, index, value)
    case .real(let value): return sqlite3_bind_double(statement, index, value)
    case .text(var value):
      return value.withUTF8 { text in
        text.withMemoryRebound(to: CChar.self) { characters in
          sqlite3_bind_text64(
            statement, index, characters.baseAddress ?? UnsafePointer(bitPattern: 1),
            UInt64(characters.count), transient, UInt8(SQLITE_UTF8))
        }
      }
    }
  }
}

/// Tells SQLite to copy what is bound.
private let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

extension Database {
  /// Binds and runs one statement that returns nothing.
  func run(_ sql: String, _ arguments: SQLArgument...) throws {
    try Query(self, sql, arguments).run()
  }
}
