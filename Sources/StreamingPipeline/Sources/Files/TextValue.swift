#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

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
      guard isUTF8(text) else { return false }
      builder.append(utf8: text)
    case .date:
      guard let days = TimestampText.days(text) else { return false }
      builder.append(days: days)
    case .timestamp:
      guard let microseconds = TimestampText.microseconds(text) else { return false }
      builder.append(microseconds)
    }
    return true
  }

  /// Reads a whole number such as `-12` or `+7`.
  static func integer(_ text: TextBytes) -> Int64? {
    if let number = plainDigits(text[...]) { return number }
    var digits = Digits(text)
    guard digits.skipWhole(), digits.isAtEnd, digits.isExact else { return nil }
    return digits.signed
  }

  /// Reads a decimal: `12.50` at a scale of 2 is 1250. The result is nil where digits other than 0
  /// would be lost.
  static func mantissa(_ text: TextBytes, scale: Int) -> Int64? {
    if let mantissa = plainMantissa(text, scale: scale) { return mantissa }
    var digits = Digits(withoutIdleZeros(text, scale: scale))
    guard digits.skipNumber(), digits.isAtEnd, digits.isExact else { return nil }
    guard var value = digits.signed else { return nil }
    for _ in 0..<max(0, scale - digits.fractionCount) {
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      if overflow { return nil }
      value = product
    }
    for _ in 0..<max(0, digits.fractionCount - scale) {
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
    guard digits.skipNumber() else { return nil }
    let exponent = digits.skipExponent()
    guard let exponent, digits.isAtEnd else { return nil }
    let power = exponent - digits.fractionCount
    if digits.isExact, digits.magnitude <= 1 << 53, (-22...22).contains(power) {
      let magnitude = Double(digits.magnitude)
      let value = power < 0 ? magnitude / powersOfTen[-power] : magnitude * powersOfTen[power]
      return digits.isNegative ? -value : value
    }
    let value = strtod(String(decoding: text, as: UTF8.self), nil)
    return value.isFinite ? value : nil
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

  /// Whether the text is UTF-8, checked eight bytes at a time while they are ASCII.
  static func isUTF8(_ text: TextBytes) -> Bool {
    let raw = UnsafeRawBufferPointer(text)
    var index = 0
    while index + 8 <= raw.count {
      if raw.loadUnaligned(fromByteOffset: index, as: UInt64.self) & 0x8080_8080_8080_8080 != 0 {
        return String(validating: text, as: UTF8.self) != nil
      }
      index += 8
    }
    while index < raw.count {
      if raw[index] >= 0x80 { return String(validating: text, as: UTF8.self) != nil }
      index += 1
    }
    return true
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

/// The digits of a number, read from left to right.
private struct Digits {
  private let text: TextBytes
  private var position = 0
  private(set) var isNegative = false
  private(set) var magnitude: UInt64 = 0
  /// Whether `magnitude` holds all digits.
  private(set) var isExact = true
  private(set) var fractionCount = 0

  init(_ text: TextBytes) { self.text = text }

  var isAtEnd: Bool { position == text.count }

  var signed: Int64? {
    isNegative
      ? (magnitude <= 1 << 63 ? Int64(truncatingIfNeeded: 0 &- magnitude) : nil)
      : Int64(exactly: magnitude)
  }

  /// Skips a sign and digits.
  mutating func skipWhole() -> Bool {
    skipSign()
    return skipDigits() > 0
  }

  /// Skips a sign, digits, and a point with more digits if there is one.
  mutating func skipNumber() -> Bool {
    guard skipWhole() else { return false }
    guard position < text.count, text[position] == UInt8(ascii: ".") else { return true }
    position += 1
    fractionCount = skipDigits()
    return fractionCount > 0
  }

  /// Skips `e` and the exponent after it; 0 where there is none, nil where it is not a number.
  mutating func skipExponent() -> Int? {
    guard position < text.count, text[position] | 0x20 == UInt8(ascii: "e") else { return 0 }
    position += 1
    var exponent = Digits(TextBytes(rebasing: text[position...]))
    guard exponent.skipWhole() else { return nil }
    position += exponent.position
    // Larger exponents are beyond every double, and must not overflow.
    let magnitude = Int(min(exponent.isExact ? exponent.magnitude : 100_000, 100_000))
    return exponent.isNegative ? -magnitude : magnitude
  }

  private mutating func skipSign() {
    guard let first = text.first else { return }
    isNegative = first == UInt8(ascii: "-")
    if isNegative || first == UInt8(ascii: "+") { position = 1 }
  }

  private mutating func skipDigits() -> Int {
    let start = position
    while position < text.count {
      let digit = text[position] &- UInt8(ascii: "0")
      guard digit <= 9 else { break }
      // Below 10^18 there is room in 64 bits for another digit.
      if magnitude < 1_000_000_000_000_000_000 {
        magnitude = magnitude &* 10 &+ UInt64(digit)
      } else {
        isExact = false
      }
      position += 1
    }
    return position - start
  }
}

private let powersOfTen: [Double] = [
  1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
  1e18, 1e19, 1e20, 1e21, 1e22,
]
