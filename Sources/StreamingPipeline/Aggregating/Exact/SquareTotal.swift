/// The sample variance from exact sums: (n Σx² − (Σx)²) ÷ n(n − 1). The difference is
/// exact, so nothing cancels; three roundings follow.
///
/// - Parameters:
/// - count: the number of values, at least two.
///   - sum: Σx.
///   - squares: Σx².
/// - Returns: the variance; infinite where no double holds it.
func variance(count: Int, sum: WideNumber, squares: WideNumber) -> Double {
  let difference = WideNumber(Int128(count)) * squares - sum * sum
  let (fraction, exponent) = difference.normalised
  let quotient = fraction / Double(count) / Double(count - 1)
  return Double(sign: .plus, exponent: exponent, significand: quotient)
}

/// The sum of squares of whole numbers, in 192 bits: enough for 2^64 of them.
struct SquareTotal {
  private var low: UInt128 = 0
  private var high: UInt64 = 0

  @inline(__always)
  mutating func add(_ value: Int64) {
    let square = value.magnitude.multipliedFullWidth(by: value.magnitude)
    let (sum, overflow) = low.addingReportingOverflow(
      UInt128(square.high) << 64 | UInt128(square.low))
    low = sum
    high &+= overflow ? 1 : 0
  }

  mutating func add(_ other: SquareTotal) {
    let (sum, overflow) = low.addingReportingOverflow(other.low)
    low = sum
    high &+= other.high &+ (overflow ? 1 : 0)
  }

  var number: WideNumber {
    WideNumber(limbs: WideNumber.limbs(of: low) + WideNumber.limbs(of: UInt128(high)))
  }
}
