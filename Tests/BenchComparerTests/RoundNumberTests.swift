import BenchComparer
import BenchModel
import BenchTestSupport
import Foundation
import Testing

/// Rounds whose processes took turns, so that each is one number.
@Suite("Judging the numbers of rounds") struct RoundNumberTests {
  private let judge = PairedJudge(inTurns: true)

  /// A series whose processes vary by 30 % from round to round, as a busy machine makes them, and
  /// whose numbers do not.
  private func series(
    _ change: Double, control: Double = 0, deviation: Double = 0.003, count: Int = 30,
    direction: Direction = .lower, seed: UInt64 = 1, name: String = "suite/one"
  ) -> PairedSeries {
    var random = SeededRandom(seed: seed)
    let metric = Metric(name: "m", unit: .nanoseconds, direction: direction, isGate: true)
    let rounds = (0..<count).map { number in
      let moment = 1_000 * exp(0.3 * random.nextNormal())
      func value() -> ProcessStatistic {
        ProcessStatistic(value: moment * exp(0.1 * random.nextNormal()), samples: 180)
      }
      let hasControl = PairedRound.hasControl(number, inTurns: true)
      return PairedRound(
        base: value(), head: value(), control: hasControl ? value() : nil,
        shift: log1p(change) + deviation * random.nextNormal(),
        controlShift: hasControl ? log1p(control) + deviation * random.nextNormal() : nil)
    }
    let side = PairedSide(metric: metric)
    return PairedSeries(
      key: SeriesKey(benchmark: BenchmarkKey(id: name), metric: "m"), machine: machine(),
      session: UUID(), started: .distantPast, base: side, head: side, rounds: rounds,
      layout: .trusted, method: .lockstep)
  }

  private func suite(_ change: Double, seed: UInt64) -> [PairedSeries] {
    (0..<24).map { series(0, seed: seed * 100 + UInt64($0), name: "suite/other\($0)") }
      + [series(change, seed: seed * 100 + 99)]
  }

  @Test("In a suite of 25, +2 % is found whatever the processes vary by", arguments: 0..<10)
  func found(seed: UInt64) {
    let comparison = judge.decision(on: suite(0.02, seed: seed)).comparison
    #expect(comparison.rows.first?.key.benchmark.id == "suite/one")
    #expect(comparison.rows.allSatisfy { $0.method == .lockstep })
    #expect(comparison.counts[.slower] == 1 && comparison.counts[.noChange] == 24, "seed \(seed)")
    // By the values alone nobody could tell.
    let values = suite(0.02, seed: seed).map(\.withoutNumbers)
    #expect(PairedJudge().decision(on: values).comparison.counts[.slower] == 0)
  }

  @Test("Quiet series without a change are decided after eight or ten rounds")
  func early() {
    for seed in UInt64(0)..<10 {
      let decision = judge.decision(
        on: [series(0, deviation: 0.002, seed: seed)].map { $0.first(10) })
      #expect(decision.undecided.isEmpty && decision.comparison.counts[.noChange] == 1)
    }
  }

  @Test("A change of 1.5 % is not called unchanged at an early look, but slower at a later one")
  func betweenFloorAndMargin() {
    for seed in UInt64(0)..<10 {
      let all = suite(0, seed: seed).dropLast() + [series(0.015, seed: seed * 100 + 99)]
      for rounds in [8, 10] {
        let decision = judge.decision(on: all.map { $0.first(rounds) })
        #expect(decision.undecided.contains { $0.benchmark.id == "suite/one" }, "seed \(seed)")
      }
      #expect(judge.decision(on: Array(all)).comparison.counts[.slower] == 1, "seed \(seed)")
    }
  }

  @Test("Where higher is better, a number below zero is worse")
  func direction() {
    let comparison = judge.decision(on: [series(-0.05, direction: .higher)]).comparison
    #expect(comparison.counts[.slower] == 1)
    let better = judge.decision(on: [series(0.05, direction: .higher)]).comparison
    #expect(better.counts[.faster] == 1)
  }

  @Test("An A/A control that differs from BASE leaves nothing decided, in a large suite too")
  func control() {
    let others = suite(0.1, seed: 3).dropLast()
    let comparison = judge.decision(on: others + [series(0.1, control: 0.1)]).comparison
    #expect(comparison.counts[.slower] == 0 && comparison.counts[.inconclusive] >= 1)
    #expect(
      comparison.warnings.contains {
        if case .controlDiffers = $0 { true } else { false }
      })
  }

  @Test("Too few rounds for an interval are not called unchanged, however alike they are")
  func tooFew() {
    // Seven signs have 128 arrangements; the look allows half a per cent.
    let looks = [PairedLook(rounds: 7, share: 0.5, unchangedShare: 0.2)]
    let seven = [series(0, deviation: 0.0001).first(7)]
    #expect(PairedJudge(looks: looks).decision(on: seven).comparison.counts[.noChange] == 0)
  }

  @Test("Rounds of which one has no number are judged by their values")
  func mixed() {
    let whole = series(0.2)
    var rounds = whole.rounds
    rounds[3] = rounds[3].withoutNumber
    let mixed = whole.with(rounds)
    #expect(PairedJudge().decision(on: [mixed]).comparison.counts[.slower] == 0)
    #expect(PairedJudge().decision(on: [whole]).comparison.counts[.slower] == 1)
  }
}

extension PairedRound {
  fileprivate var withoutNumber: PairedRound {
    PairedRound(base: base, head: head, control: control)
  }
}

extension PairedSeries {
  fileprivate func with(_ rounds: [PairedRound]) -> PairedSeries {
    PairedSeries(
      key: key, machine: machine, session: session, started: started, base: base, head: head,
      rounds: rounds, layout: layout, method: method)
  }

  fileprivate var withoutNumbers: PairedSeries { with(rounds.map(\.withoutNumber)) }

  fileprivate func first(_ count: Int) -> PairedSeries { with(Array(rounds.prefix(count))) }
}
