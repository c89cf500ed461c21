internal import TextCoding

/// The bytes of a text in a buffer that belongs to something else.
typealias TextBytes = UnsafeBufferPointer<UInt8>

/// Reads the values of fields from their text, exactly: nothing is rounded, truncated or guessed.
enum TextValue {
  /// Appends the value of `text` in the builder's type; false where `text` is not such a value.
  @inline(__always)
  static func append(_ text: TextBytes, as type: FieldType, to builder: inout ColumnBuilder) -> Bool
  {
    switch type {
    case .int64:
      guard let number = integer(text) else { return false }
      builder.append(number)
    case .double:
      guard let number = double(text) else { return false }
      builder.append(number)
    case .decimal(let scale):
      guard let mantissa = mantissa(text, scale: scale) else { return false }
      builder.append(mantissa)
    case .bool:
      guard let truth = bool(text) else { return false }
      builder.append(truth)
    case .string:
      guard UTF8.isValid(UnsafeRawBufferPointer(text)) else { return false }
      builder.append(utf8: text)
    case .date:
      guard let days = TimestampText.days(UnsafeRawBufferPointer(text)) else { return false }
      builder.append(days: days)
    case .timestamp:
      guard let microseconds = TimestampText.microseconds(UnsafeRawBufferPointer(text)) else {
        return false
      }
      builder.append(microseconds)
    }
    return true
  }

  /// Reads a whole number such as `-12` or `+7`.
  static func integer(_ text: TextBytes) -> Int64? {
    if let number = plainDigits(text[...]) { return number }
    var digits = Digits(text)
    guard digits.skipWhole(), digits.isAtEnd else { return nil }
    return digits.number.signedDigits
  }

  /// Reads a decimal: `12.50` at a scale of 2 is 1250. The result is nil where digits other than 0
  /// would be lost.
  static func mantissa(_ text: TextBytes, scale: Int) -> Int64? {
    if let mantissa = plainMantissa(text, scale: scale) { return mantissa }
    var digits = Digits(withoutIdleZeros(text, scale: scale))
    guard digits.skipNumber(), digits.isAtEnd, var value = digits.number.signedDigits else {
      return nil
    }
    let fractionCount = -digits.number.exponent
    for _ in 0..<max(0, scale - fractionCount) {
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      if overflow { return nil }
      value = product
    }
    for _ in 0..<max(0, fractionCount - scale) {
      guard value % 10 == 0 else { return nil }
      value /= 10
    }
    return value
  }

  /// Reads a number of up to eighteen digits and nothing else; nil for any other text.
  ///
  /// One test covers all digits instead of one for each; most numbers in files have this form.
  @inline(__always)
  private static func plainDigits(_ text: Slice<TextBytes>) -> Int64? {
    guard (1...18).contains(text.count) else { return nil }
    var number: UInt64 = 0
    var greatest: UInt8 = 0
    for byte in text {
      let digit = byte &- UInt8(ascii: "0")
      greatest = max(greatest, digit)
      number = number &* 10 &+ UInt64(digit)
    }
    return greatest <= 9 ? Int64(truncatingIfNeeded: number) : nil
  }

  /// Reads the mantissa of digits with exactly `scale` of them after a point; nil for any other
  /// text.
  @inline(__always)
  private static func plainMantissa(_ text: TextBytes, scale: Int) -> Int64? {
    let point = text.count - scale - 1
    guard scale > 0, point > 0, text.count <= 19, text[point] == UInt8(ascii: "."),
      let whole = plainDigits(text[..<point]), let fraction = plainDigits(text[(point + 1)...])
    else { return nil }
    var power: Int64 = 1
    for _ in 0..<scale { power &*= 10 }
    return whole &* power &+ fraction
  }

  /// The text without trailing zeros that mean nothing at this scale and would take up digits. One
  /// digit stays after the point.
  private static func withoutIdleZeros(_ text: TextBytes, scale: Int) -> TextBytes {
    guard let point = text.firstIndex(of: UInt8(ascii: ".")) else { return text }
    let shortest = point + 1 + max(scale, 1)
    var end = text.count
    while end > shortest, text[end - 1] == UInt8(ascii: "0") { end -= 1 }
    return TextBytes(rebasing: text[..<end])
  }

  /// Reads the nearest double of a decimal, with or without an exponent; nil where it is infinite.
  ///
  /// Digits up to 2^53 and powers of ten up to 10^22 are exact, so one operation rounds once,
  /// correctly (Clinger 1990). The C library handles all other numbers.
  static func double(_ text: TextBytes) -> Double? {
    var digits = Digits(text)
    guard digits.skipNumber(), digits.skipExponent(), digits.isAtEnd else { return nil }
    return digits.number.double(of: UnsafeRawBufferPointer(text))
  }

  /// Reads `true` or `false` in any case, or `1` or `0`.
  static func bool(_ text: TextBytes) -> Bool? {
    if isWord(text, "true") || isWord(text, "1") { return true }
    return isWord(text, "false") || isWord(text, "0") ? false : nil
  }

  private static func isWord(_ text: TextBytes, _ word: StaticString) -> Bool {
    guard text.count == word.utf8CodeUnitCount else { return false }
    // Bit 5 distinguishes lower from upper case; digits have it set.
    return text.indices.allSatisfy { text[$0] | 0x20 == word.utf8Start[$0] }
  }
}

extension ColumnBuilder {
  /// Adds a decimal in plain notation. The result is false, and nothing is added, where the text is
  /// not digits with at most one point between them, or where digits would be lost at this scale.
  package mutating func append(decimal text: UnsafeBufferPointer<UInt8>, scale: Int) -> Bool {
    guard let mantissa = TextValue.mantissa(text, scale: scale) else { return false }
    append(mantissa)
    return true
  }
}

/// A number, read from left to right by the grammar of values in files: with either sign, and
/// zeros in front.
private struct Digits {
  private let text: TextBytes
  private var position = 0
  private(set) var number = ScannedDecimal()

  init(_ text: TextBytes) { self.text = text }

  var isAtEnd: Bool { position == text.count }

  /// A sign and digits.
  mutating func skipWhole() -> Bool {
    skipSign()
    return skipDigits() > 0
  }

  /// Skips a sign, digits, and a point with more digits if there is one.
  mutating func skipNumber() -> Bool {
    guard skipWhole() else { return false }
    guard position < text.count, text[position] == UInt8(ascii: ".") else { return true }
    position += 1
    let count = skipDigits()
    number.exponent = -count
    return count > 0
  }

  /// What follows `e`, if anything; false where it is no number.
  mutating func skipExponent() -> Bool {
    guard position < text.count, text[position] | 0x20 == UInt8(ascii: "e") else { return true }
    position += 1
    var exponent = Digits(TextBytes(rebasing: text[position...]))
    guard exponent.skipWhole() else { return false }
    position += exponent.position
    let magnitude = exponent.number.exponentMagnitude
    number.exponent += exponent.number.isNegative ? -magnitude : magnitude
    return true
  }

  private mutating func skipSign() {
    guard let first = text.first else { return }
    number.isNegative = first == UInt8(ascii: "-")
    if number.isNegative || first == UInt8(ascii: "+") { position = 1 }
  }

  private mutating func skipDigits() -> Int {
    let start = position
    while position < text.count {
      let digit = text[position] &- UInt8(ascii: "0")
      guard digit <= 9 else { break }
      number.append(digit)
      position += 1
    }
    return position - start
  }
}
