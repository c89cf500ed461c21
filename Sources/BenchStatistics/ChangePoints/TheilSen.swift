/// The slope of a series in order: the median of the slopes between all pairs of values (Theil
/// 1950; Sen, "Estimates of the regression coefficient based on Kendall's tau", JASA 63, 1968).
/// Nearly a third of the values may be wild.
package struct TheilSen: Sendable, Hashable {
  /// Units for each position.
  package let slope: Double
  /// The value at the first position.
  package let intercept: Double

  /// `values`: at least two, at positions 0, 1, 2 …; O(n²).
  package init(_ values: [Double]) {
    precondition(values.count > 1, "a slope needs at least two values")
    var slopes: [Double] = []
    slopes.reserveCapacity(values.count * (values.count - 1) / 2)
    for right in 1..<values.count {
      for left in 0..<right {
        slopes.append((values[right] - values[left]) / Double(right - left))
      }
    }
    let slope = Selection.median(of: &slopes)
    self.slope = slope
    intercept = Quantile.median(values.enumerated().map { $1 - slope * Double($0) })
  }

  /// The standard deviation of the slope and its central interval, by a moving-block bootstrap of
  /// the residuals (Künsch, "The jackknife and the bootstrap for general stationary observations",
  /// Annals of Statistics 17, 1989).
  ///
  /// `values`: those that the slope was made from;
  /// `blockLength`: so many neighbouring residuals stay together, at least 1;
  /// `confidence`: of the interval, in 0...1, by the percentiles.
  package func uncertainty(
    _ values: [Double], blockLength: Int, confidence: Double, resamples: Int = 200, seed: UInt64
  ) -> (deviation: Double, interval: ClosedRange<Double>) {
    let fitted = values.indices.map { intercept + slope * Double($0) }
    let residuals = zip(values, fitted).map { $0 - $1 }
    let length = min(max(blockLength, 1), values.count)
    var random = PermutationRandom(seed: seed)
    var slopes = (0..<resamples).map { _ in
      var resampled = fitted
      for start in stride(from: 0, to: values.count, by: length) {
        let source = random.below(values.count - length + 1)
        for offset in 0..<min(length, values.count - start) {
          resampled[start + offset] += residuals[source + offset]
        }
      }
      return TheilSen(resampled).slope
    }
    slopes.sort()
    let tail = (1 - confidence) / 2
    let mean = slopes.reduce(0, +) / Double(resamples)
    let squares = slopes.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (
      (squares / Double(max(resamples - 1, 1))).squareRoot(),
      Quantile.type7(tail, ofSorted: slopes)...Quantile.type7(1 - tail, ofSorted: slopes)
    )
  }
}
