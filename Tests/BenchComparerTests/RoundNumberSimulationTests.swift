import BenchComparer
import BenchModel
import BenchStatistics
import BenchTestSupport
import Foundation
import Testing

/// The judge of rounds in turns against made-up rounds whose truth is known.
///
/// `BENCHDB_FULL_TESTS=1 swift test -c release --filter RoundNumberSimulationTests` makes hundreds
/// of times as many comparisons and prints the figures.
@Suite("Rounds in turns, simulated") struct RoundNumberSimulationTests {
  private static let isFull = ProcessInfo.processInfo.environment["BENCHDB_FULL_TESTS"] == "1"
  private let judge = PairedJudge(inTurns: true)

  /// One series of thirty rounds. Its number is the change, and what two processes differ by that
  /// deviate as `noise` does.
  private func series(
    _ change: Double, deviation: Double, noise: Noise, name: String, _ random: inout SeededRandom
  ) -> PairedSeries {
    func differences() -> [Double] {
      zip(noise.draw(30, &random), noise.draw(30, &random))
        .map { ($0 - $1) * deviation / 2.0.squareRoot() }
    }
    let (shifts, controls) = (differences(), differences())
    let value = ProcessStatistic(value: 1_000, samples: 180)
    let side = PairedSide(metric: Metric(name: "m", unit: .nanoseconds, isGate: true))
    return PairedSeries(
      key: SeriesKey(benchmark: BenchmarkKey(id: name), metric: "m"), machine: machine(),
      session: UUID(), started: .distantPast, base: side, head: side,
      rounds: (0..<30).map { number in
        let hasControl = PairedRound.hasControl(number, inTurns: true)
        return PairedRound(
          base: value, head: value, control: hasControl ? value : nil,
          shift: log1p(change) + shifts[number],
          controlShift: hasControl ? controls[number] : nil)
      }, layout: .trusted, method: .lockstep)
  }

  /// A suite of 25, whose first series changed; deviations of a round from 0.2 to 5 %.
  private func suite(
    _ change: Double, deviation: Double? = nil, noise: Noise, _ random: inout SeededRandom
  ) -> [PairedSeries] {
    (0..<25).map { number in
      let own = deviation ?? exp(Double.random(in: log(0.002)...log(0.05), using: &random))
      return series(
        number == 0 ? change : 0, deviation: own, noise: noise, name: "suite/\(number)", &random)
    }
  }

  @Test(
    "At most one comparison of unchanged code in a hundred turns red", arguments: Noise.allCases)
  func falseAlarms(noise: Noise) {
    var random = SeededRandom(seed: 31)
    let trials = Self.isFull ? 3_000 : 6
    let red = (0..<trials).count { _ in
      judge.decision(on: suite(0, noise: noise, &random)).comparison.counts[.slower] > 0
    }
    let surely = ClopperPearson.lowerBound(events: red, trials: trials, confidence: 0.999)
    #expect(surely <= 0.01, "\(noise), seed 31: \(red) of \(trials)")
    if Self.isFull { print("| turns, unchanged, \(noise.rawValue) | \(red) of \(trials) red |") }
  }

  @Test(
    "Slowdowns of one in 25 are found as often as recorded, and never called faster or unchanged",
    arguments: [
      (change: 0.02, deviation: 0.002, found: 0.95), (change: 0.02, deviation: 0.004, found: 0.95),
      (change: 0.02, deviation: 0.008, found: 0.9), (change: 0.02, deviation: 0.015, found: 0.6),
      (change: 0.05, deviation: 0.015, found: 0.95),
    ])
  func power(change: Double, deviation: Double, found: Double) {
    var random = SeededRandom(seed: 37)
    let trials = Self.isFull ? 1_000 : 10
    var (slower, wrong) = (0, 0)
    for _ in 0..<trials {
      let suite = suite(change, deviation: deviation, noise: .normal, &random)
      let rows = judge.decision(on: suite).comparison.rows
      let kind = rows.first { $0.key.benchmark.id == "suite/0" }?.answer.kind
      slower += kind == .slower ? 1 : 0
      wrong += kind == .faster || (kind == .noChange && change > 0.02) ? 1 : 0
    }
    let atMost = ClopperPearson.upperBound(events: slower, trials: trials, confidence: 0.999)
    #expect(atMost >= found && wrong == 0, "seed 37: \(slower) and \(wrong) of \(trials)")
    if Self.isFull {
      print("| turns, +\(change), deviation \(deviation) | \(slower) of \(trials) found |")
    }
  }
}
