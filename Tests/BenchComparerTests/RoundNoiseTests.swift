import BenchComparer
import BenchModel
import BenchTestSupport
import Foundation
import Testing

@Suite("What the moments of a machine do to rounds") struct RoundNoiseTests {
  private func spins(_ count: Int, _ time: (Int) -> Double) -> [MachineObservation.Spin] {
    (0..<count).map { MachineObservation.Spin(wall: time($0), cpu: time($0)) }
  }

  @Test("A machine that changes every 30 ms disturbs processes in a row, and hardly those in turns")
  func moments() throws {
    for seed in UInt64(0)..<10 {
      var random = SeededRandom(seed: seed)
      var moment = 0.0
      let times = (0..<3_000).map { index in
        if index.isMultiple(of: 30) { moment = 0.05 * random.nextNormal() }
        return 1e6 * exp(moment + 0.004 * random.nextNormal())
      }
      let noise = try #require(RoundNoise(spins(3_000) { times[$0] }))
      #expect(noise.apart > 0.02, "seed \(seed): \(noise)")
      #expect(noise.inTurns < noise.apart / 4, "seed \(seed): \(noise)")
      let rule = ComparisonRule()
      #expect(noise.smallest(noise.inTurns, rule: rule) < noise.smallest(noise.apart, rule: rule))
    }
  }

  @Test("A steady machine lets every change be told that the rule allows at all")
  func steady() throws {
    let noise = try #require(RoundNoise(spins(1_000) { _ in 1e6 }))
    #expect(noise.apart == 0 && noise.inTurns == 0)
    #expect(abs(noise.smallest(0, rule: ComparisonRule()) - 0.01) < 1e-12)
  }

  @Test("A few pieces of work, or one without a duration, tell nothing")
  func tooFew() {
    #expect(RoundNoise(spins(319) { _ in 1e6 }) == nil)
    #expect(RoundNoise(spins(320) { _ in 1e6 }) != nil)
    #expect(RoundNoise(spins(320) { $0 == 7 ? 0 : 1e6 }) == nil)
  }
}
