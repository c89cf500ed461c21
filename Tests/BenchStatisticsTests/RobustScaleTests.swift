import BenchStatistics
import BenchTestSupport
import Testing

@Suite struct RobustScaleTests {
  @Test("the median absolute deviation that other tests go by is SciPy's")
  func golden() throws {
    for known in try Golden.read().scales {
      #expect(agree(medianAbsoluteDeviation(known.values), known.mad), "\(known)")
    }
  }

  @Test("Qn is the standard deviation of normal data, on average, at every size", arguments: 2...20)
  func consistency(count: Int) {
    let seed = UInt64(count)
    var random = SeededRandom(seed: seed)
    let replicates = 1_500
    let mean =
      (0..<replicates).reduce(0) { sum, _ in
        sum + RobustScale.qn((0..<count).map { _ in random.nextNormal() })
      } / Double(replicates)
    // The mean of 1,500 has a standard error of at most 0.02.
    #expect(abs(mean - 1) < 0.08, "mean \(mean), seed \(seed)")
  }

  @Test("Qn scales with its values and ignores their level")
  func equivariance() {
    let values = [1.0, 4, 2, 8, 5, 7]
    let scaled = values.map { 100 + 3 * $0 }
    #expect(agree(RobustScale.qn(scaled), 3 * RobustScale.qn(values)))
  }

  @Test("a third of wild values does not carry Qn away")
  func breakdown() {
    let tame = [1.0, 1.1, 0.9, 1.05, 0.95, 1.02, 0.98]
    #expect(RobustScale.qn(tame + [1e6, -1e6, 1e9]) < 5 * RobustScale.qn(tame))
  }

  @Test("one value has no spread")
  func single() {
    #expect(RobustScale.qn([3]) == 0)
    #expect(RobustScale.qn([3, 3, 3]) == 0)
  }
}

/// The median absolute deviation from the median, unscaled.
func medianAbsoluteDeviation(_ values: [Double]) -> Double {
  let center = Quantile.median(values)
  return Quantile.median(values.map { abs($0 - center) })
}
