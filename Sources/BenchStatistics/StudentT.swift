#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Student's t distribution, by the incomplete beta function (DLMF 8.17; Abramowitz and Stegun
/// 26.7.1).
package struct StudentT: Sendable, Hashable {
  /// Above 0, need not be whole.
  package let degreesOfFreedom: Double

  package init(degreesOfFreedom: Double) {
    precondition(degreesOfFreedom > 0, "Student's distribution needs degrees of freedom")
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// The chance of a value above `t`; small tails keep their relative precision.
  package func upperTail(_ t: Double) -> Double {
    let half = tail(beyond: abs(t))
    return t >= 0 ? half : 1 - half
  }

  /// The value with `share` of the distribution below it.
  package func quantile(_ share: Double) -> Double {
    share < 0.5 ? -upperQuantile(share) : upperQuantile(1 - share)
  }

  /// The value with `tail` of the distribution above it.
  ///
  /// Newton's method on the logarithm of the tail over the logarithm of t, where the tail is all
  /// but a straight line; kept inside a bracket.
  ///
  /// `tail`: in 0...1; the ends give +∞ and −∞.
  package func upperQuantile(_ tail: Double) -> Double {
    guard tail > 0 else { return .infinity }
    guard tail < 1 else { return -.infinity }
    guard tail != 0.5 else { return 0 }
    guard tail < 0.5 else { return -upperQuantile(1 - tail) }
    var low = 0.0
    var high = Double.infinity
    var t = max(-Normal.quantile(tail), 1e-8)
    for _ in 0..<200 {
      let here = self.tail(beyond: t)
      if here > tail { low = t } else { high = t }
      // d log(tail) ÷ d log(t) = −t · density ÷ tail
      let newton = t * exp(log(here / tail) * here / (t * density(t)))
      let middle = high.isFinite ? (low + high) / 2 : 2 * t
      let next = newton > low && newton < high ? newton : middle
      if abs(next - t) <= 1e-14 * t { return next }
      t = next
    }
    return t
  }

  /// The chance of a value above `t`, which is not negative.
  private func tail(beyond t: Double) -> Double {
    let nu = degreesOfFreedom
    return IncompleteBeta.value(nu / (nu + t * t), a: nu / 2, b: 0.5) / 2
  }

  private func density(_ t: Double) -> Double {
    let nu = degreesOfFreedom
    var sign: Int32 = 0
    let front =
      lgamma_r((nu + 1) / 2, &sign) - lgamma_r(nu / 2, &sign) - log(nu * Double.pi) / 2
    return exp(front - (nu + 1) / 2 * log1p(t * t / nu))
  }
}
