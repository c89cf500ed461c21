import BenchKit

private let loopRatio = CustomMetric("loop ratio", unit: "×")
private let elapsedRatio = CustomMetric("elapsed ratio", unit: "×")

extension Suite {
  /// Measures the cost of taking a sample: `empty` and `clock` read the clock 2,000 times in an
  /// iteration, and `empty` runs an empty batch between the reads of each pair.
  ///
  /// `ratio` does both in turn, so that disturbances affect both. It reports how much the timed
  /// region costs beyond bare clock reads, as the time of the whole loop and as the elapsed time
  /// between the reads.
  static let sampling = Suite("sampling") {
    Benchmark("empty") { _, _ in .measuring { SamplingCost.emptyBatches(1_000) } }
    Benchmark("clock") { _, _ in .measuring { SamplingCost.clockReads(1_000) } }
    Benchmark("ratio", metrics: [loopRatio, elapsedRatio]) { _, _ in
      let clock = ContinuousClock()
      return .measuring {
        var elapsed: (empty: UInt64, bare: UInt64) = (0, 0)
        let empty = clock.measure { elapsed.empty = SamplingCost.emptyBatches(1_000) }
        let bare = clock.measure { elapsed.bare = SamplingCost.clockReads(1_000) }
        return (loop: empty / bare, elapsed: Double(elapsed.empty) / Double(elapsed.bare))
      } reporting: { ratios, reporter in
        reporter[loopRatio] = ratios.loop
        reporter[elapsedRatio] = ratios.elapsed
      }
    }
  }
}
