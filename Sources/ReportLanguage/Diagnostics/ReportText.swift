/// The text of a report, and its name in messages.
public struct ReportText: Hashable, Sendable {
  /// The name of the text in messages, usually a path.
  public let name: String
  /// The bytes of the text. They should be UTF-8; the lexer reports where they are not.
  public let bytes: [UInt8]

  /// Makes a text from bytes.
  public init(bytes: [UInt8], name: String = "report") {
    self.bytes = bytes
    self.name = name
  }

  /// Makes a text from a string.
  public init(_ text: String, name: String = "report") {
    self.init(bytes: Array(text.utf8), name: name)
  }

  /// The line and the column of a byte, both counted from 1.
  ///
  /// A column is a character as people count them; a tab is one character. Offsets beyond the end
  /// count as the end.
  public func position(of offset: Int) -> (line: Int, column: Int) {
    let offset = min(max(offset, 0), bytes.count)
    let start = lineStart(before: offset)
    let newlines = bytes[..<start].reduce(into: 0) { if $1 == Byte.newline { $0 += 1 } }
    return (newlines + 1, String(decoding: bytes[start..<offset], as: UTF8.self).count + 1)
  }

  /// The diagnostic with file, line and column, the line itself, and a caret under the location.
  public func describe(_ diagnostic: Diagnostic) -> String {
    guard diagnostic.span.end > 0 || !bytes.isEmpty else {
      return "\(name): \(diagnostic)"
    }
    let (line, column) = position(of: diagnostic.span.start)
    let excerpt = Excerpt(of: diagnostic.span, in: self)
    let number = "\(line)"
    let indent = String(repeating: " ", count: number.utf8.count)
    var lines = [
      "\(name):\(line):\(column): error: \(diagnostic.message) [\(diagnostic.identifier.rawValue)]",
      "\(number) | \(excerpt.line)", "\(indent) | \(excerpt.marks)",
    ]
    if let help = diagnostic.help { lines.append("\(indent) = \(help)") }
    return lines.joined(separator: "\n")
  }

  /// The bytes of the line that contains a byte, without its end.
  func line(around offset: Int) -> Range<Int> {
    let offset = min(max(offset, 0), bytes.count)
    let start = lineStart(before: offset)
    var end = bytes[offset...].firstIndex(of: Byte.newline) ?? bytes.count
    if end > start, bytes[end - 1] == Byte.carriageReturn { end -= 1 }
    return start..<end
  }

  private func lineStart(before offset: Int) -> Int {
    bytes[..<offset].lastIndex(of: Byte.newline).map { $0 + 1 } ?? 0
  }
}
