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
  private let source: JSONLinesSource
  private let file: FileReader
  private var members: JSONMembers
  private var line: Int
  /// A text without its escapes.
  private var scratch: [UInt8] = []

  init(_ source: JSONLinesSource, after position: SourcePosition) throws {
    self.source = source
    let location = FileLocation(key: position.key)
    line = location.line
    file = try FileReader(
      source.path, offset: location.offset, recordLimit: source.recordLimit, chunk: source.chunk)
    members = JSONMembers(source.schema)
  }

  /// The byte after the last record, and its line.
  var key: [Value] { FileLocation(offset: file.offset, line: line).key }

  func next(atMost demand: Int) throws -> Batch? {
    var builders = source.schema.fields.map { ColumnBuilder($0, capacity: demand) }
    var count = 0
    while count < demand, let length = try lineLength() {
      let text = TextBytes(rebasing: file.unread[..<length])
      if !isBlank(text) {
        try read(text)
        let locations = members.locations
        for field in builders.indices {
          try append(field, at: locations[field], of: text, to: &builders[field])
        }
        count += 1
      }
      file.take(min(length + 1, file.unread.count))
      line += 1
    }
    guard count > 0 else { return nil }
    return try Batch(schema: source.schema, columns: builders.map { $0.finish() })
  }

  /// How many bytes the next line has, without its end; nil at the end of the file.
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

  /// Finds where the fields are in the line.
  private func read(_ text: TextBytes) throws {
    let repeated: (field: Int, position: Int)?
    do throws(JSONScanner.Problem) {
      repeated = try members.read(text)
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

  private func malformed(_ position: Int, _ reason: String) -> FileSourceError {
    .malformed(path: source.path, line: line, column: position + 1, reason: reason)
  }

  private func append(
    _ index: Int, at location: JSONMembers.Location?, of text: TextBytes,
    to builder: inout ColumnBuilder
  ) throws {
    guard let location, location.kind != .null else {
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
