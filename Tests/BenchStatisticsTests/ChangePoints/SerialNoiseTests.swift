import BenchStatistics
import BenchTestSupport
import Testing

@Suite struct SerialNoiseTests {
  private func series(
    _ count: Int, correlation: Double, _ random: inout SeededRandom
  ) -> [Double] {
    var last = random.nextNormal()
    let fresh = (1 - correlation * correlation).squareRoot()
    return (0..<count).map { _ in
      last = correlation * last + fresh * random.nextNormal()
      return last
    }
  }

  @Test("scatter and correlation of an autoregression are found", arguments: [0, 0.3, 0.6])
  func recovers(correlation: Double) {
    let seed: UInt64 = 60
    var random = SeededRandom(seed: seed)
    let noise = SerialNoise(series(20_000, correlation: correlation, &random))
    #expect(abs(noise.deviation - 1) < 0.1, "\(noise), seed \(seed)")
    #expect(abs(noise.correlation - correlation) < 0.06, "\(noise), seed \(seed)")
  }

  @Test(
    "about known levels even a few values tell the correlation without bias",
    arguments: [(24, 0.0), (24, 0.4), (100, 0.6)])
  func residuals(count: Int, correlation: Double) {
    let seed: UInt64 = 63
    var random = SeededRandom(seed: seed)
    let found = (0..<400).map { _ in
      let values = series(count, correlation: correlation, &random)
      let halves = [values.prefix(count / 2), values.suffix(count - count / 2)]
      let residuals = halves.flatMap { half in
        let mean = half.reduce(0, +) / Double(half.count)
        return half.map { $0 - mean }
      }
      return SerialNoise(residuals: residuals, levels: 2).correlation
    }
    let mean = found.reduce(0, +) / 400
    // What seems negative counts as none, which alone makes the mean of none 0.08.
    #expect(abs(mean - correlation) < 0.1, "\(mean), seed \(seed)")
  }

  @Test("what a few values surely have in common is less than what they seem to")
  func surely() {
    let seed: UInt64 = 64
    var random = SeededRandom(seed: seed)
    let noise = SerialNoise(series(20_000, correlation: 0.6, &random))
    let sure = noise.surely(count: 25)
    #expect(abs(sure.correlation - (noise.correlation - 0.4)) < 1e-12)
    // The scatter of differences stays what it was.
    let scatter = (noise, sure)
    #expect(
      abs(
        scatter.0.deviation * scatter.0.deviation * (1 - scatter.0.correlation)
          - scatter.1.deviation * scatter.1.deviation * (1 - scatter.1.correlation)) < 1e-12)
    #expect(noise.surely(count: 4).correlation == 0)
  }

  @Test("steps and outliers hardly touch it")
  func robust() {
    let seed: UInt64 = 61
    var random = SeededRandom(seed: seed)
    var values = series(400, correlation: 0, &random)
    for index in values.indices { values[index] += Double(index / 50) * 8 }
    for index in stride(from: 17, to: 400, by: 40) { values[index] += 100 }
    let noise = SerialNoise(values)
    #expect(abs(noise.deviation - 1) < 0.25 && noise.correlation < 0.25, "\(noise)")
  }

  @Test("a series without noise has none, and one that mostly stands still the rest's")
  func still() {
    #expect(SerialNoise([Double](repeating: 4, count: 30)).deviation == 0)
    #expect(SerialNoise([]).deviation == 0)
    #expect(SerialNoise([1]).deviation == 0)
    let noise = SerialNoise([0, 0, 0, 0, 2, 0, 0, 0, 0])
    #expect(agree(noise.deviation, (8.0 / 16).squareRoot()))
    #expect(noise.correlation == 0)
  }

  @Test("blocks grow with the correlation and the length, and are single where there is none")
  func blocks() {
    let seed: UInt64 = 62
    var random = SeededRandom(seed: seed)
    let none = SerialNoise(series(500, correlation: 0, &random))
    #expect(none.blockLength(count: 100) == 1, "\(none), seed \(seed)")
    // 20,000 values tell the correlation to 0.02.
    let some = SerialNoise(series(20_000, correlation: 0.5, &random))
    // ∛(6 · 0.25 · 100 ÷ 0.75²) = 6.4
    #expect((6...8).contains(some.blockLength(count: 100)), "\(some), seed \(seed)")
    #expect(some.blockLength(count: 1000) > some.blockLength(count: 100))
    #expect(some.blockLength(count: 20) <= 3)
  }
}
