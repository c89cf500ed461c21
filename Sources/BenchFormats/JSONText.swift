/// Texts of JSON, to and from Swift's.
enum JSONText {
  /// The text between two quotes that `JSONCursor` has checked.
  static func decode(
    _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, hasEscapes: Bool
  ) -> String {
    let text = UnsafeRawBufferPointer(rebasing: bytes[range])
    guard hasEscapes else { return String(decoding: text, as: UTF8.self) }
    var decoded: [UInt8] = []
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
    return String(decoding: decoded, as: UTF8.self)
  }

  /// `position` is that of the letter after the backslash. Returns the place after the escape.
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
    text[start..<start + 4].reduce(0) { $0 << 4 | (JSONCursor.hexadecimal($1) ?? 0) }
  }

  private static func append(_ scalar: UInt32, to decoded: inout [UInt8]) {
    guard let scalar = Unicode.Scalar(scalar), let encoded = UTF8.encode(scalar) else { return }
    decoded.append(contentsOf: encoded)
  }

  /// Appends `text` in quotes; only what JSON demands is escaped.
  static func append(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(byte)
      case UInt8(ascii: "\n"): bytes.append(contentsOf: Array("\\n".utf8))
      case UInt8(ascii: "\t"): bytes.append(contentsOf: Array("\\t".utf8))
      case UInt8(ascii: "\r"): bytes.append(contentsOf: Array("\\r".utf8))
      case 0..<0x20:
        let digits = Array("0123456789abcdef".utf8)
        bytes.append(contentsOf: Array("\\u00".utf8))
        bytes.append(digits[Int(byte >> 4)])
        bytes.append(digits[Int(byte & 15)])
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
