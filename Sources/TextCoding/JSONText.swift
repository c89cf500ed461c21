/// Texts of JSON, to and from Swift's.
package enum JSONText {
  /// The text in a range that `JSONScanner` has checked.
  package static func decode(_ bytes: UnsafeRawBufferPointer, _ text: JSONScanner.Text) -> String {
    let content = UnsafeRawBufferPointer(rebasing: bytes[text.range])
    guard text.hasEscapes else { return String(decoding: content, as: UTF8.self) }
    var decoded: [UInt8] = []
    decode(content, into: &decoded)
    return String(decoding: decoded, as: UTF8.self)
  }

  /// Replaces what is in `decoded` by a text without its escapes, which `JSONScanner` has checked.
  package static func decode(_ text: UnsafeRawBufferPointer, into decoded: inout [UInt8]) {
    decoded.removeAll(keepingCapacity: true)
    decoded.reserveCapacity(text.count)
    var position = 0
    while position < text.count {
      if text[position] == UInt8(ascii: "\\") {
        position = appendEscape(text, position + 1, to: &decoded)
      } else {
        decoded.append(text[position])
        position += 1
      }
    }
  }

  /// Takes the index of the letter after the backslash and returns that after the escape.
  private static func appendEscape(
    _ text: UnsafeRawBufferPointer, _ position: Int, to decoded: inout [UInt8]
  ) -> Int {
    switch text[position] {
    case UInt8(ascii: "b"): decoded.append(0x08)
    case UInt8(ascii: "f"): decoded.append(0x0C)
    case UInt8(ascii: "n"): decoded.append(0x0A)
    case UInt8(ascii: "r"): decoded.append(0x0D)
    case UInt8(ascii: "t"): decoded.append(0x09)
    case UInt8(ascii: "u"):
      let high = unit(text, position + 1)
      guard (0xD800..<0xDC00).contains(high) else {
        append(UInt32(high), to: &decoded)
        return position + 5
      }
      let low = unit(text, position + 7)
      append(0x10000 + (UInt32(high) - 0xD800) << 10 + (UInt32(low) - 0xDC00), to: &decoded)
      return position + 11
    default: decoded.append(text[position])
    }
    return position + 1
  }

  private static func unit(_ text: UnsafeRawBufferPointer, _ start: Int) -> UInt16 {
    text[start..<start + 4].reduce(0) { $0 << 4 | (hexadecimal($1) ?? 0) }
  }

  private static func append(_ scalar: UInt32, to decoded: inout [UInt8]) {
    guard let scalar = Unicode.Scalar(scalar), let encoded = UTF8.encode(scalar) else { return }
    decoded.append(contentsOf: encoded)
  }

  /// The value of a hexadecimal digit in ASCII, in either case.
  static func hexadecimal(_ byte: UInt8) -> UInt16? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt16(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt16(byte - UInt8(ascii: "a") + 10)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt16(byte - UInt8(ascii: "A") + 10)
    default: nil
    }
  }
}

extension JSONText {
  /// `text` in quotes.
  package static func quoted(_ text: String) -> String {
    var bytes: [UInt8] = []
    append(text, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends `text` in quotes; only what JSON demands is escaped.
  package static func append(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(byte)
      case 0x0A: appendLiteral("\\n", to: &bytes)
      case 0x09: appendLiteral("\\t", to: &bytes)
      case 0x0D: appendLiteral("\\r", to: &bytes)
      case 0..<0x20:
        appendLiteral("\\u00", to: &bytes)
        bytes.append(hexadecimalDigit(byte >> 4))
        bytes.append(hexadecimalDigit(byte & 15))
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static func appendLiteral(_ literal: StaticString, to bytes: inout [UInt8]) {
    literal.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  private static func hexadecimalDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
  }
}
