import BenchTestSupport
import StreamingPipeline
import Testing

@Suite struct SketchTests {
  @Test("up to 1,024 different values are counted exactly, and duplicates do not count")
  func exactCounts() {
    var random = SeededRandom(seed: 3)
    var sketch = DistinctSketch()
    let hashes = [0] + (1..<DistinctSketch.exactLimit).map { _ in random.next() }
    for (index, hash) in hashes.enumerated() {
      sketch.insert(hash)
      sketch.insert(hashes[index / 2])
      #expect(sketch.count == index + 1)
    }
  }

  @Test(
    "more are estimated within four standard errors",
    arguments: [1_025, 3_000, 10_000, 100_000, 400_000])
  func estimates(count: Int) {
    var random = SeededRandom(seed: UInt64(count))
    var sketch = DistinctSketch()
    for _ in 0..<count { sketch.insert(random.next()) }
    let error = Double(sketch.count - count) / Double(count)
    #expect(error.magnitude < 4 * 1.04 / 64, "error \(error)")
  }

  @Test("estimates do not lean to one side")
  func unbiased() {
    var sum = 0.0
    for seed in 0..<50 {
      var random = SeededRandom(seed: UInt64(seed))
      var sketch = DistinctSketch()
      for _ in 0..<5_000 { sketch.insert(random.next()) }
      sum += Double(sketch.count - 5_000) / 5_000
    }
    // The mean of 50 estimates has an error of 1.6 % ÷ √50.
    #expect((sum / 50).magnitude < 4 * 1.04 / 64 / 50.0.squareRoot(), "mean \(sum / 50)")
  }

  @Test(
    "merged counts are those of one sketch, in any order and association",
    arguments: [600, 1_030, 5_000])
  func mergedCounts(count: Int) {
    var random = SeededRandom(seed: UInt64(count))
    var whole = DistinctSketch()
    var parts = [DistinctSketch](repeating: DistinctSketch(), count: 3)
    for index in 0..<count {
      let hash = random.next()
      whole.insert(hash)
      parts[index % 7 % 3].insert(hash)
      parts[index % 3].insert(hash)
    }
    var left = parts[0]
    left.merge(parts[1])
    left.merge(parts[2])
    var right = parts[2]
    right.merge(parts[1])
    right.merge(parts[0])
    #expect(left.count == whole.count)
    #expect(right.count == whole.count)
  }

  @Test("beyond 10,000 values every percentile is within 1/256", arguments: UInt64(0)..<4)
  func percentiles(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let values = (0..<20_001).map { _ in
      let magnitude = Double(
        sign: .plus, exponent: Int.random(in: -40...60, using: &random),
        significand: Double.random(in: 1..<2, using: &random))
      return seed % 2 == 0 ? magnitude : random.nextNormal() * magnitude
    }
    var ranked = RankedValues()
    for value in values { ranked.add(value.orderedBits) { Double(orderedBits: $0) } }
    let sorted = values.sorted()
    for percent in [0.0, 0.5, 10, 25, 50, 75, 90, 99, 99.9, 100] {
      let share = try PercentileShare(percent: percent)
      guard case .counted(let found, _, _) = try #require(ranked.neighbours(share)) else {
        Issue.record("not counted")
        return
      }
      let exact = sorted[Int(percent * 200)]
      let error = (found - exact).magnitude / exact.magnitude
      #expect(error <= ValueHistogram.relativeError, "\(percent) %: \(found) for \(exact)")
    }
  }

  @Test(
    "merged values are those of one, kept or counted, in any order and association",
    arguments: [300, 9_999, 10_001, 30_000])
  func mergedValues(count: Int) throws {
    var random = SeededRandom(seed: UInt64(count))
    var whole = RankedValues()
    var parts = [RankedValues](repeating: RankedValues(), count: 3)
    for index in 0..<count {
      let value = Int64.random(in: -1_000_000...1_000_000_000, using: &random)
      whole.add(value) { Double($0) }
      parts[index % 7 % 3].add(value) { Double($0) }
    }
    var left = parts[0]
    left.merge(parts[1]) { Double($0) }
    left.merge(parts[2]) { Double($0) }
    var right = parts[2]
    right.merge(parts[0]) { Double($0) }
    right.merge(parts[1]) { Double($0) }
    for percent in [0.0, 1, 33.3, 50, 90, 100] {
      let share = try PercentileShare(percent: percent)
      #expect(left.neighbours(share) == whole.neighbours(share))
      #expect(right.neighbours(share) == whole.neighbours(share))
    }
  }

  @Test("infinities, zeros and numbers below the normal ones are counted")
  func extremes() {
    var histogram = ValueHistogram()
    let values = [
      -Double.infinity, -0x1p-1030, -0.0, 0, 0x1p-1030, 1, .greatestFiniteMagnitude, .infinity,
    ]
    for value in values { histogram.add(value) }
    #expect(histogram.value(at: 0) == -.infinity)
    #expect((1...4).allSatisfy { histogram.value(at: $0) == 0 })
    #expect((histogram.value(at: 5) - 1).magnitude <= 1.0 / 256)
    #expect(histogram.value(at: 6).isFinite)
    #expect(histogram.value(at: 7) == .infinity)
  }
}
