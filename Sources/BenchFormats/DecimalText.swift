#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// A number as it was read: its digits as far as they fit, and where it stands for when they do
/// not.
struct DecimalText {
  let start: Int
  var end = 0
  var isNegative = false
  /// Neither a fraction nor an exponent.
  var isWhole = true
  /// All digits without the point, while `isExact`.
  private(set) var digits: UInt64 = 0
  private(set) var isExact = true
  /// The power of ten that `digits` are to be multiplied by.
  var exponent = 0

  init(start: Int) { self.start = start }

  mutating func append(_ digit: UInt8) {
    // 10^18 - 1 is the largest number of only nines that leaves room for another digit.
    guard digits < 1_000_000_000_000_000_000 else { return isExact = false }
    digits = digits &* 10 &+ UInt64(digit)
  }

  /// `nil` where it is not a whole number, or too large.
  var integer: Int? {
    guard isWhole, isExact, let magnitude = Int(exactly: digits) else { return nil }
    return isNegative ? -magnitude : magnitude
  }

  /// The nearest Double; `nil` where that is infinite.
  ///
  /// Up to 2^53 the digits and up to 10^22 the power of ten are exact, so that one operation rounds
  /// once, rightly (Clinger 1990); the C library does the rest.
  func value(in bytes: UnsafeRawBufferPointer) -> Double? {
    if isExact, digits <= 1 << 53, (-22...22).contains(exponent) {
      let magnitude = Double(digits)
      let value =
        exponent < 0 ? magnitude / powersOfTen[-exponent] : magnitude * powersOfTen[exponent]
      return isNegative ? -value : value
    }
    let text = String(decoding: bytes[start..<end], as: UTF8.self)
    let value = strtod(text, nil)
    return value.isFinite ? value : nil
  }
}

private let powersOfTen: [Double] = [
  1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
  1e18, 1e19, 1e20, 1e21, 1e22,
]
