import BenchComparer
import BenchModel
import BenchTestSupport
import Foundation
import Testing

/// Tests on which side of the middle the rule sees a commit.
@Suite struct ProbeRuleTests {
  /// GOOD about 1,000, BAD about 1,060.
  private func rule(seed: UInt64 = 1) throws -> ProbeRule {
    var rounds = Rounds(seed: seed, count: 10)
    return try #require(ProbeRule(check: rounds.series(change: 0.06)))
  }

  @Test("a clear case is decided at the first look, with the shift it was decided by")
  func clear() throws {
    let rule = try rule()
    var rounds = Rounds(seed: 2, count: 4, deviation: 0.003)
    let slow = rounds.series(change: 0.06)
    let same = rounds.series(change: 0)
    #expect(rule.answer(slow) == .slower)
    #expect(rule.answer(same) == .notSlower)
    #expect(rule.answer(slow, after: 3) == nil)
    let shift = try #require(rule.shift(slow))
    #expect(abs(shift.estimate - 0.06) < 0.01)
    #expect(shift.lower < shift.estimate && shift.estimate < shift.upper)
    #expect(rule.shift(slow.prefix(0)) == nil)
  }

  @Test("an answer stands whatever later rounds say")
  func stands() throws {
    let rule = try rule()
    var rounds = Rounds(seed: 3, count: 4, deviation: 0.003)
    let early = rounds.series(change: 0.06)
    rounds.count = 20
    let late = rounds.series(change: 0)
    let all = early.rounds + late.rounds
    let both = paired(
      all.map(\.base.value), all.map(\.head.value), control: all.map { $0.control?.value })
    #expect(rule.answer(both, after: 4) == .slower)
    #expect(rule.answer(both) == .slower)
  }

  @Test("where more is better a rate that falls is slower")
  func direction() throws {
    let rate = Metric(name: "rate", unit: .perSecond, direction: .higher, isGate: true)
    let good = [100.0, 101, 99, 100.5, 99.5, 100.2]
    let check = paired(good, good.map { $0 / 1.1 }, metric: rate)
    let rule = try #require(ProbeRule(check: check))
    #expect(rule.answer(paired(good, good.map { $0 / 1.1 + 0.01 }, metric: rate)) == .slower)
    #expect(rule.answer(paired(good, good.map { $0 + 0.01 }, metric: rate)) == .notSlower)
    #expect(ProbeRule(check: paired(good, good.map { $0 * 1.1 }, metric: rate)) == nil)
  }

  @Test("an exact metric decides after one round, from nothing too, and is tested where it varies")
  func exact() throws {
    let allocations = Metric.allocations.gated(true, judgement: .exact(tolerance: 0))
    let check = paired([12, 12], [15, 15], metric: allocations)
    let rule = try #require(ProbeRule(check: check))
    #expect(rule.answer(paired([12], [15], metric: allocations)) == .slower)
    #expect(rule.answer(paired([12], [13], metric: allocations)) == .notSlower)
    #expect(rule.answer(paired([12, 12], [12, 15], metric: allocations)) == nil)
    #expect(rule.answer(paired([], [], metric: allocations)) == nil)
    let fromNothing = try #require(
      ProbeRule(check: paired([0, 0], [3, 3], metric: allocations)))
    #expect(fromNothing.answer(paired([0], [3], metric: allocations)) == .slower)
    #expect(fromNothing.answer(paired([0], [0], metric: allocations)) == .notSlower)
    let shift = try #require(fromNothing.shift(paired([0], [3], metric: allocations)))
    #expect(shift.estimate == .infinity && shift.zero == ZeroChange(from: 0, to: 3))
  }

  @Test("the shares of the looks are one error rate, and the first can be met")
  func looks() {
    let shares = ProbeLook.standard.map(\.share)
    #expect(abs(shares.reduce(0, +) - 1) < 1e-9)
    #expect(shares[0] * ProbeRule.errorRate >= 1.0 / 210)
    #expect(
      zip(ProbeLook.standard, ProbeLook.standard.dropFirst()).allSatisfy { $0.rounds < $1.rounds })
  }

  @Test(
    "whatever noise and machine, at most 1 % of the answers are wrong",
    arguments: Noise.allCases, MachineKind.allCases)
  func errorRate(noise: Noise, machine: MachineKind) {
    let tally = ProbeTally(noise: noise, machine: machine, change: 0.06, probes: 200, seed: 20)
    // 200 probes with a true rate of 1 % show more than 7 wrong answers once in a thousand.
    #expect(tally.wrong <= 7, "\(tally)")
    let decided = Double(tally.probes - tally.open) / Double(tally.probes)
    #expect(decided >= (machine == .shared ? 0.6 : 0.9), "\(tally)")
  }

  @Test("it takes fewer rounds than the gate's rule, and leaves hardly anything open")
  func fewerRounds() {
    var probe = (rounds: 0, open: 0)
    var gate = (rounds: 0, open: 0)
    for noise in Noise.allCases {
      let tally = ProbeTally(
        noise: noise, machine: .developers, change: 0.06, probes: 60, seed: 21, withGate: true)
      probe = (probe.rounds + tally.rounds, probe.open + tally.open)
      gate = (gate.rounds + tally.gateRounds, gate.open + tally.gateOpen)
    }
    // Simulated with this seed: 360 probes, see the page about statistics.
    #expect(Double(probe.rounds) < 0.8 * Double(gate.rounds), "\(probe) \(gate)")
    #expect(probe.open <= gate.open + 3, "\(probe) \(gate)")
  }

  @Test("bisections of 32 commits with a planted step of 6 % end at it", arguments: Noise.allCases)
  func planted(noise: Noise) throws {
    var random = SeededRandom(seed: 22)
    var found = 0
    let bisections = 40
    for _ in 0..<bisections {
      let culprit = Int.random(in: 1...32, using: &random)
      let deviation = SimulatedSeries.random(noise, &random)
      let check = deviation(0.06).rounds(10, &random)
      guard let rule = ProbeRule(check: check) else { continue }
      var bisection = Bisection(count: 32)
      while let commit = bisection.next {
        let series = deviation(commit >= culprit ? 0.06 : 0).rounds(30, &random)
        switch rule.answer(series) {
        case .slower: bisection.note(.slower, at: commit)
        case .notSlower: bisection.note(.notSlower, at: commit)
        case nil: bisection.note(.inconclusive, at: commit)
        }
      }
      if bisection.candidates.contains(culprit), bisection.candidates.count <= 3 { found += 1 }
    }
    #expect(found >= bisections - 3, "seed 22: \(found) of \(bisections)")
  }
}

extension SimulatedSeries {
  /// The same series on a developer's machine, with any change.
  fileprivate static func random(
    _ noise: Noise, _ random: inout SeededRandom
  ) -> (Double) -> SimulatedSeries {
    let seed = random.next()
    return { change in
      var own = SeededRandom(seed: seed)
      return SimulatedSeries(
        name: "suite/one", change: change, noise: noise, machine: .developers, &own)
    }
  }
}

/// What became of many probes, half of them of commits that cost what GOOD does.
struct ProbeTally: CustomStringConvertible {
  let probes: Int
  private(set) var wrong = 0
  private(set) var open = 0
  private(set) var rounds = 0
  private(set) var gateRounds = 0
  private(set) var gateOpen = 0

  init(
    noise: Noise, machine: MachineKind, change: Double, probes: Int, seed: UInt64,
    withGate: Bool = false
  ) {
    self.probes = probes
    var random = SeededRandom(seed: seed)
    for number in 0..<probes {
      let world = random.next()
      func series(_ change: Double) -> SimulatedSeries {
        var own = SeededRandom(seed: world)
        return SimulatedSeries(
          name: "suite/one", change: change, noise: noise, machine: machine, &own)
      }
      guard let rule = ProbeRule(check: series(change).rounds(30, &random)) else {
        open += 1
        continue
      }
      let isSlower = number.isMultiple(of: 2)
      let probe = series(isSlower ? change : 0).rounds(30, &random)
      let answer = rule.answer(probe)
      if answer == nil { open += 1 }
      if let answer, answer != (isSlower ? .slower : .notSlower) { wrong += 1 }
      rounds +=
        ProbeLook.standard.map(\.rounds).first { rule.answer(probe, after: $0) != nil } ?? 30
      if withGate { askGate(probe) }
    }
  }

  private mutating func askGate(_ probe: PairedSeries) {
    let judge = PairedJudge()
    let looks = PairedLook.standard.map(\.rounds)
    let end = looks.first { judge.decision(on: [probe], after: $0).undecided.isEmpty } ?? 30
    gateRounds += end
    if case .judged(.inconclusive) = judge.decision(on: [probe], after: end).comparison.rows[0]
      .answer
    {
      gateOpen += 1
    }
  }

  var description: String {
    "\(wrong) wrong and \(open) open of \(probes), \(Double(rounds) / Double(probes)) rounds; gate "
      + "\(gateOpen) open, \(Double(gateRounds) / Double(probes)) rounds"
  }
}
