/// A decimal number as it is read, digit by digit: its digits as far as they fit, and a power of
/// ten.
package struct ScannedDecimal {
  package var isNegative = false
  /// Neither a fraction nor an exponent was read.
  package var isWhole = true
  /// All digits without the point, while `isExact`.
  package private(set) var digits: UInt64 = 0
  /// Whether `digits` holds all that were read.
  package private(set) var isExact = true
  /// The power of ten that `digits` are to be multiplied by.
  package var exponent = 0

  @inlinable
  package init() {}

  @inlinable
  @inline(__always)
  package mutating func append(_ digit: UInt8) {
    // 10^18 - 1 is the largest number of only nines that leaves room for another digit.
    guard digits < 1_000_000_000_000_000_000 else { return isExact = false }
    digits = digits &* 10 &+ UInt64(digit)
  }

  /// The digits with their sign, without regard to the exponent; nil where they do not fit.
  @inlinable
  package var signedDigits: Int64? {
    guard isExact else { return nil }
    if isNegative { return digits <= 1 << 63 ? Int64(truncatingIfNeeded: 0 &- digits) : nil }
    return Int64(exactly: digits)
  }

  /// The number; nil where it is not whole, or too large.
  package var integer: Int? { isWhole ? signedDigits.flatMap { Int(exactly: $0) } : nil }

  /// The digits as the magnitude of an exponent. Larger ones are beyond every double, and must not
  /// overflow.
  @inlinable
  package var exponentMagnitude: Int {
    isExact ? Int(truncatingIfNeeded: min(digits, 100_000)) : 100_000
  }

  /// The nearest double of what was read from `text`; nil where that is infinite.
  ///
  /// Up to 2^53 the digits and up to 10^22 the power of ten are exact, so that one operation rounds
  /// once, rightly (Clinger 1990); the standard library does the rest.
  package func double(of text: UnsafeRawBufferPointer) -> Double? {
    guard isExact, digits <= 1 << 53, (-22...22).contains(exponent) else {
      return Self.parsed(text)
    }
    let power = powersOfTen[abs(exponent)]
    let magnitude = exponent < 0 ? Double(digits) / power : Double(digits) * power
    return isNegative ? -magnitude : magnitude
  }

  private static func parsed(_ text: UnsafeRawBufferPointer) -> Double? {
    guard let value = Double(String(decoding: text, as: UTF8.self)), value.isFinite else {
      return nil
    }
    return value
  }
}

private let powersOfTen: [Double] = [
  1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
  1e18, 1e19, 1e20, 1e21, 1e22,
]
