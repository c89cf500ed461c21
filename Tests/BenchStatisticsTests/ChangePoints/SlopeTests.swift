import BenchStatistics
import BenchTestSupport
import Testing

@Suite struct SlopeTests {
  @Test("slope and intercept are SciPy's")
  func golden() throws {
    for known in try Golden.read().theilSlopes {
      let line = TheilSen(known.values)
      #expect(agree(line.slope, known.slope), "\(known)")
      #expect(agree(line.intercept, known.intercept), "\(known)")
    }
  }

  @Test("the bootstrap's interval holds the true slope about as often as it says")
  func coverage() {
    let seed: UInt64 = 80
    var random = SeededRandom(seed: seed)
    var covered = 0
    for replicate in 0..<40 {
      let values = (0..<40).map { 0.1 * Double($0) + random.nextNormal() }
      let (deviation, interval) = TheilSen(values).uncertainty(
        values, blockLength: 1, confidence: 0.9, seed: UInt64(replicate))
      if interval.contains(0.1) { covered += 1 }
      // Least squares would have 1 ÷ √(40 · 1599 ÷ 12) = 0.0137.
      #expect((0.006...0.025).contains(deviation), "replicate \(replicate), seed \(seed)")
    }
    // 36 are expected; residuals are a little smaller than errors.
    #expect((28...40).contains(covered), "\(covered) of 40, seed \(seed)")
  }

  @Test(
    "the best ramp is the best of all that NumPy's least squares can make", arguments: [0, 1, 2])
  func ramps(number: Int) throws {
    let known = try Golden.read().ramps[number]
    let ramp = try #require(Ramp(known.values, minimumLength: 16))
    #expect(ramp.moving == known.start..<known.end)
    #expect(agree(ramp.change, known.change) && agree(ramp.residual, known.residual))
    #expect(ramp.bends == (known.start > 0 ? 1 : 0) + (known.end < known.values.count ? 1 : 0))
  }

  @Test("what is too short has no ramp")
  func short() {
    #expect(Ramp([1, 2, 3], minimumLength: 4) == nil)
    #expect(Ramp([1, 2, 3, 4], minimumLength: 4)?.change == 3)
  }
}
