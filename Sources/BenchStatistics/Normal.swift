#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The standard normal distribution.
package enum Normal {
  /// The chance of a value above `x`.
  package static func upperTail(_ x: Double) -> Double { erfc(x / 2.0.squareRoot()) / 2 }

  /// The value with `share` of the distribution below it.
  ///
  /// Acklam's rational approximation (relative error 10⁻⁹), refined by one step of Halley's
  /// method against `erfc` to full precision.
  ///
  /// `share`: in 0...1; the ends give −∞ and +∞.
  package static func quantile(_ share: Double) -> Double {
    guard share > 0 else { return -.infinity }
    guard share < 1 else { return .infinity }
    guard share <= 0.5 else { return -quantile(1 - share) }
    let start = approximation(share)
    let error = upperTail(-start) - share
    let step = error * (2 * Double.pi).squareRoot() * exp(start * start / 2)
    return start - step / (1 + start * step / 2)
  }

  /// Acklam's approximation for shares of at most a half.
  private static func approximation(_ share: Double) -> Double {
    if share < 0.02425 {
      let root = (-2 * log(share)).squareRoot()
      return polynomial(tailNumerator, root) / (polynomial(tailDenominator, root) * root + 1)
    }
    let offset = share - 0.5
    let square = offset * offset
    return polynomial(numerator, square) * offset / (polynomial(denominator, square) * square + 1)
  }

  private static func polynomial(_ coefficients: [Double], _ x: Double) -> Double {
    coefficients.reduce(0) { $0 * x + $1 }
  }

  private static let numerator = [
    -3.969683028665376e+01, 2.209460984245205e+02, -2.759285104469687e+02, 1.383577518672690e+02,
    -3.066479806614716e+01, 2.506628277459239e+00,
  ]
  private static let denominator = [
    -5.447609879822406e+01, 1.615858368580409e+02, -1.556989798598866e+02, 6.680131188771972e+01,
    -1.328068155288572e+01,
  ]
  private static let tailNumerator = [
    -7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838e+00,
    -2.549732539343734e+00, 4.374664141464968e+00, 2.938163982698783e+00,
  ]
  private static let tailDenominator = [
    7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00, 3.754408661907416e+00,
  ]
}
