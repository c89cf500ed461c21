import BenchComparer
import BenchModel
import BenchTestSupport
import Foundation
import Testing

@Suite struct PairedJudgeTests {
  private let judge = PairedJudge()

  @Test("a series ten per cent slower is convicted at the second look, and not measured again")
  func slower() throws {
    var rounds = Rounds(seed: 1)
    let decision = judge.decision(on: [rounds.series(change: 0.10)], after: 10)
    guard case .slower(let change)? = decision.comparison.verdict else {
      Issue.record("\(decision)")
      return
    }
    #expect(decision.undecided.isEmpty)
    #expect(decision.nextLook == nil)
    #expect(decision.comparison.mode == .paired)
    #expect(0 < change.lower && change.lower < 0.10 && 0.10 < change.upper)
    #expect(abs(change.estimate - 0.10) < 0.01)
    #expect(decision.comparison.rows.first?.base?.processes == 10)
  }

  @Test("six rounds a side have too few arrangements to convict at one in a thousand")
  func firstLook() {
    var rounds = Rounds(seed: 1)
    let decision = judge.decision(on: [rounds.series(change: 0.10)], after: 6)
    #expect(decision.undecided == [key()])
    #expect(decision.nextLook == 10)
    #expect(decision.comparison.counts[.slower] == 0)
  }

  @Test("slower and faster are mirror images, in both directions of a metric")
  func mirror() {
    var rounds = Rounds(seed: 2)
    let (low, high) = (rounds.values(1_000), rounds.values(1_080))
    let throughput = Metric(
      name: "throughput", unit: .perSecond, direction: .higher, isGate: true)
    func verdict(_ base: [Double], _ head: [Double], _ metric: Metric) -> Verdict? {
      judge.decision(on: [paired(base, head, metric: metric)]).comparison.verdict
    }
    guard case .slower(let slower)? = verdict(low, high, .wall.gated(true)),
      case .faster(let faster)? = verdict(high, low, .wall.gated(true)),
      case .faster(let more)? = verdict(low, high, throughput),
      case .slower(let less)? = verdict(high, low, throughput)
    else {
      Issue.record("a verdict is missing")
      return
    }
    #expect(abs(log1p(slower.lower) + log1p(faster.upper)) < 1e-12)
    #expect(faster == more)
    #expect(slower == less)
  }

  @Test("an unchanged series is let go at the first look")
  func unchanged() {
    var rounds = Rounds(seed: 3)
    let decision = judge.decision(on: [rounds.series()], after: 6)
    guard case .noChange(let change, let bound)? = decision.comparison.verdict else {
      Issue.record("\(decision)")
      return
    }
    #expect(decision.undecided.isEmpty)
    #expect(bound < 0.02)
    #expect(bound == max(abs(change.lower), abs(change.upper)))
  }

  @Test("noise beyond the floor is undecided to the end, and what would decide is said")
  func inconclusive() {
    var rounds = Rounds(seed: 4, deviation: 0.15)
    let series = rounds.series(change: 0.02)
    for look in PairedLook.standard.dropLast() {
      #expect(judge.decision(on: [series], after: look.rounds).undecided == [key()])
    }
    let decision = judge.decision(on: [series], after: 30)
    #expect(decision.undecided.isEmpty)
    guard case .inconclusive(let change, let more)? = decision.comparison.verdict else {
      Issue.record("\(decision)")
      return
    }
    #expect((change.smallestDetectable ?? 0) > 0.1)
    #expect(more.map { $0 > 0 } ?? true)
  }

  @Test("data after the deciding look changes nothing")
  func decidedStays() {
    var rounds = Rounds(seed: 5)
    let series = rounds.series()
    let early = judge.decision(on: [series.prefix(6)]).comparison
    let late = judge.decision(on: [series]).comparison
    #expect(early.rows.map(\.answer) == late.rows.map(\.answer))
    #expect(early.rows.map(\.base) == late.rows.map(\.base))
  }

  @Test("an interrupted comparison that goes on says what one straight through says")
  func resume() {
    for seed in UInt64(0)..<8 {
      var rounds = Rounds(seed: seed, deviation: [0.003, 0.01, 0.03, 0.1][Int(seed % 4)])
      let whole = (0..<6).map { position in
        rounds.series(
          change: [0, 0, 0.02, 0.05, -0.05, 0.1][position],
          controlChange: seed % 4 == 3 && position == 0 ? 0.3 : 0, name: "suite/\(position)")
      }
      let straight = judge.decision(on: whole)
      var measured = whole.map { $0.prefix(0) }
      for round in 1...30 {
        let undecided = Set(judge.decision(on: measured, after: round - 1).undecided)
        measured = zip(measured, whole).map { series, whole in
          undecided.contains(series.key) ? whole.prefix(round) : series
        }
      }
      let resumed = judge.decision(on: measured)
      #expect(resumed.comparison.rows.map(\.key) == straight.comparison.rows.map(\.key))
      #expect(
        resumed.comparison.rows.map(\.answer) == straight.comparison.rows.map(\.answer),
        "seed \(seed)")
      #expect(straight.undecided.isEmpty)
    }
  }

  @Test("over all orders of the values no more are red than alpha allows")
  func exhaustive() {
    // Two looks at three rounds of two processes: all 720 orders of six values are equally likely
    // where nothing changed.
    let looks = [PairedLook(rounds: 2, share: 0.5), PairedLook(rounds: 3, share: 0.5)]
    for alpha in [0.1, 0.5, 0.8] {
      let judge = PairedJudge(rule: ComparisonRule(floor: 0, alpha: alpha), looks: looks)
      let verdicts = permutations([1, 2, 3, 4, 5, 6]).map { order in
        judge.decision(on: [paired(Array(order.prefix(3)), Array(order.suffix(3)))]).comparison
      }
      let red = verdicts.count { $0.counts[.slower] == 1 }
      let green = verdicts.count { $0.counts[.faster] == 1 }
      #expect(red == green)
      #expect(red == Self.expectedRed(alpha), "alpha \(alpha)")
      #expect(Double(red) <= alpha * Double(verdicts.count))
    }
  }

  /// With two a side the most extreme of 6 arrangements has p = 1/6, with three that of 20
  /// arrangements 1/20, the next 2/20, 4/20, 7/20: of 720 orders counted by hand. What the first
  /// look calls faster the second cannot call slower.
  private static func expectedRed(_ alpha: Double) -> Int {
    permutations([1, 2, 3, 4, 5, 6]).count { order in
      let (x, y) = (order.prefix(3), order.suffix(3))
      func wins(_ count: Int) -> Int {
        let (x, y) = (x.prefix(count), y.prefix(count))
        return x.reduce(0) { sum, value in sum + y.count { $0 > value } }
      }
      let atTwo: [Int: Double] = [4: 1.0 / 6, 3: 2.0 / 6]
      let atThree: [Int: Double] = [9: 0.05, 8: 0.1, 7: 0.2, 6: 0.35]
      if (atTwo[4 - wins(2)] ?? 1) <= alpha / 2 { return false }
      return (atTwo[wins(2)] ?? 1) <= alpha / 2 || (atThree[wins(3)] ?? 1) <= alpha / 2
    }
  }
}

/// All orders of `values`.
func permutations(_ values: [Double]) -> [[Double]] {
  guard values.count > 1 else { return [values] }
  return values.indices.flatMap { position in
    var rest = values
    let first = rest.remove(at: position)
    return permutations(rest).map { [first] + $0 }
  }
}
