internal import TextCoding

/// One reading of a CSV file.
final class CSVCursor: SourceCursor {
  private let source: CSVSource
  private let file: FileReader
  private var block: CSVBlock
  /// For each column of the file, the index of its field; nil for columns that are skipped.
  private let fieldOfColumn: [Int?]
  /// The number of the next line.
  private var line: Int
  /// A buffer for a value without its doubled quotes.
  private var scratch: [UInt8] = []

  init(_ source: CSVSource, after position: SourcePosition) throws {
    self.source = source
    var block = CSVBlock(separator: UInt8(ascii: source.format.separator))
    var location = FileLocation(key: position.key)
    // The header is read again wherever reading begins, because it tells what the columns are.
    let header = try FileReader(
      source.path, recordLimit: source.format.recordLimit, chunk: source.chunk)
    while header.unread.count < 3, try header.readMore() {}
    if header.unread.starts(with: [0xEF, 0xBB, 0xBF]) { header.take(3) }
    if source.format.hasHeader {
      fieldOfColumn = try Self.columns(of: source, header, &block)
      if location.offset == 0 { location.line += block.lineCount }
    } else {
      fieldOfColumn = Array(source.schema.fields.indices)
    }
    file =
      location.offset == 0
      ? header
      : try FileReader(
        source.path, offset: location.offset, recordLimit: source.format.recordLimit,
        chunk: source.chunk)
    line = location.line
    self.block = block
  }

  /// The offset of the byte after the last record, and the number of its line.
  var key: [Value] { FileLocation(offset: file.offset, line: line).key }

  func next(atMost demand: Int) throws -> Batch? {
    var builders = source.schema.fields.map { ColumnBuilder($0, capacity: demand) }
    var count = 0
    while count < demand, try fillBlock(limit: demand - count, isFirst: count == 0) {
      let text = file.unread
      for column in fieldOfColumn.indices {
        if let field = fieldOfColumn[column] {
          try append(column, text, to: &builders[field], field)
        }
      }
      count += block.recordCount
      file.take(block.length)
      line += block.lineCount
    }
    guard count > 0 else { return nil }
    return try Batch(schema: source.schema, columns: builders.map { $0.finish() })
  }

  /// Finds the next records; false at the end of the file.
  ///
  /// Only the first block of a batch throws, so that the records before an error arrive.
  private func fillBlock(limit: Int, isFirst: Bool) throws -> Bool {
    while true {
      block.read(
        file.unread, columnCount: fieldOfColumn.count, limit: limit, isWhole: file.isAtEnd)
      if block.recordCount > 0 { return true }
      file.take(block.length)
      line += block.lineCount
      if let problem = block.problem {
        if !isFirst { return false }
        throw Self.error(
          problem, source, file.unread, before: block.length, from: line, fieldOfColumn.count)
      }
      if file.isAtEnd, file.unread.isEmpty { return false }
      _ = try file.readMore()
    }
  }
}

// MARK: Values
extension CSVCursor {
  /// Appends one column of all records in the block.
  private func append(
    _ column: Int, _ text: TextBytes, to builder: inout ColumnBuilder, _ index: Int
  ) throws {
    let field = source.schema.fields[index]
    switch field.type {
    case .int64:
      try appendIntegers(column, text, to: &builder, field) { TextValue.integer($0) }
    case .double:
      try values(column, text, field) {
        TextValue.double($0)
      } each: {
        builder.append($0)
      } null: {
        builder.appendNull()
      }
    case .decimal(let scale):
      try appendIntegers(column, text, to: &builder, field) {
        TextValue.mantissa($0, scale: scale)
      }
    case .bool:
      try values(column, text, field) {
        TextValue.bool($0)
      } each: {
        builder.append($0)
      } null: {
        builder.appendNull()
      }
    case .date:
      try values(column, text, field) {
        TimestampText.days(UnsafeRawBufferPointer($0))
      } each: {
        builder.append(days: $0)
      } null: {
        builder.appendNull()
      }
    case .timestamp:
      try appendIntegers(column, text, to: &builder, field) {
        TimestampText.microseconds(UnsafeRawBufferPointer($0))
      }
    case .string where block.isASCII:
      let stride = fieldOfColumn.count
      block.locations.withUnsafeBufferPointer { locations in
        builder.append(block.recordCount, piecesOf: text) { record in
          let location = locations[record * stride + column]
          return location.isNull ? nil : location.start..<location.start + location.count
        }
      }
    case .string:
      try values(column, text, field) {
        UTF8.isValid(UnsafeRawBufferPointer($0)) ? $0 : nil
      } each: {
        builder.append(utf8: $0)
      } null: {
        builder.appendNull()
      }
    }
  }

  /// Appends values that are stored as whole numbers.
  @inline(__always)
  private func appendIntegers(
    _ column: Int, _ text: TextBytes, to builder: inout ColumnBuilder, _ field: Field,
    _ read: (TextBytes) -> Int64?
  ) throws {
    let stride = fieldOfColumn.count
    try block.locations.withUnsafeBufferPointer { locations in
      try builder.append(block.recordCount) { record in
        let location = locations[record * stride + column]
        if location.isNull { return nil }
        // No number contains a doubled quote.
        let value = location.bytes(in: text)
        guard let number = read(value) else {
          throw wrongValue(value, field, text, record: record)
        }
        return number
      }
    }
  }

  @inline(__always)
  private func values<Element>(
    _ column: Int, _ text: TextBytes, _ field: Field, _ read: (TextBytes) -> Element?,
    each: (Element) -> Void, null: () -> Void
  ) throws {
    let stride = fieldOfColumn.count
    try block.locations.withUnsafeBufferPointer { locations in
      var index = column
      while index < locations.count {
        let location = locations[index]
        if location.isNull {
          null()
        } else if location.hasDoubled {
          try withSingleQuotes(location.bytes(in: text)) { value in
            guard let element = read(value) else {
              throw wrongValue(value, field, text, record: index / stride)
            }
            each(element)
          }
        } else {
          let value = location.bytes(in: text)
          guard let element = read(value) else {
            throw wrongValue(value, field, text, record: index / stride)
          }
          each(element)
        }
        index += stride
      }
    }
  }

  private func withSingleQuotes(_ value: TextBytes, _ body: (TextBytes) throws -> Void) throws {
    scratch.removeAll(keepingCapacity: true)
    var isSecond = false
    for byte in value {
      isSecond = byte == UInt8(ascii: "\"") && !isSecond
      if !isSecond { scratch.append(byte) }
    }
    try scratch.withUnsafeBufferPointer(body)
  }
}

// MARK: Errors
extension CSVCursor {
  private func wrongValue(
    _ value: TextBytes, _ field: Field, _ text: TextBytes, record: Int
  ) -> FileSourceError {
    let start = block.locations[record * fieldOfColumn.count].start
    return .wrongValue(
      path: source.path, line: line + lineEnds(text[..<start]), field: field.name,
      type: field.type, found: found(value))
  }

  private static func error(
    _ problem: CSVBlock.Problem, _ source: CSVSource, _ text: TextBytes, before: Int,
    from line: Int, _ columnCount: Int
  ) -> FileSourceError {
    switch problem {
    case .columnCount(_, let found):
      return .wrongColumnCount(
        path: source.path, line: line, found: found, expected: columnCount)
    case .malformed(let location, let reason):
      let inside = text[..<(location - before)]
      let lineStart = inside.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
      return .malformed(
        path: source.path, line: line + lineEnds(inside),
        column: inside.endIndex - lineStart + 1, reason: reason)
    }
  }

  /// The fields of the columns, as the first line names them.
  private static func columns(
    of source: CSVSource, _ file: FileReader, _ block: inout CSVBlock
  ) throws -> [Int?] {
    repeat {
      block.read(file.unread, columnCount: nil, limit: 1, isWhole: file.isAtEnd)
      if let problem = block.problem {
        throw error(problem, source, file.unread, before: 0, from: 1, 0)
      }
    } while try block.recordCount == 0 && file.readMore()
    if block.recordCount == 0, !file.unread.isEmpty {
      block.read(file.unread, columnCount: nil, limit: 1, isWhole: true)
    }
    guard block.recordCount == 1 else {
      throw FileSourceError.malformed(
        path: source.path, line: 1, column: 1, reason: "a first line of names is missing")
    }
    let names = block.locations.map { name(of: $0, in: file.unread) }
    file.take(block.length)
    for field in source.schema.fields {
      switch names.count(where: { $0 == field.name }) {
      case 0:
        throw FileSourceError.missingColumn(path: source.path, field: field.name, known: names)
      case 1: continue
      default:
        throw FileSourceError.malformed(
          path: source.path, line: 1, column: 1, reason: "the column \(field.name) occurs twice")
      }
    }
    return names.map { source.schema.position(of: $0) }
  }

  private static func name(of location: CSVBlock.Location, in text: TextBytes) -> String {
    let name = String(decoding: location.bytes(in: text), as: UTF8.self)
    guard location.hasDoubled else { return name }
    return name.split(separator: "\"\"", omittingEmptySubsequences: false).joined(separator: "\"")
  }
}

private func lineEnds(_ text: Slice<TextBytes>) -> Int {
  text.count { $0 == UInt8(ascii: "\n") }
}

/// Text for a message, no longer than a line.
func found(_ text: TextBytes) -> String {
  let shown = String(decoding: text.prefix(60), as: UTF8.self)
  return "'\(shown)\(text.count > 60 ? "…" : "")'"
}
