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
