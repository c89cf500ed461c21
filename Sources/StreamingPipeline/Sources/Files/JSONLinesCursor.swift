#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// One reading of a JSON Lines file.
final class JSONLinesCursor: SourceCursor {
  private let source: JSONLinesSource
  private let file: FileReader
  private let names: [[UInt8]]
  /// The fields in the order of the line before, because the lines of one file mostly agree.
  private var order: [Int?] = []
  private var locations: [JSONScanner.Location?]
  private var line: Int
  /// A buffer for a text without its escapes.
  private var scratch: [UInt8] = []

  init(_ source: JSONLinesSource, after position: SourcePosition) throws {
    self.source = source
    let location = FileLocation(key: position.key)
    line = location.line
    file = try FileReader(
      source.path, offset: location.offset, recordLimit: source.recordLimit, chunk: source.chunk)
    names = source.schema.fields.map { Array($0.name.utf8) }
    locations = Array(repeating: nil, count: names.count)
  }

  /// The offset of the byte after the last record, and the number of its line.
  var key: [Value] { FileLocation(offset: file.offset, line: line).key }

  func next(atMost demand: Int) throws -> Batch? {
    var builders = source.schema.fields.map { ColumnBuilder($0, capacity: demand) }
    var count = 0
    while count < demand, let length = try lineLength() {
      let text = TextBytes(rebasing: file.unread[..<length])
      if !isBlank(text) {
        try read(text)
        for field in builders.indices { try append(field, of: text, to: &builders[field]) }
        count += 1
      }
      file.take(min(length + 1, file.unread.count))
      line += 1
    }
    guard count > 0 else { return nil }
    return try Batch(schema: source.schema, columns: builders.map { $0.finish() })
  }

  /// The length of the next line in bytes, without its end; nil at the end of the file.
  private func lineLength() throws -> Int? {
    var searched = 0
    while true {
      let text = file.unread
      if let base = text.baseAddress, searched < text.count,
        let found = memchr(base + searched, Int32(UInt8(ascii: "\n")), text.count - searched)
      {
        return UnsafeRawPointer(found) - UnsafeRawPointer(base)
      }
      searched = text.count
      if try !file.readMore() { return text.isEmpty ? nil : text.count }
    }
  }

  private func isBlank(_ text: TextBytes) -> Bool {
    text.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
  }

  /// Finds the locations of the fields in the line.
  private func read(_ text: TextBytes) throws {
    for field in locations.indices { locations[field] = nil }
    var scanner = JSONScanner(text)
    var member = 0
    do throws(JSONScanner.Problem) {
      try scanner.readObject { (name, value) throws(JSONScanner.Problem) in
        defer { member += 1 }
        guard let field = try field(name, text, member) else { return }
        guard locations[field] == nil else {
          throw JSONScanner.Problem(
            position: name.range.lowerBound,
            reason: "the member \(source.schema.fields[field].name) occurs twice")
        }
        locations[field] = value
      }
    } catch {
      throw FileSourceError.malformed(
        path: source.path, line: line, column: error.position + 1, reason: error.reason)
    }
  }

  /// The index of the field with a name; nil for members that are skipped.
  private func field(
    _ name: JSONScanner.Location, _ text: TextBytes, _ member: Int
  ) throws(JSONScanner.Problem) -> Int? {
    let bytes = TextBytes(rebasing: text[name.range])
    if name.hasEscapes {
      guard JSONScanner.resolve(bytes, into: &scratch) else {
        throw JSONScanner.Problem(position: name.range.lowerBound, reason: "an escape is wrong")
      }
      return names.firstIndex(of: scratch)
    }
    if member < order.count, let guess = order[member], isName(guess, bytes) { return guess }
    let field = names.indices.first { isName($0, bytes) }
    if member == order.count, member < 1024 { order.append(field) }
    if member < order.count { order[member] = field }
    return field
  }

  private func isName(_ field: Int, _ bytes: TextBytes) -> Bool {
    let name = names[field]
    guard name.count == bytes.count, let base = bytes.baseAddress else {
      return name.isEmpty && bytes.isEmpty
    }
    return name.withUnsafeBufferPointer { memcmp($0.baseAddress!, base, bytes.count) == 0 }
  }

  private func append(_ index: Int, of text: TextBytes, to builder: inout ColumnBuilder) throws {
    guard let location = locations[index], location.kind != .null else {
      return builder.appendNull()
    }
    let field = source.schema.fields[index]
    let bytes = TextBytes(rebasing: text[location.range])
    guard field.type.isWritten(as: location.kind) else { throw wrongValue(field, bytes) }
    let isValue: Bool
    if location.hasEscapes {
      guard JSONScanner.resolve(bytes, into: &scratch) else { throw wrongValue(field, bytes) }
      isValue = scratch.withUnsafeBufferPointer {
        TextValue.append($0, as: field.type, to: &builder)
      }
    } else {
      isValue = TextValue.append(bytes, as: field.type, to: &builder)
    }
    if !isValue { throw wrongValue(field, bytes) }
  }

  private func wrongValue(_ field: Field, _ bytes: TextBytes) -> FileSourceError {
    .wrongValue(
      path: source.path, line: line, field: field.name, type: field.type, found: found(bytes))
  }
}

extension FieldType {
  /// Whether values of this type are written as this kind of JSON.
  fileprivate func isWritten(as kind: JSONScanner.Location.Kind) -> Bool {
    switch (self, kind) {
    case (.int64, .number), (.double, .number), (.decimal, .number), (.decimal, .text),
      (.bool, .bool), (.string, .text), (.date, .text), (.timestamp, .text):
      true
    default: false
    }
  }
}
