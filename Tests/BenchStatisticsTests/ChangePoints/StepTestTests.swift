import BenchStatistics
import BenchTestSupport
import Testing

@Suite struct StepTestTests {
  /// The share of all arrangements whose statistic reaches the observed one.
  private func exact(_ values: [Double], minimumLength: Int) -> Double {
    let observed = statistic(values, minimumLength)
    var (reached, total) = (0, 0)
    permutations(values) { arrangement in
      total += 1
      if statistic(arrangement, minimumLength) >= observed * (1 - 1e-12) { reached += 1 }
    }
    return Double(reached) / Double(total)
  }

  private func statistic(_ values: [Double], _ minimumLength: Int) -> Double {
    let count = Double(values.count)
    let total = values.reduce(0, +)
    return (minimumLength...(values.count - minimumLength)).map { position in
      let before = values[..<position].reduce(0, +)
      let share = Double(position) / count
      return abs(before - share * total) / (count * share * (1 - share)).squareRoot()
    }.max() ?? 0
  }

  private func permutations(_ values: [Double], _ body: ([Double]) -> Void) {
    var values = values
    func position(_ index: Int) {
      if index == values.count { return body(values) }
      for other in index..<values.count {
        values.swapAt(index, other)
        position(index + 1)
        values.swapAt(index, other)
      }
    }
    position(0)
  }

  @Test("the p-value is the share of all arrangements, as far as few draws can tell")
  func enumerated() {
    let seed: UInt64 = 50
    var random = SeededRandom(seed: seed)
    for _ in 0..<12 {
      let values = (0..<7).map { _ in random.nextNormal() }
      let exact = exact(values, minimumLength: 2)
      let found = StepTest(permutations: 4000, minimumLength: 2)
        .pValue(values, blockLength: 1, seed: 1)
      // Ten hits end the drawing: a share of 10 ÷ N is uncertain by a third of itself, and this is
      // three times that.
      #expect(found <= 2.2 * exact + 0.01 && exact <= 2.2 * found + 0.01, "seed \(seed)")
    }
  }

  @Test("under noise alone p-values are not small more often than they say", arguments: [1, 4])
  func calibrated(blockLength: Int) {
    let seed: UInt64 = 51
    var random = SeededRandom(seed: seed)
    let replicates = 300
    let levels = [0.2, 0.05, 0.01, 0.002]
    var below = [0, 0, 0, 0]
    for replicate in 0..<replicates {
      // A first-order autoregression where blocks are to keep it.
      let correlation = blockLength == 1 ? 0 : 0.3
      var last = random.nextNormal()
      let values = (0..<80).map { _ in
        last =
          correlation * last + (1 - correlation * correlation).squareRoot()
          * random.nextNormal()
        return last
      }
      let pValue = StepTest().pValue(values, blockLength: blockLength, seed: UInt64(replicate))
      for (index, level) in levels.enumerated() where pValue <= level { below[index] += 1 }
    }
    for (level, count) in zip(levels, below) {
      // Blocks of four keep most of the correlation, not all of it.
      let expected = Double(replicates) * level * (blockLength == 1 ? 1 : 1.6)
      #expect(
        Double(count) <= expected + 3.5 * expected.squareRoot() + 2,
        "\(count) of \(replicates) at most \(level), seed \(seed)")
    }
  }

  @Test("a clear step is found at any position, and the same seed says the same")
  func power() {
    let seed: UInt64 = 52
    var random = SeededRandom(seed: seed)
    for position in [3, 20, 50, 77] {
      let values = (0..<80).map { ($0 < position ? 0 : 6) + random.nextNormal() }
      let pValue = StepTest().pValue(values, blockLength: 1, seed: 9)
      #expect(pValue < 1e-3, "step at \(position), seed \(seed)")
      #expect(StepTest().pValue(values, blockLength: 1, seed: 9) == pValue)
    }
  }

  @Test("no p-value is smaller than one arrangement and its mirror image among all")
  func least() {
    #expect(StepTest().pValue([0, 0, 0, 9, 9, 9], blockLength: 3, seed: 1) == 1)
    let pValue = StepTest().pValue([0, 0, 0, 9, 9, 9], blockLength: 1, seed: 1)
    #expect(pValue >= 2.0 / 720 && pValue < 0.2)
    #expect(StepTest().pValue([1, 1, 1, 1, 1, 1, 1], blockLength: 1, seed: 1) == 1)
    #expect(StepTest().pValue([1, 2], blockLength: 1, seed: 1) == 1)
  }
}
