import BenchStatistics
import BenchTestSupport
import Testing

@Suite struct SegmentationTests {
  /// The least cost over every way to cut, and the cuts that have it.
  private func naive(
    _ values: [Double], penalty: Double, minimumLength: Int
  ) -> (cost: Double, cuts: [Int]) {
    var best: (cost: Double, cuts: [Int]) = (.infinity, [])
    for pattern in 0..<(1 << max(values.count - 1, 0)) {
      let cuts = (1..<max(values.count, 1)).filter { pattern >> ($0 - 1) & 1 == 1 }
      let bounds = [0] + cuts + [values.count]
      guard zip(bounds, bounds.dropFirst()).allSatisfy({ $1 - $0 >= minimumLength }) else {
        continue
      }
      let cost = cost(values, cuts: cuts, penalty: penalty)
      if cost < best.cost { best = (cost, cuts) }
    }
    return best
  }

  private func cost(_ values: [Double], cuts: [Int], penalty: Double) -> Double {
    let bounds = [0] + cuts + [values.count]
    return zip(bounds, bounds.dropFirst()).reduce(Double(cuts.count) * penalty) { sum, bound in
      let part = values[bound.0..<bound.1]
      let mean = part.reduce(0, +) / Double(part.count)
      return sum + part.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    }
  }

  @Test("no way to cut is cheaper than the one found, among all there are", arguments: 1...4)
  func exact(minimumLength: Int) {
    let seed: UInt64 = 40
    var random = SeededRandom(seed: seed)
    for count in (2 * minimumLength)...12 {
      for penalty in [0.1, 1, 4] {
        for _ in 0..<6 {
          let values = (0..<count).map { _ in
            Double(Int.random(in: 0...3, using: &random)) + 0.3 * random.nextNormal()
          }
          let cuts = Segmentation.cuts(values, penalty: penalty, minimumLength: minimumLength)
          let found = cost(values, cuts: cuts, penalty: penalty)
          let best = naive(values, penalty: penalty, minimumLength: minimumLength)
          #expect(
            abs(found - best.cost) < 1e-9,
            "\(cuts) costs \(found), \(best.cuts) \(best.cost), seed \(seed), \(values)")
        }
      }
    }
  }

  @Test("pruning loses nothing on long series with many levels")
  func pruning() {
    let seed: UInt64 = 41
    var random = SeededRandom(seed: seed)
    for _ in 0..<20 {
      var level = 0.0
      let values = (0..<150).map { _ in
        if Int.random(in: 0..<8, using: &random) == 0 { level += 3 * random.nextNormal() }
        return level + random.nextNormal()
      }
      let cuts = Segmentation.cuts(values, penalty: 6)
      let unpruned = unpruned(values, penalty: 6)
      #expect(
        abs(cost(values, cuts: cuts, penalty: 6) - unpruned) < 1e-8, "\(cuts), seed \(seed)")
    }
  }

  /// Optimal partitioning in full (Jackson and others 2005).
  private func unpruned(_ values: [Double], penalty: Double) -> Double {
    var best = [Double](repeating: .infinity, count: values.count + 1)
    best[0] = -penalty
    for end in 3...values.count {
      for start in 0...(end - 3) where best[start] < .infinity {
        let part = Array(values[start..<end])
        best[end] = min(best[end], best[start] + penalty + cost(part, cuts: [], penalty: 0))
      }
    }
    return best[values.count]
  }

  @Test("a level that never moves is not cut, and one that steps is cut there")
  func simple() {
    #expect(Segmentation.cuts([Double](repeating: 7, count: 50), penalty: 1).isEmpty)
    let step = [Double](repeating: 1, count: 20) + [Double](repeating: 2, count: 9)
    #expect(Segmentation.cuts(step, penalty: 0.5) == [20])
    #expect(Segmentation.cuts([1, 2, 3], penalty: 0).isEmpty)
    #expect(Segmentation.cuts([], penalty: 1).isEmpty)
  }
}
