internal import Foundation
internal import GRDB
internal import GRDBSQLite

/// A statement that is prepared once and run many times, with values bound directly.
///
/// It is a class because it owns the prepared statement; it belongs to one writer in one
/// transaction.
final class BulkStatement {
  private let owner: Statement
  private let statement: OpaquePointer
  private let table: String
  private var index: Int32 = 0
  /// The texts that were bound last. SQLite keeps them, so that the same text need not be bound
  /// again.
  private var texts: [[UInt8]?]

  /// Prepares a statement. `table` is the table whose row id is the first column of a result.
  init(_ database: Database, _ sql: String, table: String = "") throws {
    owner = try database.makeStatement(sql: sql)
    statement = owner.sqliteStatement
    self.table = table
    texts = Array(repeating: nil, count: Int(sqlite3_bind_parameter_count(statement)))
  }

  /// Binds the next parameter.
  func bind(_ value: Int64) throws {
    nextParameter()
    try check(sqlite3_bind_int64(statement, index, value))
  }

  func bind(_ value: Int) throws { try bind(Int64(value)) }

  func bind(_ value: Double) throws {
    nextParameter()
    try check(sqlite3_bind_double(statement, index, value))
  }

  func bindNull() throws {
    nextParameter()
    try check(sqlite3_bind_null(statement, index))
  }

  func bind(_ value: String) throws {
    index += 1
    let position = Int(index) - 1
    var value = value
    // The bytes are compared, because equal texts may have different bytes, which have to be
    // stored.
    let code = value.withUTF8 { bytes in
      if let last = texts[position], last.count == bytes.count,
        last.withUnsafeBytes({ $0.elementsEqual(UnsafeRawBufferPointer(bytes)) })
      {
        return SQLITE_OK
      }
      texts[position] = Array(bytes)
      return bind(UnsafeRawBufferPointer(bytes))
    }
    try check(code)
  }

  /// Binds a text that differs in every row.
  func bind(utf8: [UInt8]) throws {
    nextParameter()
    let code = utf8.withUnsafeBytes { bind($0) }
    try check(code)
  }

  /// Binds a UUID as the lower-case text that the schema requires, without making a String.
  func bind(_ uuid: UUID) throws {
    nextParameter()
    let code = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 36) { text in
      withUnsafeBytes(of: uuid.uuid) { bytes in
        var position = 0
        for (index, byte) in bytes.enumerated() {
          if index == 4 || index == 6 || index == 8 || index == 10 {
            text[position] = UInt8(ascii: "-")
            position += 1
          }
          text[position] = hexadecimal(byte >> 4)
          text[position + 1] = hexadecimal(byte & 15)
          position += 2
        }
      }
      return bind(UnsafeRawBufferPointer(text))
    }
    try check(code)
  }

  /// Starts again with the first parameter, after a row turned out not to be storable.
  func startOver() { index = 0 }

  /// Steps to the next parameter, and forgets the text it had.
  private func nextParameter() {
    if texts[Int(index)] != nil { texts[Int(index)] = nil }
    index += 1
  }

  private func bind(_ text: UnsafeRawBufferPointer) -> Int32 {
    text.withMemoryRebound(to: CChar.self) { characters in
      sqlite3_bind_text64(
        statement, index, characters.baseAddress ?? UnsafePointer(bitPattern: 1),
        UInt64(characters.count), transient, UInt8(SQLITE_UTF8))
    }
  }

  /// Runs a statement without a result, and makes it ready for the next values.
  func run() throws {
    _ = try first { _ in }
  }

  /// Runs an insertion, and returns the id of the new row, or `nil` where none was inserted.
  ///
  /// It does not use RETURNING, for which SQLite makes and drops a temporary table each time: a
  /// fifth of the time of an import.
  func insert() throws -> Int64? {
    try run()
    let connection = sqlite3_db_handle(statement)
    return sqlite3_changes(connection) == 0 ? nil : sqlite3_last_insert_rowid(connection)
  }

  /// Runs the statement, and returns the value of `body` for the first row, if there is one.
  func first<Value>(_ body: (ResultRow) throws -> Value) throws -> Value? {
    defer {
      sqlite3_reset(statement)
      index = 0
    }
    let code = sqlite3_step(statement)
    guard code == SQLITE_ROW else {
      guard code == SQLITE_DONE else { throw SQLiteFailure(sqlite3_db_handle(statement)) }
      return nil
    }
    return try body(ResultRow(statement: statement, table: table))
  }

  private func check(_ code: Int32) throws {
    if code != SQLITE_OK { throw SQLiteFailure(sqlite3_db_handle(statement)) }
  }
}

private func hexadecimal(_ digit: UInt8) -> UInt8 {
  digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
}

/// Tells SQLite to copy what is bound.
private let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
