/// An exact decimal number: `mantissa` × 10^−`scale`.
///
/// Fields store 64-bit mantissas. Sums are computed in 128 bits, so no sum of fewer than 2^64
/// mantissas can overflow.
public struct FixedDecimal: Sendable {
  /// All digits, without the point.
  public let mantissa: Int128
  /// The number of digits after the point.
  public let scale: Int

  /// Makes `mantissa` × 10^−`scale`.
  public init(mantissa: Int128, scale: Int) {
    self.mantissa = mantissa
    self.scale = scale
  }

  /// Reads text such as `-12.50`; nil when it is not a decimal or has too many digits.
  public init?(_ text: String) {
    var mantissa: Int128 = 0
    var scale: Int?
    var digits = 0
    var bytes = text.utf8[...]
    let isNegative = bytes.first == UInt8(ascii: "-")
    if isNegative || bytes.first == UInt8(ascii: "+") { bytes.removeFirst() }
    for byte in bytes {
      if byte == UInt8(ascii: "."), scale == nil {
        scale = 0
        continue
      }
      guard byte >= 48, byte <= 57 else { return nil }
      let (shifted, isTooBig) = mantissa.multipliedReportingOverflow(by: 10)
      let (sum, isOver) = shifted.addingReportingOverflow(Int128(byte - 48))
      guard !isTooBig, !isOver else { return nil }
      mantissa = sum
      digits += 1
      scale = scale.map { $0 + 1 }
    }
    guard digits > 0 else { return nil }
    self.init(mantissa: isNegative ? -mantissa : mantissa, scale: scale ?? 0)
  }

  /// The mantissa at another scale; nil when digits would be lost or 64 bits do not hold it.
  public func mantissa(atScale target: Int) -> Int64? {
    var value = mantissa
    for _ in 0..<max(0, target - scale) {
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      if overflow { return nil }
      value = product
    }
    for _ in 0..<max(0, scale - target) {
      guard value % 10 == 0 else { return nil }
      value /= 10
    }
    return Int64(exactly: value)
  }

  /// The nearest double, for display and charts.
  public var approximate: Double {
    var divisor = 1.0
    for _ in 0..<scale { divisor *= 10 }
    return Double(mantissa) / divisor
  }

  /// The same number without trailing zeros after the point.
  private var reduced: (mantissa: Int128, scale: Int) {
    var (mantissa, scale) = (mantissa, scale)
    while scale > 0, mantissa % 10 == 0 {
      mantissa /= 10
      scale -= 1
    }
    return (mantissa, scale)
  }
}

extension FixedDecimal: Hashable {
  /// Equal numbers are equal at any scale: 1.50 is 1.5.
  public static func == (left: FixedDecimal, right: FixedDecimal) -> Bool {
    left.reduced == right.reduced
  }

  /// Hashes the number, not its scale.
  public func hash(into hasher: inout Hasher) {
    let (mantissa, scale) = reduced
    hasher.combine(mantissa)
    hasher.combine(scale)
  }
}

extension FixedDecimal: CustomStringConvertible {
  /// The number with all its digits, such as `12.50`.
  public var description: String {
    let digits = String(mantissa.magnitude)
    let padded = String(repeating: "0", count: max(0, scale + 1 - digits.count)) + digits
    let sign = mantissa < 0 ? "-" : ""
    guard scale > 0 else { return sign + padded }
    return "\(sign)\(padded.dropLast(scale)).\(padded.suffix(scale))"
  }
}
