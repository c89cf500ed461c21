internal import CSQLite
internal import StreamingPipeline

/// Reads pages, each beginning after the last key of the page before, or steps through a single
/// statement.
final class SQLiteCursor: SourceCursor {
  private let source: SQLiteSource
  /// The types of the columns.
  private let types: [FieldType]
  private let database: SQLiteDatabase
  private var afterStatement: SQLiteStatement?
  /// The statement that returns all records, if one does.
  private var openStatement: SQLiteStatement?
  /// The key of the last record read.
  private var lastKey: [SQLiteKey]
  private var read: Int
  private var isFinished = false

  init(_ source: SQLiteSource, after position: SourcePosition) throws {
    self.source = source
    types = source.schema.fields.map(\.type)
    lastKey = position.key.compactMap { SQLiteKey($0) }
    read = position.records
    database = try source.connect()
    try database.execute("BEGIN")
  }

  /// The last record's key, as it is stored in the database.
  var key: [Value] { lastKey.map(\.value) }

  func next(atMost demand: Int) throws -> Batch? {
    if isFinished { return nil }
    switch source.reading {
    case .pages:
      // One record beyond the page is read to check that its key differs from the page's last key:
      // a key that is not unique would lose the records that share it.
      let statement = try bound(limit: Int64(demand) + 1)
      defer { statement.reset() }
      return try collect(statement, demand, looksAhead: true)
    case .atOnce:
      let statement = try openStatement ?? bound(limit: -1)
      openStatement = statement
      return try collect(statement, demand, looksAhead: false)
    }
  }

  /// Binds the statement for the records after the last key; a negative limit means no limit.
  private func bound(limit: Int64) throws(SQLiteSourceError) -> SQLiteStatement {
    let statement = try page()
    for (index, key) in lastKey.enumerated() { try statement.bind(key, at: index + 1) }
    try statement.bind(.integer(limit), at: lastKey.count + 1)
    return statement
  }

  private func page() throws(SQLiteSourceError) -> SQLiteStatement {
    guard !lastKey.isEmpty else { return try database.prepare(source.pageSQL(after: false)) }
    if let afterStatement { return afterStatement }
    let statement = try database.prepare(source.pageSQL(after: true))
    afterStatement = statement
    return statement
  }

  private func collect(
    _ statement: SQLiteStatement, _ demand: Int, looksAhead: Bool
  ) throws -> Batch? {
    var builders = source.schema.fields.map { ColumnBuilder($0, capacity: demand) }
    var keys = KeyCheck(source, after: lastKey)
    var count = 0
    let types = types
    while looksAhead || count < demand, try statement.step() {
      try keys.advance(to: statement, record: read + count)
      if count == demand { break }
      for index in types.indices {
        if !append(statement, index, as: types[index], to: &builders[index]) {
          try builders[index].append(try converted(statement, index, keys))
        }
      }
      count += 1
      if count == demand { lastKey = keys.current(statement) }
    }
    isFinished = count < demand
    read += count
    guard count > 0 else { return nil }
    return try Batch(schema: source.schema, columns: builders.map { $0.finish() })
  }
}

/// Checks that no key is null and that every record's key differs from that of the record before.
private struct KeyCheck {
  private let source: SQLiteSource
  /// The column of a key that is a single whole number, as most are, which is compared directly.
  private let integerColumn: Int32?
  private var integer: Int64?
  private var parts: [SQLiteKey]

  init(_ source: SQLiteSource, after key: [SQLiteKey]) {
    self.source = source
    parts = key
    let isInteger = source.keys.count == 1 && source.schema.fields[source.keys[0]].type == .int64
    integerColumn = isInteger ? Int32(source.keys[0]) : nil
    if isInteger, case .integer(let number)? = key.first { integer = number }
  }

  @inline(__always)
  mutating func advance(
    to statement: SQLiteStatement, record: Int
  ) throws(SQLiteSourceError) {
    guard let integerColumn,
      sqlite3_column_type(statement.pointer, integerColumn) == SQLITE_INTEGER
    else { return try compareParts(statement, record) }
    let number = sqlite3_column_int64(statement.pointer, integerColumn)
    if number == integer { throw .keyNotUnique(key: ["\(number)"], record: record) }
    integer = number
  }

  private mutating func compareParts(
    _ statement: SQLiteStatement, _ record: Int
  ) throws(SQLiteSourceError) {
    var key: [SQLiteKey] = []
    key.reserveCapacity(source.keys.count)
    for column in source.keys {
      guard let part = SQLiteKey(statement, column: Int32(column)) else {
        throw .nullKey(field: source.schema.fields[column].name, record: record)
      }
      key.append(part)
    }
    if key == parts { throw .keyNotUnique(key: key.map(\.description), record: record) }
    parts = key
  }

  /// The key of the statement's current row.
  func current(_ statement: SQLiteStatement) -> [SQLiteKey] {
    source.keys.compactMap { SQLiteKey(statement, column: Int32($0)) }
  }
}

// MARK: Values
extension SQLiteCursor {
  /// Appends the value in a column of the current row if it has the most common storage class of
  /// its type; false where it must be converted, or cannot be.
  ///
  /// A value is looked up once, and then its type and content are read. SQLite permits that because
  /// only one thread at a time uses the connection.
  /// as here, one thread at a time uses the connection.
  @inline(__always)
  private func append(
    _ row: SQLiteStatement, _ index: Int, as type: FieldType, to builder: inout ColumnBuilder
  ) -> Bool {
    let stored = sqlite3_column_value(row.pointer, Int32(index))
    switch (type, sqlite3_value_type(stored)) {
    case (_, SQLITE_NULL): builder.appendNull()
    case (.int64, SQLITE_INTEGER), (.timestamp, SQLITE_INTEGER):
      builder.append(sqlite3_value_int64(stored))
    case (.double, SQLITE_FLOAT), (.double, SQLITE_INTEGER):
      builder.append(sqlite3_value_double(stored))
    case (.string, SQLITE_TEXT): builder.append(utf8: text(stored))
    case (.decimal(let scale), SQLITE_TEXT):
      return builder.append(decimal: text(stored), scale: scale)
    default: return false
    }
    return true
  }

  @inline(__always)
  private func text(_ stored: OpaquePointer?) -> UnsafeBufferPointer<UInt8> {
    let bytes = sqlite3_value_text(stored)
    return UnsafeBufferPointer(start: bytes, count: Int(sqlite3_value_bytes(stored)))
  }

  private func converted(
    _ row: SQLiteStatement, _ index: Int, _ keys: KeyCheck
  ) throws(SQLiteSourceError) -> Value {
    let (field, column, statement) = (source.schema.fields[index], Int32(index), row.pointer)
    let stored = sqlite3_column_type(statement, column)
    let number = sqlite3_column_int64(statement, column)
    var value: Value?
    switch (field.type, stored) {
    case (.decimal(let scale), SQLITE_INTEGER):
      value = decimal(FixedDecimal(mantissa: Int128(number), scale: 0), scale)
    case (.decimal(let scale), SQLITE_TEXT):
      value = FixedDecimal(columnText(statement, column)).flatMap { decimal($0, scale) }
    case (.bool, SQLITE_INTEGER): value = number & ~1 == 0 ? .bool(number == 1) : nil
    case (.date, SQLITE_INTEGER): value = Int32(exactly: number).map { .date($0) }
    case (.date, SQLITE_TEXT):
      value = TimestampText.days(columnText(statement, column)).map { .date($0) }
    case (.timestamp, SQLITE_TEXT):
      value = TimestampText.microseconds(columnText(statement, column)).map { .timestamp($0) }
    default: break
    }
    if let value { return value }
    throw .wrongValue(
      field: field.name, type: field.type.description, found: found(statement, column, stored),
      key: keys.current(row).map(\.description).joined(separator: ", "))
  }

  private func decimal(_ number: FixedDecimal, _ scale: Int) -> Value? {
    number.mantissa(atScale: scale).map {
      .decimal(FixedDecimal(mantissa: Int128($0), scale: scale))
    }
  }

  private func found(_ statement: OpaquePointer, _ column: Int32, _ stored: Int32) -> String {
    switch stored {
    case SQLITE_INTEGER: "the INTEGER \(sqlite3_column_int64(statement, column))"
    case SQLITE_FLOAT: "the REAL \(sqlite3_column_double(statement, column))"
    case SQLITE_BLOB: "a BLOB of \(sqlite3_column_bytes(statement, column)) bytes"
    default: "the TEXT '\(columnText(statement, column))'"
    }
  }
}
