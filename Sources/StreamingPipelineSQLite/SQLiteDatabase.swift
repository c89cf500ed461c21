internal import CSQLite
internal import StreamingPipeline

/// An open connection for reading, which is closed with its last reference.
final class SQLiteDatabase {
  private let path: String
  private var handle: OpaquePointer?
  /// The owner of a connection that somebody else opened, and closes.
  private let owner: AnyObject?

  /// Uses a connection that is open as long as its owner lives.
  init(path: String, handle: OpaquePointer?, owner: AnyObject) {
    self.path = path
    self.handle = handle
    self.owner = owner
  }

  init(path: String) throws(SQLiteSourceError) {
    self.path = path
    owner = nil
    let flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX
    guard sqlite3_open_v2(path, &handle, flags, nil) == SQLITE_OK else {
      let reason = handle.map { String(cString: sqlite3_errmsg($0)) } ?? "out of memory"
      sqlite3_close_v2(handle)
      handle = nil
      throw .cannotOpen(path: path, reason: reason)
    }
    // Another process may be writing. Five seconds is SQLite's own suggestion for a busy wait.
    sqlite3_busy_timeout(handle, 5_000)
  }

  deinit { if owner == nil { sqlite3_close_v2(handle) } }

  /// Runs a statement that returns no rows.
  func execute(_ sql: String) throws(SQLiteSourceError) {
    guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else { throw failure(sql) }
  }

  /// Prepares a statement.
  func prepare(_ sql: String) throws(SQLiteSourceError) -> SQLiteStatement {
    var statement: OpaquePointer?
    guard
      sqlite3_prepare_v3(
        handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil) == SQLITE_OK,
      let statement
    else { throw failure(sql) }
    return SQLiteStatement(statement, sql: sql, database: self)
  }

  /// The last error of this connection.
  func failure(_ sql: String) -> SQLiteSourceError {
    let reason = String(cString: sqlite3_errmsg(handle))
    // The lowest byte is the primary code; the upper bits distinguish its variants.
    switch sqlite3_errcode(handle) & 0xFF {
    case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_IOERR, SQLITE_INTERRUPT, SQLITE_PROTOCOL:
      return .unavailable(path: path, reason: reason)
    default: return .query(path: path, sql: sql, reason: reason)
    }
  }
}

/// A prepared statement, which is finalised with its last reference.
final class SQLiteStatement {
  /// The statement for the C interface.
  let pointer: OpaquePointer
  private let sql: String
  private let database: SQLiteDatabase

  fileprivate init(_ pointer: OpaquePointer, sql: String, database: SQLiteDatabase) {
    self.pointer = pointer
    self.sql = sql
    self.database = database
  }

  deinit { sqlite3_finalize(pointer) }

  /// Steps to the next row; false after the last.
  func step() throws(SQLiteSourceError) -> Bool {
    switch sqlite3_step(pointer) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    default: throw database.failure(sql)
    }
  }

  /// Prepares the statement to run again.
  func reset() { sqlite3_reset(pointer) }

  /// Binds a value of a key, or a number, to the parameter at `index`, counted from 1.
  func bind(_ value: SQLiteKey, at index: Int) throws(SQLiteSourceError) {
    let index = Int32(index)
    let status =
      switch value {
      case .integer(let number): sqlite3_bind_int64(pointer, index, number)
      case .real(let number): sqlite3_bind_double(pointer, index, number)
      case .text(let text):
        csqlite_bind_text_copy(pointer, index, text, Int32(text.utf8.count))
      }
    guard status == SQLITE_OK else { throw database.failure(sql) }
  }
}

/// One value of a key, as it is stored in the database.
enum SQLiteKey: Equatable {
  case integer(Int64)
  case real(Double)
  case text(String)

  /// Reads the value in a column of the current row; nil for null.
  init?(_ statement: SQLiteStatement, column: Int32) {
    switch sqlite3_column_type(statement.pointer, column) {
    case SQLITE_INTEGER: self = .integer(sqlite3_column_int64(statement.pointer, column))
    case SQLITE_FLOAT: self = .real(sqlite3_column_double(statement.pointer, column))
    case SQLITE_NULL: return nil
    default: self = .text(columnText(statement.pointer, column))
    }
  }
}

extension SQLiteKey {
  /// The value as a position's key contains it.
  var value: Value {
    switch self {
    case .integer(let number): .int64(number)
    case .real(let number): .double(number)
    case .text(let text): .string(text)
    }
  }

  /// Makes a key from a position's value; nil for a value that cannot be a key in SQLite.
  init?(_ value: Value) {
    switch value {
    case .int64(let number): self = .integer(number)
    case .double(let number): self = .real(number)
    case .string(let text): self = .text(text)
    default: return nil
    }
  }
}

extension SQLiteKey: CustomStringConvertible {
  var description: String {
    switch self {
    case .integer(let number): "\(number)"
    case .real(let number): "\(number)"
    case .text(let text): text
    }
  }
}

/// The text in a column of the current row.
func columnText(_ statement: OpaquePointer, _ column: Int32) -> String {
  guard let bytes = sqlite3_column_text(statement, column) else { return "" }
  let length = Int(sqlite3_column_bytes(statement, column))
  return String(decoding: UnsafeBufferPointer(start: bytes, count: length), as: UTF8.self)
}
