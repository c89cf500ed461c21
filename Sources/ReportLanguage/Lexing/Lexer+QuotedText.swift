extension Lexer {
  /// The text between quotes, with its escapes replaced. Bad escapes and bad UTF-8 are reported.
  mutating func unquoted(_ range: Range<Int>) -> String {
    let inside = (range.lowerBound + 1)..<(range.upperBound - 1)
    var text = ""
    var begin = inside.lowerBound
    var position = begin
    while position < inside.upperBound {
      if bytes[position] == Byte.backslash {
        text += string(begin..<position)
        position = escape(at: position, end: inside.upperBound, into: &text)
        begin = position
      } else if bytes[position] >= 0x80 {
        position += scalarLength(at: position)
      } else {
        position += 1
      }
    }
    let rest = string(begin..<inside.upperBound)
    return text.isEmpty ? rest : text + rest
  }

  /// The number of bytes of a scalar beyond ASCII. Bytes that are not UTF-8 are reported one by
  /// one.
  private mutating func scalarLength(at position: Int) -> Int {
    if let decoded = DecodedScalar(bytes, at: position) { return decoded.length }
    diagnostics.report(.badUTF8(bytes[position], at: position..<position + 1))
    return 1
  }

  /// Appends the character of an escape, and returns the offset after the escape.
  private mutating func escape(at position: Int, end: Int, into text: inout String) -> Int {
    switch bytes[position + 1] {
    case UInt8(ascii: "n"): text += "\n"
    case UInt8(ascii: "t"): text += "\t"
    case UInt8(ascii: "r"): text += "\r"
    case Byte.backslash, Byte.singleQuote, Byte.doubleQuote, Byte.backtick:
      text += string((position + 1)..<(position + 2))
    case UInt8(ascii: "u"):
      if let (scalar, length) = scalarEscape(at: position + 2, end: end) {
        text.unicodeScalars.append(scalar)
        return position + 2 + length
      }
      fallthrough
    default:
      let length = 1 + (DecodedScalar(bytes, at: position + 1)?.length ?? 1)
      diagnostics.report(
        .badEscape(string(position..<position + length), at: position..<min(position + length, end))
      )
      return min(position + length, end)
    }
    return position + 2
  }

  /// Reads `{1F600}` as a scalar and its length.
  private func scalarEscape(at position: Int, end: Int) -> (Unicode.Scalar, Int)? {
    guard position < end, bytes[position] == UInt8(ascii: "{"),
      let close = bytes[position..<end].firstIndex(of: UInt8(ascii: "}")),
      (2...9).contains(close - position),
      bytes[(position + 1)..<close].allSatisfy({ $0.isWordPart }),
      let value = UInt32(string((position + 1)..<close), radix: 16),
      let scalar = Unicode.Scalar(value)
    else { return nil }
    return (scalar, close - position + 1)
  }
}
