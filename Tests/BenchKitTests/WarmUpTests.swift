import BenchKit
import BenchTestSupport
import Testing

@Suite struct WarmUpTests {
  @Test("fewer than ten samples are never stable", arguments: 0..<10)
  func tooFew(count: Int) {
    #expect(!WarmUp.isStable(Array(repeating: 1.0, count: count)))
  }

  @Test("ten equal samples are stable")
  func equal() {
    #expect(WarmUp.isStable(Array(repeating: 3.5, count: 10)))
  }

  @Test("a step of more than one per cent between quiet fives is not stable")
  func step() {
    let high = Array(repeating: 102.0, count: 5)
    let low = Array(repeating: 100.0, count: 5)
    #expect(!WarmUp.isStable(high + low))
    #expect(!WarmUp.isStable(low + high))
    #expect(WarmUp.isStable(Array(repeating: 100.9, count: 5) + low))
  }

  @Test("only the last ten samples count")
  func history() {
    #expect(WarmUp.isStable([900, 500, 300] + Array(repeating: 100.0, count: 10)))
  }

  @Test("one outlier in each five does not keep a benchmark from being warm")
  func outliers() {
    #expect(WarmUp.isStable([100, 100, 500, 100, 100, 100, 900, 100, 100, 100]))
  }

  @Test("noise around one level is stable about as often as two standard errors say")
  func noise() {
    let seed: UInt64 = 20_240_501
    var random = SeededRandom(seed: seed)
    let stable = (0..<2_000).count { _ in
      WarmUp.isStable((0..<10).map { _ in 100 + 10 * random.nextNormal() })
    }
    // With a known σ, two standard errors would give 95 %; with σ estimated from ten values it is
    // less.
    #expect(stable > 1_500, "seed \(seed)")
  }
}
