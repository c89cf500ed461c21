import BenchComparer
import BenchModel
import BenchTestSupport
import Foundation
import Testing

/// Changes from and to zero, in every unit.
@Suite struct ZeroChangeTests {
  private typealias Unit = BenchModel.Unit

  private static let exact = Judgement.exact(tolerance: 0)

  private func metric(
    _ unit: String, _ direction: Direction = .lower, _ judgement: Judgement = .statistical
  ) -> Metric {
    Metric(
      name: "m", unit: Unit(rawValue: unit), direction: direction, isGate: true,
      judgement: judgement)
  }

  private func answer(_ base: [Double], _ head: [Double], _ metric: Metric) -> ComparisonRow.Answer?
  {
    compare([series(base, metric: metric)], [series(head, metric: metric)]).rows.first?.answer
  }

  private func repeating(_ value: Double, _ count: Int = 10) -> [Double] {
    [Double](repeating: value, count: count)
  }

  @Test("an exact counter that rises from zero convicts, whatever it comes to, and back is a gain")
  func exactCounter() {
    let seed: UInt64 = 20_261_130
    var random = SeededRandom(seed: seed)
    for _ in 0..<300 {
      let value = pow(10, Double.random(in: -300...300, using: &random))
      let tolerance = [0.0, 0.001, 0.5].randomElement(using: &random) ?? 0.0
      let metric = metric("count", .lower, .exact(tolerance: tolerance))
      let (zeros, values) = (repeating(0, 2), repeating(value, 2))
      guard case .judged(.slower(let up))? = answer(zeros, values, metric),
        case .judged(.faster(let down))? = answer(values, zeros, metric)
      else {
        Issue.record("seed \(seed): \(value), tolerance \(tolerance)")
        continue
      }
      #expect(up.zero == ZeroChange(from: 0, to: value) && up.smallestDetectable == nil)
      #expect(down.zero == ZeroChange(from: value, to: 0))
    }
  }

  @Test("a rate that falls to zero in every process convicts, and one that begins is a gain")
  func stoppedRate() {
    let seed: UInt64 = 20_261_130
    var random = SeededRandom(seed: seed)
    for unit in ["1/s", "ops/s", "Gbps", "fps", "MB / s", "count"] {
      for processes in [2, 3, 10, 30] {
        let middle = pow(10, Double.random(in: -9...9, using: &random))
        let rates = (0..<processes).map { _ in
          middle * Double.random(in: 0.5...2, using: &random)
        }
        let zeros = repeating(0, Int.random(in: 2...30, using: &random))
        let metric = metric(unit, .higher)
        guard case .judged(.slower(let change))? = answer(rates, zeros, metric),
          case .judged(.faster)? = answer(zeros, rates, metric)
        else {
          Issue.record("seed \(seed): \(unit), \(processes) processes")
          continue
        }
        #expect(change.zero?.to == 0 && change.estimate == .infinity)
      }
    }
  }

  @Test("a rate that is zero in some processes only is no more than a suspicion")
  func sometimesStopped() {
    let seed: UInt64 = 20_261_130
    var random = SeededRandom(seed: seed)
    for _ in 0..<100 {
      let stopped = Int.random(in: 1...9, using: &random)
      let head = (repeating(0, stopped) + repeating(50, 10 - stopped)).shuffled(using: &random)
      let kind = answer(quiet(100), head, metric("ops/s", .higher))?.kind
      #expect(
        kind == .suspectedSlower || kind == .inconclusive, "seed \(seed): \(stopped) stopped")
    }
  }

  @Test("what is not exact and comes of nothing is a suspicion, however little it is")
  func statisticalFromZero() {
    let seed: UInt64 = 20_261_130
    var random = SeededRandom(seed: seed)
    for unit in ["ratio", "%", "B", "count", "J", "score"] {
      let value = pow(10, Double.random(in: -300...300, using: &random))
      let zeros = repeating(0)
      guard
        case .judged(.suspectedSlower(let change, nil))? = answer(
          zeros, repeating(value), metric(unit)),
        case .judged(.suspectedFaster)? = answer(repeating(value), zeros, metric(unit))
      else {
        Issue.record("seed \(seed): \(value) \(unit)")
        continue
      }
      #expect(change.zero == ZeroChange(from: 0, to: value) && change.smallestDetectable == nil)
    }
  }

  @Test("the confirmation of suspects leaves a rate that stopped convicted")
  func unconfirmed() {
    let metric = metric("ops/s", .higher)
    let stored = compare(
      [series(quiet(100), metric: metric)], [series(repeating(0), metric: metric)])
    let nothing = Comparison(
      mode: .paired, rule: stored.rule, rows: [], counts: ComparisonCounts([:]), warnings: [])
    #expect(stored.confirmed(by: nothing).rows.first?.answer.kind == .slower)
  }

  @Test("a duration of zero is shorter than the clock can tell, on whichever side, in every unit")
  func tooShort() {
    let seed: UInt64 = 20_261_130
    var random = SeededRandom(seed: seed)
    for unit in ["ns", "ms / op", "ps", "seconds per record"] {
      for stopped in 1...10 {
        let values = repeating(15.625, 10 - stopped) + repeating(0, stopped)
        let ticks = values.shuffled(using: &random)
        let metric = metric(unit)
        let sides: [([Double], [Double], Reason.Side)] = [
          (quiet(100), ticks, .head), (ticks, quiet(100), .base), (ticks, ticks, .both),
        ]
        for (base, head, side) in sides {
          #expect(
            answer(base, head, metric) == .notJudged(.tooShort(side: side)),
            "seed \(seed): \(unit), \(stopped) zeros")
        }
      }
    }
    guard case .judged(.slower)? = answer([0, 0], [3, 3], metric("ns", .lower, Self.exact)) else {
      Issue.record("a time that was counted and not clocked may be zero")
      return
    }
  }

  /// Values in which every kind of side occurs: quiet, zero, ticking, and with a few zeros.
  private func side(using random: inout SeededRandom) -> [Double] {
    switch Int.random(in: 0..<4, using: &random) {
    case 0: repeating(0)
    case 1: repeating(pow(2, Double(Int.random(in: 0...9, using: &random))))
    case 2: (0..<10).map { _ in Bool.random(using: &random) ? 0 : 16 }
    default: quiet(Double.random(in: 90...110, using: &random))
    }
  }

  @Test("the answer is the same in every unit of one kind, and on every scale")
  func everyUnit() {
    let seed: UInt64 = 20_261_130
    var random = SeededRandom(seed: seed)
    let kinds: [(Direction, [String])] = [
      (.lower, ["ns", "ms/op", "ps", "s / op"]), (.higher, ["ops/s", "Gbps", "MB per sec", "qps"]),
      (.lower, ["B", "count", "allocs/op", "J"]), (.lower, ["ratio", "%", "x"]),
      (.higher, ["score", "points"]),
    ]
    for _ in 0..<60 {
      let (base, head) = (side(using: &random), side(using: &random))
      for (direction, units) in kinds {
        for judgement in [Judgement.statistical, Self.exact] {
          let answers = units.flatMap { unit in
            (-9...9).map { power -> AnswerKind? in
              // A power of two: scaling changes no other digit.
              let scale = pow(2, Double(power) * 3)
              return answer(
                base.map { $0 * scale }, head.map { $0 * scale },
                metric(unit, direction, judgement))?.kind
            }
          }
          #expect(Set(answers).count == 1, "seed \(seed): \(base) \(head) \(units)")
        }
      }
    }
  }

  @Test("the smallest of numbers have the ratio that they have")
  func tiny() {
    guard
      case .judged(let verdict)? = answer(
        quiet(1e-307), quiet(1e-300), metric("x", .lower)), let change = verdict.change
    else {
      Issue.record("not judged")
      return
    }
    #expect(verdict.kind == .suspectedSlower && change.zero == nil)
    #expect(abs(change.estimate / 1e7 - 1) < 0.01)
  }

  @Test("an acceptance of a change from zero takes any size, and one of a size does not take it")
  func acceptance() throws {
    let metric = metric("count", .lower, Self.exact)
    let comparison = compare([series([0, 0], metric: metric)], [series([12, 12], metric: metric)])
    let row = try #require(comparison.rows.first)
    let size = try #require(row.answer.change).acceptedSize
    #expect(size == Acceptance.unlimited)
    let today = try #require(Day("2026-11-30"))
    func standing(_ size: Double) -> AcceptedChange.Standing? {
      let acceptance = Acceptance(
        series: row.key, from: "a", to: "b", size: size, author: "Ada", accepted: today)
      return comparison.accepting([acceptance], on: today).rows.first?.acceptance?.standing
    }
    #expect(standing(size) == .inForce)
    #expect(standing(0.05) == .exceeded)
    #expect(standing(1e6) == .exceeded)
  }
}
