import CBenchCounters

/// Measures the cost of taking a sample.
///
/// It compares two loops with the same number of rounds. One measures the elapsed time of an empty
/// benchmark as the sampling loop does; the other only reads the clock as often. Their ratio is
/// what BenchKit adds to bare clock reads.
package enum SamplingCost {
  /// Reads the clock, runs a batch of one empty iteration, and reads the clock again, `rounds`
  /// times.
  /// - Returns: the sum of the elapsed times, in nanoseconds.
  @inline(never)
  package static func emptyBatches(_ rounds: Int) -> UInt64 {
    guard case .running(let batch) = opaque(empty).batch else { return 0 }
    var sum: UInt64 = 0
    for _ in 0..<rounds {
      let start = benchdb_monotonic_nanoseconds()
      try? batch(1)
      sum &+= benchdb_monotonic_nanoseconds() &- start
    }
    return sum
  }

  /// Reads the clock twice, `rounds` times.
  /// - Returns: the sum of the elapsed times, in nanoseconds.
  @inline(never)
  package static func clockReads(_ rounds: Int) -> UInt64 {
    var sum: UInt64 = 0
    for _ in 0..<rounds {
      let start = benchdb_monotonic_nanoseconds()
      sum &+= benchdb_monotonic_nanoseconds() &- start
    }
    return sum
  }

  /// The nanoseconds that the timing pass measures for an empty batch: the mean of fifty batches,
  /// and the least of ten such means, because interruptions can only add time.
  static func emptyBatchNanoseconds() -> Double {
    guard case .running(let batch) = opaque(empty).batch else { return 0 }
    return (0..<10).map { _ in
      let readings = (0..<50).map { _ in
        let clocks = Clocks()
        try? batch(1)
        return clocks.reading(iterations: 1).wallNanoseconds
      }
      return Double(readings.reduce(0, +)) / 50
    }.min() ?? 0
  }

  private static var empty: Work { .measuring {} }
}
