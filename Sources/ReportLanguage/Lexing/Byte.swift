/// The bytes to which the grammar gives a meaning.
enum Byte {
  static let tab = UInt8(ascii: "\t")
  static let newline = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")
  static let space = UInt8(ascii: " ")
  static let doubleQuote = UInt8(ascii: "\"")
  static let singleQuote = UInt8(ascii: "'")
  static let backtick = UInt8(ascii: "`")
  static let backslash = UInt8(ascii: "\\")
  static let hash = UInt8(ascii: "#")
  static let dot = UInt8(ascii: ".")
  static let minus = UInt8(ascii: "-")
  static let plus = UInt8(ascii: "+")
  static let underscore = UInt8(ascii: "_")
}

extension UInt8 {
  var isDigit: Bool { self >= 48 && self <= 57 }
  var isWordStart: Bool { (self | 0x20) >= 97 && (self | 0x20) <= 122 || self == Byte.underscore }
  var isWordPart: Bool { isWordStart || isDigit }
}

/// One scalar decoded from bytes, and the number of its bytes.
struct DecodedScalar {
  let scalar: Unicode.Scalar
  let length: Int

  /// Decodes the scalar at an offset; nil where the bytes are not UTF-8: truncated, overlong, a
  /// surrogate, or beyond U+10FFFF.
  init?(_ bytes: [UInt8], at offset: Int) {
    let first = bytes[offset]
    let length = first < 0x80 ? 1 : first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    guard length > 0, first < 0xF5, offset + length <= bytes.count else { return nil }
    var value = length == 1 ? UInt32(first) : UInt32(first) & (0x7F >> UInt32(length))
    for byte in bytes[(offset + 1)..<(offset + length)] {
      guard byte & 0xC0 == 0x80 else { return nil }
      value = value << 6 | UInt32(byte & 0x3F)
    }
    let least: UInt32 = length < 3 ? 0 : length == 3 ? 0x800 : 0x1_0000
    guard value >= least, let scalar = Unicode.Scalar(value) else { return nil }
    self.scalar = scalar
    self.length = length
  }
}
