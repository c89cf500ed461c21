import StreamingPipeline

/// A number as decimal digits, rounded and written out without going through a double again.
struct DecimalDigits {
  private(set) var isNegative: Bool
  /// Digits 0 to 9, the first the most significant.
  private var digits: [UInt8]
  /// How many of the digits stand after the point; below zero where zeros follow before it.
  private var scale: Int

  /// `mantissa` × 10^−`scale`.
  init(_ mantissa: Int128, scale: Int) {
    isNegative = mantissa < 0
    digits = String(mantissa.magnitude).utf8.map { $0 - 48 }
    self.scale = scale
  }

  /// The shortest digits that stand for a double; nil for infinities and NaN.
  init?(_ number: Double) {
    guard number.isFinite else { return nil }
    isNegative = number.sign == .minus
    digits = []
    scale = 0
    // As Swift describes it: digits, a point, and an exponent where the number is long.
    let parts = "\(number.magnitude)".split(separator: "e")
    var isAfterPoint = false
    for byte in parts[0].utf8 {
      if byte == UInt8(ascii: ".") {
        isAfterPoint = true
      } else {
        digits.append(byte - 48)
        if isAfterPoint { scale += 1 }
      }
    }
    if parts.count == 2 { scale -= Int(parts[1]) ?? 0 }
  }

  /// A number; nil of what is none.
  init?(_ value: Value) {
    switch value {
    case .int64(let number): self.init(Int128(number), scale: 0)
    case .decimal(let number): self.init(number.mantissa, scale: number.scale)
    case .double(let number): self.init(number)
    default: return nil
    }
  }

  /// Times 10 to a power.
  mutating func shift(by power: Int) { scale -= power }

  /// The digits before and after the point, rounded to so many after it, half away from zero, then
  /// without zeros at the end as far as `required`.
  func written(atMost most: Int, atLeast required: Int) -> (whole: [UInt8], fraction: [UInt8]) {
    var rest = self
    rest.round(to: most)
    var all = rest.digits
    if rest.scale < 0 { all += [UInt8](repeating: 0, count: -rest.scale) }
    let places = max(0, rest.scale)
    if all.count <= places { all = [UInt8](repeating: 0, count: places + 1 - all.count) + all }
    var fraction = Array(all.suffix(places))
    while fraction.count > required, fraction.last == 0 { fraction.removeLast() }
    fraction += [UInt8](repeating: 0, count: max(0, required - fraction.count))
    let whole = all.dropLast(places).drop { $0 == 0 }
    return (whole.isEmpty ? [0] : Array(whole), fraction)
  }

  private mutating func round(to places: Int) {
    let dropped = scale - places
    guard dropped > 0 else { return }
    let isUp = dropped <= digits.count && digits[digits.count - dropped] >= 5
    digits.removeLast(min(dropped, digits.count))
    scale = places
    guard isUp else { return }
    var index = digits.count - 1
    while index >= 0, digits[index] == 9 {
      digits[index] = 0
      index -= 1
    }
    if index >= 0 { digits[index] += 1 } else { digits.insert(1, at: 0) }
  }
}
