internal import TextCoding

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// One reading of a JSON Lines file.
final class JSONLinesCursor: SourceCursor {
  /// What the value of a field is, and which bytes of the line; a text has no quotes here.
  private struct Location {
    let kind: JSONScanner.Kind
    let range: Range<Int>
    let hasEscapes: Bool
  }

  private let source: JSONLinesSource
  private let file: FileReader
  private let names: [[UInt8]]
  /// The fields in the order of the line before, because the lines of one file mostly agree.
  private var order: [Int?] = []
  private var locations: [Location?]
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
    var scanner = JSONScanner(UnsafeRawBufferPointer(text))
    let repeated: (field: Int, position: Int)?
    do throws(JSONScanner.Problem) {
      repeated = try scan(text, &scanner)
    } catch {
      switch error {
      case .expected(let expected, let position):
        throw malformed(position, "\(expected) is expected")
      case .tooDeep(_, let position): throw malformed(position, "less nesting is expected")
      }
    }
    if let repeated {
      let name = source.schema.fields[repeated.field].name
      throw malformed(repeated.position, "the member \(name) occurs twice")
    }
  }

  /// Returns the first field that is there twice, and the index of its second name.
  private func scan(
    _ text: TextBytes, _ scanner: inout JSONScanner
  ) throws(JSONScanner.Problem) -> (field: Int, position: Int)? {
    scanner.skipSpace()
    var isFirst = true
    var member = 0
    while let name = try scanner.nextMember(isFirst: &isFirst) {
      let value = try location(&scanner)
      if let field = field(name, text, member) {
        guard locations[field] == nil else { return (field, name.range.lowerBound) }
        locations[field] = value
      }
      member += 1
    }
    try scanner.expectEnd()
    return nil
  }

  private func malformed(_ position: Int, _ reason: String) -> FileSourceError {
    .malformed(path: source.path, line: line, column: position + 1, reason: reason)
  }

  private func location(_ scanner: inout JSONScanner) throws(JSONScanner.Problem) -> Location {
    if scanner.next == UInt8(ascii: "\"") {
      let text = try scanner.skipText()
      return Location(kind: .text, range: text.range, hasEscapes: text.hasEscapes)
    }
    let start = scanner.position
    let kind = try scanner.skipValue()
    return Location(kind: kind, range: start..<scanner.position, hasEscapes: false)
  }

  /// The field that a name means; nil for members that are skipped.
  private func field(_ name: JSONScanner.Text, _ text: TextBytes, _ member: Int) -> Int? {
    let bytes = TextBytes(rebasing: text[name.range])
    if name.hasEscapes {
      JSONText.decode(UnsafeRawBufferPointer(bytes), into: &scratch)
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
      JSONText.decode(UnsafeRawBufferPointer(bytes), into: &scratch)
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
  fileprivate func isWritten(as kind: JSONScanner.Kind) -> Bool {
    switch (self, kind) {
    case (.int64, .number), (.double, .number), (.decimal, .number), (.decimal, .text),
      (.bool, .flag), (.string, .text), (.date, .text), (.timestamp, .text):
      true
    default: false
    }
  }
}
