/// Decides when a benchmark is warm.
///
/// It is warm when the medians of its last five samples and of the five before differ by no more
/// than noise. Noise is the larger of
///
/// - two standard errors of that difference, 1.5 σ: the median of five normal values deviates by
///   0.5355 σ, the difference of two by 0.757 σ. σ is 1.4826 × the median distance of the ten from
///   their own five's median (which makes it consistent for normal values);
/// - 1 % of the median, half the change that comparisons look for, so that warm-up ends even for a
///   very steady benchmark.
package enum WarmUp {
  /// - Parameter values: one value for each sample, in the order in which samples were taken, all
  ///   from batches of the final size.
  /// - Returns: `false` for fewer than ten values.
  package static func isStable(_ values: some RandomAccessCollection<Double>) -> Bool {
    guard values.count >= 10 else { return false }
    let last = Array(values.suffix(5))
    let before = Array(values.suffix(10).prefix(5))
    let (lastMedian, beforeMedian) = (median(last), median(before))
    let distances = last.map { abs($0 - lastMedian) } + before.map { abs($0 - beforeMedian) }
    let noise = max(1.5 * 1.4826 * median(distances), 0.01 * lastMedian)
    return abs(lastMedian - beforeMedian) <= noise
  }
}

/// The middle value, or the mean of the two middle ones; `values` must not be empty.
func median(_ values: [Double]) -> Double {
  let sorted = values.sorted()
  let middle = sorted.count / 2
  return sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
}
