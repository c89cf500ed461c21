/// How a series in order scatters about its level, and how much neighbours have in common, whatever
/// steps the level takes.
///
/// A first-order autoregression, estimated from differences of neighbours and of second neighbours,
/// which a few steps and outliers hardly touch: Chakar, Lebarbier, Lévy-Leduc and Robin, "A robust
/// approach for estimating change-points in the mean of an AR(1) process" (Bernoulli 23, 2017),
/// with upper quartiles of absolute differences instead of their Qn, for speed. They stand a
/// quarter of wild differences; medians, which stand half, know the correlation of a hundred values
/// to a quarter only.
package struct SerialNoise: Sendable, Hashable {
  /// The standard deviation of one value about the level.
  package let deviation: Double
  /// The correlation of neighbours, in 0...0.9; what seems negative counts as none.
  package let correlation: Double

  /// `values`: in order; fewer than three have no noise.
  package init(_ values: [Double]) {
    let first = Self.scale(values, lag: 1)
    guard first > 0 else {
      // Three quarters of all neighbours are equal: what varies is in the others.
      deviation = Self.rootMeanSquare(values)
      correlation = 0
      return
    }
    let ratio = Self.scale(values, lag: 2) / first
    // The variance of differences is 2σ²(1 − ρ) between neighbours and 2σ²(1 − ρ²)
    // between second neighbours.
    correlation = min(max(ratio * ratio - 1, 0), 0.9)
    deviation = first / (2 * (1 - correlation)).squareRoot()
  }

  /// The noise of values about levels that are known, more precisely than from differences: 24
  /// values tell the correlation to 0.2 instead of 0.4.
  ///
  /// The levels' means take a part of the values' scatter and of what neighbours have in common
  /// with them; Marriott and Pope, "Bias in the estimation of autocorrelations" (Biometrika 41,
  /// 1954), say how much.
  ///
  /// `residuals`: in order, their distances from the mean of their level;
  /// `levels`: the number of levels.
  package init(residuals: [Double], levels: Int) {
    var (squares, products) = (0.0, 0.0)
    for index in residuals.indices {
      squares += residuals[index] * residuals[index]
      if index > 0 { products += residuals[index] * residuals[index - 1] }
    }
    let free = residuals.count - levels
    guard squares > 0, free > 0 else {
      (deviation, correlation) = (0, 0)
      return
    }
    let share = Double(levels) / Double(residuals.count)
    let known = (products / squares + share) / max(1 - share * (1 + 2 / Double(levels)), 0.25)
    correlation = min(max(known, 0), 0.9)
    deviation = (squares / Double(free)).squareRoot()
  }

  /// The deviation that a mean of many values behaves as if each had: σ²(1 + ρ) ÷ (1 − ρ) is
  /// the autoregression's long-run variance.
  package var longRunDeviation: Double {
    deviation * ((1 + correlation) / (1 - correlation)).squareRoot()
  }

  /// The noise with no more correlation than `count` values surely have: two standard errors less.
  package func surely(count: Int) -> SerialNoise {
    let least = max(0, correlation - 2 / Double(max(count, 1)).squareRoot())
    // What is known is the scatter of differences, σ²(1 − ρ).
    return SerialNoise(
      deviation: deviation * ((1 - correlation) / (1 - least)).squareRoot(), correlation: least)
  }

  private init(deviation: Double, correlation: Double) {
    (self.deviation, self.correlation) = (deviation, correlation)
  }

  /// How many neighbours must stay together when a stretch of `count` values is permuted or
  /// resampled: the length that is best for the variance of a mean of such an autoregression,
  /// ∛(6ρ²n ÷ (1 − ρ²)²) (Politis and White, "Automatic block-length selection for the
  /// dependent bootstrap", Econometric Reviews 23, 2004); 1 where the correlation cannot be told
  /// from none.
  package func blockLength(count: Int) -> Int {
    let size = Double(count)
    guard correlation * size.squareRoot() > 2 else { return 1 }
    let square = correlation * correlation
    let cube = 6 * square * size / ((1 - square) * (1 - square))
    var length = 1
    while Double(length * length * length) < cube, length * 8 < count { length += 1 }
    return length
  }

  /// 0.8693 = 1 ÷ Φ⁻¹(7/8) makes an upper quartile of absolute values consistent for the
  /// standard deviation of normal data.
  private static func scale(_ values: [Double], lag: Int) -> Double {
    guard values.count > lag else { return 0 }
    var differences = (lag..<values.count).map { abs(values[$0] - values[$0 - lag]) }
    return 0.8692932 * Selection.element(at: (differences.count - 1) * 3 / 4, of: &differences)
  }

  private static func rootMeanSquare(_ values: [Double]) -> Double {
    guard values.count > 1 else { return 0 }
    var sum = 0.0
    for index in 1..<values.count {
      let difference = values[index] - values[index - 1]
      sum += difference * difference
    }
    return (sum / Double(2 * (values.count - 1))).squareRoot()
  }
}
