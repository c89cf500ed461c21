internal import GRDB
internal import GRDBSQLite

/// A prepared statement, bound and stepped through SQLite itself.
///
/// GRDB keeps the connection, its transactions and the cache of statements. Its row decoding stops
/// the program on a value of the wrong type, and its binding costs twice a direct one; a file that
/// others can write must be read with checks, so values pass through here.
struct Query {
  let statement: OpaquePointer
  private let table: String
  private let owner: Statement

  /// Binds `arguments` in order. `table` is the one whose row id is the first column, to be named
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

  /// Steps to the next row and hands it over; for loops too hot for a closure. Reset the statement
  /// where the loop may end early.
  func nextRow() throws -> ResultRow? {
    try next() ? ResultRow(statement: statement, table: table) : nil
  }

  /// Makes the statement ready for another use.
  func reset() { sqlite3_reset(statement) }

  /// Runs a statement to its end.
  func run() throws {
    while try next() {}
  }

  /// Collects `body`'s value for every row; the statement is ready for another use afterwards, even
  /// if `body` throws.
  func map<Value>(_ body: (ResultRow) throws -> Value) throws -> [Value] {
    defer { sqlite3_reset(statement) }
    var values: [Value] = []
    while try next() { values.append(try body(ResultRow(statement: statement, table: table))) }
    return values
  }

  /// The first row's value, if there is a row.
  func first<Value>(_ body: (ResultRow) throws -> Value) throws -> Value? {
    defer { sqlite3_reset(statement) }
    return try next() ? try body(ResultRow(statement: statement, table: table)) : nil
  }
}

/// What can be bound to a parameter.
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
  /// Binds and runs one statement that answers nothing.
  func run(_ sql: String, _ arguments: SQLArgument...) throws {
    try Query(self, sql, arguments).run()
  }
}
