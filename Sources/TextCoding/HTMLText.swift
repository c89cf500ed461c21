/// Text that came from data, made safe for HTML, as content or between quotes.
package enum HTMLText {
  package static func escaped(_ text: String) -> String {
    var bytes: [UInt8] = []
    append(text, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends `text` in UTF-8: references for the five characters that have a meaning, U+FFFD for
  /// control characters, which no document may hold. Tabs and line feeds stay.
  package static func append(_ text: String, to bytes: inout [UInt8]) {
    var text = text
    text.withUTF8 { buffer in
      for (index, byte) in buffer.enumerated() {
        switch byte {
        case UInt8(ascii: "&"): appendLiteral("&amp;", to: &bytes)
        case UInt8(ascii: "<"): appendLiteral("&lt;", to: &bytes)
        case UInt8(ascii: ">"): appendLiteral("&gt;", to: &bytes)
        case UInt8(ascii: "\""): appendLiteral("&quot;", to: &bytes)
        case UInt8(ascii: "'"): appendLiteral("&#39;", to: &bytes)
        case 0x80...0x9F where index > 0 && buffer[index - 1] == 0xC2:
          // The second byte of U+0080 to U+009F.
          bytes.removeLast()
          appendLiteral("\u{FFFD}", to: &bytes)
        case 0x09, 0x0A, 0x20...0x7E, 0x80...0xFF: bytes.append(byte)
        default: appendLiteral("\u{FFFD}", to: &bytes)
        }
      }
    }
  }

  private static func appendLiteral(_ literal: StaticString, to bytes: inout [UInt8]) {
    literal.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }
}
