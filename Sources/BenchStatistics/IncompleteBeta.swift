#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The regularised incomplete beta function Iₓ(a, b), the distribution function of the beta
/// distribution.
package enum IncompleteBeta {
  /// Iₓ(a, b), by Lentz's evaluation of the continued fraction (Press et al., Numerical Recipes,
  /// §6.4; DLMF 8.17.22).
  ///
  /// `x`: clamped to 0...1;
  /// `a`: above 0.
  /// `b`: above 0.
  package static func value(_ x: Double, a: Double, b: Double) -> Double {
    guard x > 0 else { return 0 }
    guard x < 1 else { return 1 }
    // The fraction converges fast below the mean; above it, the mirror image does.
    if x > (a + 1) / (a + b + 2) {
      return 1 - front(1 - x, a: b, b: a) * fraction(1 - x, a: b, b: a) / b
    }
    return front(x, a: a, b: b) * fraction(x, a: a, b: b) / a
  }

  /// The x with Iₓ(a, b) = `share`: Newton's method, kept inside a bracket that halves where
  /// Newton leaves it.
  ///
  /// `share`: clamped to 0...1.
  package static func inverse(_ share: Double, a: Double, b: Double) -> Double {
    guard share > 0 else { return 0 }
    guard share < 1 else { return 1 }
    var low = 0.0
    var high = 1.0
    var x = a / (a + b)
    for _ in 0..<200 {
      let error = value(x, a: a, b: b) - share
      if error == 0 { return x }
      if error > 0 { high = x } else { low = x }
      let density = front(x, a: a, b: b) / (x * (1 - x))
      let newton = x - error / density
      let next = newton > low && newton < high ? newton : low + (high - low) / 2
      if abs(next - x) <= 1e-15 * x { return next }
      x = next
    }
    return x
  }

  /// xᵃ(1 − x)ᵇ ÷ B(a, b)
  private static func front(_ x: Double, a: Double, b: Double) -> Double {
    exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * log(x) + b * log1p(-x))
  }

  private static func fraction(_ x: Double, a: Double, b: Double) -> Double {
    func awayFromZero(_ value: Double) -> Double { abs(value) < 1e-300 ? 1e-300 : value }
    var c = 1.0
    var d = 1 / awayFromZero(1 - (a + b) * x / (a + 1))
    var result = d
    // About √max(a, b) steps are enough; 10,000 covers parameters up to 10⁸.
    for step in 1...10_000 {
      let m = Double(step)
      let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      d = 1 / awayFromZero(1 + even * d)
      c = awayFromZero(1 + even / c)
      result *= d * c
      let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      d = 1 / awayFromZero(1 + odd * d)
      c = awayFromZero(1 + odd / c)
      let factor = d * c
      result *= factor
      if abs(factor - 1) < 1e-16 { break }
    }
    return result
  }

  private static func logGamma(_ x: Double) -> Double {
    var sign: Int32 = 0
    return lgamma_r(x, &sign)
  }
}
