import BenchStatistics

/// The spread of values: their median, and the quartiles between which half of them do.
package struct Spread: Sendable, Hashable {
  package let median: Double
  package let quartiles: ClosedRange<Double>

  /// - Returns: `nil` without finite values.
  package init?(_ values: [Double]) {
    let sorted = values.filter(\.isFinite).sorted()
    guard !sorted.isEmpty else { return nil }
    median = Quantile.median(ofSorted: sorted)
    let lower = Quantile.type7(0.25, ofSorted: sorted)
    quartiles = lower...max(lower, Quantile.type7(0.75, ofSorted: sorted))
  }
}
