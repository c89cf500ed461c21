internal import CSQLite
internal import StreamingPipeline

/// Reads pages, each beginning after the last key of the one before.
final class SQLiteCursor: SourceCursor {
  private let source: SQLiteSource
  private let database: SQLiteDatabase
  private var afterStatement: SQLiteStatement?
  private var lastKey: [SQLiteKey]
  private var read: Int
  private var isFinished = false

  init(_ source: SQLiteSource, after position: SourcePosition) throws {
    self.source = source
    lastKey = position.key.compactMap(SQLiteKey.init)
    read = position.records
    database = try SQLiteDatabase(path: source.path)
    try database.execute("BEGIN")
  }

  var key: [Value] { lastKey.map(\.value) }

  func next(atMost demand: Int) throws -> Batch? {
    if isFinished { return nil }
    let statement = try page()
    defer { statement.reset() }
    for (index, key) in lastKey.enumerated() { try statement.bind(key, at: index + 1) }
    // One record more than the page shows whether its key differs from the page's last: a key
    // that is not unique would lose the records that share it.
    try statement.bind(.integer(Int64(demand) + 1), at: lastKey.count + 1)
    return try collect(statement, demand)
  }

  private func page() throws(SQLiteSourceError) -> SQLiteStatement {
    guard !lastKey.isEmpty else { return try database.prepare(source.pageSQL(after: false)) }
    if let afterStatement { return afterStatement }
    let statement = try database.prepare(source.pageSQL(after: true))
    afterStatement = statement
    return statement
  }

  private func collect(_ statement: SQLiteStatement, _ demand: Int) throws -> Batch? {
    var builders = source.schema.fields.map { ColumnBuilder($0, capacity: demand) }
    var count = 0
    while try statement.step() {
      try advanceKey(statement, record: read + count, keeping: count < demand)
      if count == demand { break }
      for index in builders.indices {
        try append(statement, index, to: &builders[index])
      }
      count += 1
    }
    isFinished = count < demand
    read += count
    guard count > 0 else { return nil }
    return try Batch(schema: source.schema, columns: builders.map { $0.finish() })
  }

  /// Compares the key of the current row with the one before, and keeps it where `keeping` says.
  private func advanceKey(
    _ statement: SQLiteStatement, record: Int, keeping: Bool
  ) throws(SQLiteSourceError) {
    let hasPrevious = !lastKey.isEmpty
    var isSame = hasPrevious
    for (index, column) in source.keys.enumerated() {
      guard let key = SQLiteKey(statement, column: Int32(column)) else {
        throw .nullKey(field: source.schema.fields[column].name, record: record)
      }
      if hasPrevious {
        if isSame { isSame = lastKey[index] == key }
        if keeping { lastKey[index] = key }
      } else {
        lastKey.append(key)
      }
    }
    if isSame { throw .keyNotUnique(key: lastKey.map(\.description), record: record) }
  }
}

// Values.
extension SQLiteCursor {
  /// Appends the value in a column of the current row.
  private func append(
    _ row: SQLiteStatement, _ index: Int, to builder: inout ColumnBuilder
  ) throws {
    let (statement, column) = (row.pointer, Int32(index))
    let stored = sqlite3_column_type(statement, column)
    switch (source.schema.fields[index].type, stored) {
    case (_, SQLITE_NULL): builder.appendNull()
    case (.int64, SQLITE_INTEGER): builder.append(sqlite3_column_int64(statement, column))
    case (.timestamp, SQLITE_INTEGER): builder.append(sqlite3_column_int64(statement, column))
    case (.double, SQLITE_FLOAT), (.double, SQLITE_INTEGER):
      builder.append(sqlite3_column_double(statement, column))
    case (.string, SQLITE_TEXT):
      let bytes = sqlite3_column_text(statement, column)
      let length = Int(sqlite3_column_bytes(statement, column))
      builder.append(utf8: UnsafeBufferPointer(start: bytes, count: length))
    default: try builder.append(try converted(statement, index, stored))
    }
  }

  private func converted(
    _ statement: OpaquePointer, _ index: Int, _ stored: Int32
  ) throws(SQLiteSourceError) -> Value {
    let (field, column) = (source.schema.fields[index], Int32(index))
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
      key: lastKey.map(\.description).joined(separator: ", "))
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
