internal import Foundation
internal import GRDBSQLite

/// A value that benchdb would not have written; it becomes `StoreError.invalidValue` when it leaves
/// this target.
struct InvalidValue: Error {
  let table: String
  let row: Int64
  let detail: String
}

/// The current row of a query. Every accessor checks the value and throws `InvalidValue` where
/// benchdb would not have written it.
struct ResultRow {
  let statement: OpaquePointer
  let table: String

  func integer(_ column: Int32) throws -> Int64 {
    try expect(SQLITE_INTEGER, "an integer", at: column)
    return sqlite3_column_int64(statement, column)
  }

  func count(_ column: Int32) throws -> Int {
    let value = try integer(column)
    guard value >= 0 else { throw invalid(column, "\(value) is negative") }
    // There cannot be so many of anything, and sums of counts must not overflow.
    guard value < 1 << 48 else { throw invalid(column, "\(value) is too large") }
    return Int(value)
  }

  func real(_ column: Int32) throws -> Double {
    try expect(SQLITE_FLOAT, "a real number", at: column)
    let value = sqlite3_column_double(statement, column)
    guard value.isFinite else { throw invalid(column, "it is not finite") }
    return value
  }

  func text(_ column: Int32) throws -> String {
    try expect(SQLITE_TEXT, "a text", at: column)
    guard let bytes = sqlite3_column_text(statement, column) else {
      throw invalid(column, "out of memory")
    }
    let length = Int(sqlite3_column_bytes(statement, column))
    return String(decoding: UnsafeBufferPointer(start: bytes, count: length), as: UTF8.self)
  }

  func isNull(_ column: Int32) -> Bool {
    sqlite3_column_type(statement, column) == SQLITE_NULL
  }

  func uuid(_ column: Int32) throws -> UUID {
    let text = try text(column)
    guard let uuid = UUID(uuidString: text) else {
      throw invalid(column, "'\(text.prefix(40))' is no UUID")
    }
    return uuid
  }

  func date(_ column: Int32) throws -> Date {
    Date(timeIntervalSince1970: Double(try integer(column)) / 1000)
  }

  /// A case of an enumeration by its raw value.
  func choice<Choice: RawRepresentable<String>>(_ column: Int32) throws -> Choice {
    let text = try text(column)
    guard let choice = Choice(rawValue: text) else {
      throw invalid(column, "'\(text.prefix(40))' is not known")
    }
    return choice
  }

  func json<Value: Decodable>(_ column: Int32) throws -> Value {
    do {
      return try ColumnCoding.decode(Value.self, fromJSON: try text(column))
    } catch is DecodingError {
      throw invalid(column, "it is not the JSON that belongs there")
    }
  }

  func invalid(_ column: Int32, _ problem: String) -> InvalidValue {
    let name = sqlite3_column_name(statement, column).map { String(cString: $0) } ?? "?"
    return InvalidValue(
      table: table, row: sqlite3_column_int64(statement, 0), detail: "column \(name): \(problem)")
  }

  private func expect(_ type: Int32, _ words: String, at column: Int32) throws {
    guard sqlite3_column_type(statement, column) == type else {
      throw invalid(column, "it is not \(words)")
    }
  }
}
