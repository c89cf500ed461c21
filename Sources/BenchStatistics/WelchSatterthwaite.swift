/// Degrees of freedom of a sum of independent variance estimates: Satterthwaite, "An approximate
/// distribution of estimates of variance components" (Biometrics Bulletin 2, 1946); Welch
/// (Biometrika 34, 1947).
package enum WelchSatterthwaite {
  /// (Σv)² ÷ Σ(v²/ν). Without any variance, the smallest of the degrees of freedom.
  ///
  /// `parts`: at least one; each with degrees of freedom above 0.
  package static func degreesOfFreedom(
    _ parts: [(variance: Double, degreesOfFreedom: Double)]
  ) -> Double {
    let sum = parts.reduce(0) { $0 + $1.variance }
    guard sum > 0 else { return parts.map(\.degreesOfFreedom).min() ?? 1 }
    // Shares instead of variances, so that the squares of tiny ones do not vanish.
    return 1
      / parts.reduce(0) {
        let share = $1.variance / sum
        return $0 + share * share / $1.degreesOfFreedom
      }
  }
}
