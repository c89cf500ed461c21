import BenchStatistics
import Foundation
import Testing

/// The whole procedure against made-up machines whose truth is known.
///
/// `BENCHDB_FULL_TESTS=1 swift test -c release --filter SimulationTests` makes a hundred times as
/// many comparisons and prints the table.
@Suite struct SimulationTests {
  private static let isFull = ProcessInfo.processInfo.environment["BENCHDB_FULL_TESTS"] == "1"

  @Test(
    "at most one stored comparison of unchanged code in a hundred turns red",
    arguments: Noise.allCases)
  func falseAlarms(noise: Noise) {
    for world in Self.unchangedWorlds {
      var simulation = world.simulation
      simulation.noise = noise
      let tally = Tally(simulation, replicates: Self.isFull ? 2_000 : 4, seed: 1)
      Self.show("\(noise.rawValue), \(world.name)", tally)
      expect(tally, isRedAtMost: 0.01, "\(noise), \(world.name), seed 1")
    }
  }

  @Test(
    "whatever sessions do by themselves, and however many of them are known, few turn red",
    arguments: SessionEffect.allCases)
  func sessionEffects(effect: SessionEffect) {
    for earlier in [0, 5, 10, 20, 30] {
      for headSessions in [1, 3] {
        let simulation = Simulation(
          deviation: 0.01, sessionRatio: 1, effect: effect, earlier: earlier,
          headSessions: headSessions)
        let tally = Tally(simulation, replicates: Self.isFull ? 2_000 : 3, seed: 2)
        Self.show(
          "\(effect.rawValue), \(earlier) earlier, \(headSessions) of HEAD", tally)
        expect(
          tally, isRedAtMost: 0.01, "\(effect), \(earlier) earlier, \(headSessions), seed 2")
      }
    }
  }

  /// Ten processes a side, 25 series, sessions that differ by 0.7 of what processes do. Stored
  /// sessions convict only with twenty known and three of HEAD; otherwise they suspect.
  @Test(
    "real slowdowns are suspected as often as recorded, and found by many sessions",
    arguments: [
      (deviation: 0.005, earlier: 0, sessions: 1, change: 0.25, found: 0.0),
      (deviation: 0.01, earlier: 0, sessions: 1, change: 0.25, found: 0),
      (deviation: 0.005, earlier: 5, sessions: 1, change: 0.1, found: 0),
      (deviation: 0.01, earlier: 10, sessions: 1, change: 0.1, found: 0),
      (deviation: 0.01, earlier: 24, sessions: 3, change: 0.1, found: 0.9),
    ])
  func power(deviation: Double, earlier: Int, sessions: Int, change: Double, found: Double) {
    let simulation = Simulation(
      deviation: deviation, sessionRatio: 0.7, earlier: earlier, headSessions: sessions,
      change: change)
    let tally = Tally(simulation, replicates: Self.isFull ? 2_000 : 12, seed: 3)
    Self.show("+\(change), s = \(deviation), \(earlier) earlier", tally)
    #expect(Double(tally.found) / Double(tally.comparisons) >= found, "seed 3: \(tally)")
    #expect(tally.found + tally.suspected >= tally.comparisons * 9 / 10, "seed 3: \(tally)")
  }

  /// This is the binomial test: the bound is broken where so many red would have a chance under
  /// 0.001.
  private func expect(_ tally: Tally, isRedAtMost bound: Double, _ world: String) {
    let surely = ClopperPearson.lowerBound(
      events: tally.red, trials: tally.comparisons, confidence: 0.999)
    #expect(surely <= bound, "\(world): \(tally)")
  }

  /// What a suite may look like to which nothing happened. Mixed: deviations from 0.2 to 3 %,
  /// session noise 0 to 1.7 times as much.
  private static let unchangedWorlds: [(name: String, simulation: Simulation)] =
    [
      ("mixed, none earlier", Simulation(deviation: nil, sessionRatio: nil)),
      (
        "mixed, 24 earlier",
        Simulation(deviation: nil, sessionRatio: nil, earlier: 24, headSessions: 3)
      ),
      (
        "s = τ = 5 %, 24 earlier", Simulation(deviation: 0.05, earlier: 24, headSessions: 3)
      ),
    ]

  private static func show(_ name: String, _ tally: Tally) {
    guard isFull else { return }
    print(
      "| \(name) | \(tally.comparisons) | red \(tally.red) | found \(tally.found) |",
      "suspected \(tally.suspected), wrongly \(tally.wronglySuspected) | unchanged \(tally.unchanged) of \(tally.judged) |"
    )
    fflush(nil)
  }
}
