import BenchStatistics
import BenchTestSupport
import Testing

@Suite struct StepTestTests {
  /// A first-order autoregression with a deviation of 1.
  private func noise(
    _ count: Int, correlation: Double, _ random: inout SeededRandom
  ) -> [Double] {
    var last = random.nextNormal()
    let fresh = (1 - correlation * correlation).squareRoot()
    return (0..<count).map { _ in
      last = correlation * last + fresh * random.nextNormal()
      return last
    }
  }

  @Test(
    "under noise alone p-values are not small more often than they say",
    arguments: [(12, 0), (24, 0), (80, 0), (24, 0.3), (80, 0.5), (80, 0.8)])
  func calibrated(count: Int, correlation: Double) {
    let seed: UInt64 = 51
    var random = SeededRandom(seed: seed)
    let replicates = 300
    let levels = [0.2, 0.05, 0.01, 0.002]
    var below = [0, 0, 0, 0]
    for replicate in 0..<replicates {
      let values = noise(count, correlation: correlation, &random)
      let pValue = StepTest().pValue(
        values, correlation: correlation, seed: UInt64(replicate))
      for (index, level) in levels.enumerated() where pValue <= level { below[index] += 1 }
    }
    for (level, count) in zip(levels, below) {
      // The residuals of the best position scatter less than the noise did, by a few per cent.
      let expected = Double(replicates) * level * 1.4
      #expect(
        Double(count) <= expected + 3.5 * expected.squareRoot() + 1,
        "\(count) of \(replicates) at most \(level), seed \(seed)")
    }
  }

  @Test("a clear step is found at any position, and the same seed says the same")
  func power() {
    let seed: UInt64 = 52
    var random = SeededRandom(seed: seed)
    for position in [3, 20, 50, 77] {
      let values = (0..<80).map { ($0 < position ? 0 : 6) + random.nextNormal() }
      let pValue = StepTest().pValue(values, correlation: 0, seed: 9)
      #expect(pValue < 1e-3, "step at \(position), seed \(seed)")
      #expect(StepTest().pValue(values, correlation: 0, seed: 9) == pValue)
    }
  }

  @Test("large steps among few values are sure, in correlated noise too")
  func few() {
    let seed: UInt64 = 53
    var random = SeededRandom(seed: seed)
    for correlation in [0, 0.5] {
      for (before, after) in [(3, 6), (6, 3), (5, 5), (12, 12)] {
        let values = noise(before + after, correlation: correlation, &random).enumerated().map {
          $0.offset < before ? $0.element : $0.element + 200
        }
        let pValue = StepTest().pValue(values, correlation: correlation, seed: 1)
        #expect(pValue < 1e-3, "\(before) and \(after), correlation \(correlation), seed \(seed)")
      }
    }
  }

  @Test("no p-value is smaller than one arrangement and its mirror image among all")
  func least() {
    #expect(StepTest.leastPossible(count: 1) == 1)
    #expect(abs(StepTest.leastPossible(count: 6) - 2.0 / 720) < 1e-15)
    let pValue = StepTest().pValue([0, 0, 0, 9, 9, 9], correlation: 0, seed: 1)
    #expect(pValue >= StepTest.leastPossible(count: 6) && pValue < 0.2)
    #expect(StepTest().pValue([1, 1, 1, 1, 1, 1, 1], correlation: 0, seed: 1) == 1)
    #expect(StepTest().pValue([1, 2], correlation: 0, seed: 1) == 1)
  }
}
