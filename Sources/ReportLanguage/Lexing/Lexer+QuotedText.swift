extension Lexer {
  /// What stands between quotes, its escapes replaced; bad escapes and bad UTF-8 are reported.
  mutating func unquoted(_ range: Range<Int>) -> String {
    let inside = (range.lowerBound + 1)..<(range.upperBound - 1)
    var text = ""
    var begin = inside.lowerBound
    var place = begin
    while place < inside.upperBound {
      if bytes[place] == Byte.backslash {
        text += string(begin..<place)
        place = escape(at: place, end: inside.upperBound, into: &text)
        begin = place
      } else if bytes[place] >= 0x80 {
        place += scalarLength(at: place)
      } else {
        place += 1
      }
    }
    let rest = string(begin..<inside.upperBound)
    return text.isEmpty ? rest : text + rest
  }

  /// The bytes of a scalar beyond ASCII; those that are none are reported, one by one.
  private mutating func scalarLength(at place: Int) -> Int {
    if let decoded = DecodedScalar(bytes, at: place) { return decoded.length }
    diagnostics.report(.badUTF8(bytes[place], at: place..<place + 1))
    return 1
  }

  /// Appends what an escape stands for, and says where it ends.
  private mutating func escape(at place: Int, end: Int, into text: inout String) -> Int {
    switch bytes[place + 1] {
    case UInt8(ascii: "n"): text += "\n"
    case UInt8(ascii: "t"): text += "\t"
    case UInt8(ascii: "r"): text += "\r"
    case Byte.backslash, Byte.singleQuote, Byte.doubleQuote, Byte.backtick:
      text += string((place + 1)..<(place + 2))
    case UInt8(ascii: "u"):
      if let (scalar, length) = scalarEscape(at: place + 2, end: end) {
        text.unicodeScalars.append(scalar)
        return place + 2 + length
      }
      fallthrough
    default:
      let length = 1 + (DecodedScalar(bytes, at: place + 1)?.length ?? 1)
      diagnostics.report(
        .badEscape(string(place..<place + length), at: place..<min(place + length, end)))
      return min(place + length, end)
    }
    return place + 2
  }

  /// `{1F600}` as a scalar and its length.
  private func scalarEscape(at place: Int, end: Int) -> (Unicode.Scalar, Int)? {
    guard place < end, bytes[place] == UInt8(ascii: "{"),
      let close = bytes[place..<end].firstIndex(of: UInt8(ascii: "}")),
      (2...9).contains(close - place),
      bytes[(place + 1)..<close].allSatisfy({ $0.isWordPart }),
      let value = UInt32(string((place + 1)..<close), radix: 16),
      let scalar = Unicode.Scalar(value)
    else { return nil }
    return (scalar, close - place + 1)
  }
}
