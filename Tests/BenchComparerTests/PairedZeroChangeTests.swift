import BenchComparer
import BenchModel
import BenchTestSupport
import Foundation
import Testing

/// Changes from and to zero in rounds that were measured side by side.
@Suite struct PairedZeroChangeTests {
  private let judge = PairedJudge()

  private func metric(
    _ unit: String, _ direction: Direction = .lower, _ judgement: Judgement = .statistical
  ) -> Metric {
    Metric(
      name: "m", unit: BenchModel.Unit(rawValue: unit), direction: direction, isGate: true,
      judgement: judgement)
  }

  private func decision(_ base: Double, _ head: Double, rounds: Int, _ metric: Metric)
    -> PairedDecision
  {
    judge.decision(on: [
      paired(
        [Double](repeating: base, count: rounds), [Double](repeating: head, count: rounds),
        metric: metric)
    ])
  }

  @Test(
    "a rate that stopped and an exact counter that rose from zero are decided at the first look")
  func firstLook() {
    let seed: UInt64 = 20_261_130
    var random = SeededRandom(seed: seed)
    for _ in 0..<50 {
      let value = pow(10, Double.random(in: -300...300, using: &random))
      let rate = metric(["ops/s", "Gbps", "1/s"].randomElement(using: &random) ?? "", .higher)
      let counter = metric("count", .lower, .exact(tolerance: 0.001))
      for (base, head, metric, isWorse) in [
        (value, 0, rate, true), (0, value, rate, false), (0, value, counter, true),
        (value, 0, counter, false),
      ] {
        let decision = decision(base, head, rounds: 6, metric)
        let row = decision.comparison.rows.first
        #expect(row?.answer.kind == (isWorse ? .slower : .faster), "seed \(seed): \(value)")
        #expect(row?.answer.change?.zero == ZeroChange(from: base, to: head))
        #expect(decision.undecided.isEmpty)
      }
    }
  }

  @Test("any other metric that rises from zero is decided by ranks, in every unit and on any scale")
  func byRanks() {
    let seed: UInt64 = 20_261_130
    var random = SeededRandom(seed: seed)
    for unit in ["ratio", "%", "B", "count", "J"] {
      for rounds in [6, 30] {
        let value = pow(10, Double.random(in: -300...300, using: &random))
        let kind = decision(0, value, rounds: rounds, metric(unit)).comparison.rows[0].answer.kind
        #expect(kind == (rounds == 30 ? .slower : .inconclusive), "seed \(seed): \(value) \(unit)")
      }
    }
  }

  @Test("a duration of zero in one round is shorter than the clock can tell")
  func tooShort() {
    let seed: UInt64 = 20_261_130
    var random = SeededRandom(seed: seed)
    for unit in ["ns", "ms / op"] {
      var values = [Double](repeating: 15.625, count: 10)
      values[Int.random(in: 0..<10, using: &random)] = 0
      let good = [Double](repeating: 15.625, count: 10)
      let metric = metric(unit)
      for (base, head, side) in [
        (good, values, Reason.Side.head), (values, good, .base), (values, values, .both),
      ] {
        let comparison = judge.decision(on: [paired(base, head, metric: metric)]).comparison
        #expect(comparison.reason == .tooShort(side: side), "seed \(seed)")
      }
    }
  }
}
