import BenchComparer
import BenchModel
import BenchTestSupport
import Foundation
import Testing

@Suite struct PairedReasonTests {
  private let judge = PairedJudge()

  @Test(
    "an A/A control that differs makes the whole session undecided, and no more rounds are asked for"
  )
  func contaminated() {
    var rounds = Rounds(seed: 11)
    let wrong = rounds.series(change: 0.2, controlChange: 0.2, name: "suite/wrong")
    let slower = rounds.series(change: 0.2, name: "suite/slower")
    let clean = judge.decision(on: [rounds.series(), slower]).comparison
    #expect(clean.counts[.slower] == 1)
    // Four null values of six rounds cannot reach the session's level, but hold their own series
    // back.
    let session = [wrong, slower, rounds.series(name: "suite/calm")]
    let early = judge.decision(on: session, after: 6)
    #expect(early.undecided.contains(key("suite/wrong")))
    #expect(!early.undecided.contains(key("suite/calm")))
    // Seven of ten rounds reach it, among as many series as a suite has: nothing is convicted
    // before the session can be disowned.
    let calm = (0..<35).map { rounds.series(name: "suite/\($0)") }
    let decision = judge.decision(on: session + calm, after: 10)
    #expect(decision.comparison.counts[.slower] == 0)
    #expect(decision.comparison.counts[.inconclusive] == 38)
    #expect(decision.undecided.isEmpty)
    #expect(decision.comparison.warnings.contains(.controlDiffers([key("suite/wrong")])))
  }

  @Test("an A/A control within the floor is no contamination")
  func nullWithinFloor() {
    var rounds = Rounds(seed: 12)
    let decision = judge.decision(on: [rounds.series(controlChange: 0.006)])
    #expect(decision.comparison.counts[.noChange] == 1)
    #expect(decision.comparison.warnings.isEmpty)
  }

  @Test("exact metrics are decided at the first look, by any difference beyond their tolerance")
  func exact() {
    let metric = Metric.allocations.gated(true, judgement: .exact(tolerance: 0.01))
    func verdict(_ base: Double, _ head: Double) -> Verdict? {
      let values = (
        Array(repeating: base, count: 6), Array(repeating: head, count: 6)
      )
      let decision = judge.decision(on: [paired(values.0, values.1, metric: metric)])
      #expect(decision.undecided.isEmpty)
      return decision.comparison.verdict
    }
    guard case .slower? = verdict(100, 102), case .faster? = verdict(100, 98),
      case .noChange? = verdict(100, 101), case .slower? = verdict(0, 1)
    else {
      Issue.record("a verdict is wrong")
      return
    }
  }

  @Test("exact metrics cost the others nothing")
  func exactCostsNothing() {
    var rounds = Rounds(seed: 13)
    let time = rounds.series(change: 0.05)
    let metric = Metric.allocations.gated(true, judgement: .exact(tolerance: 0.01))
    let counts = (0..<50).map {
      paired(
        Array(repeating: 7, count: 30), Array(repeating: 7, count: 30), name: "suite/\($0)",
        metric: metric)
    }
    let alone = judge.decision(on: [time]).comparison.rows.first
    let among = judge.decision(on: [time] + counts).comparison.rows.first
    #expect(alone?.answer == among?.answer)
  }

  @Test("a series' own floor is what its change must reach")
  func ownFloor() {
    var rounds = Rounds(seed: 14)
    let (base, head) = (rounds.values(1_000), rounds.values(1_060))
    #expect(judge.decision(on: [paired(base, head)]).comparison.counts[.slower] == 1)
    let wide = judge.decision(on: [paired(base, head, floor: 0.08)]).comparison
    #expect(wide.counts[.slower] == 0)
    #expect(wide.counts[.noChange] == 1)
    // A lower one than the comparison's is not heeded.
    let low = judge.decision(
      on: [paired(base, rounds.values(1_005), floor: 0.001)]).comparison
    #expect(low.counts[.slower] == 0)
  }

  @Test(
    "a small shift of time with the same instructions is layout or machine",
    arguments: [
      (change: 0.04, instructions: 1_000.9, isLayout: true),
      (change: 0.04, instructions: 1_002.0, isLayout: false),
      (change: 0.08, instructions: 1_000.0, isLayout: false),
    ])
  func layout(change: Double, instructions: Double, isLayout: Bool) {
    var rounds = Rounds(seed: 15, deviation: 0.002)
    let series = paired(
      rounds.values(1_000), rounds.values(1_000 * (1 + change)),
      counters: (
        base: ProcessCounters(instructions: 1_000),
        head: ProcessCounters(instructions: instructions)
      ))
    let counts = judge.decision(on: [series]).comparison.counts
    #expect(counts[.layoutOrMachine] == (isLayout ? 1 : 0))
    #expect(counts[.slower] == (isLayout ? 0 : 1))
  }

  @Test("the same binary on both sides is identical code, unless that is to be judged")
  func identical() {
    var rounds = Rounds(seed: 16)
    let series = paired(
      rounds.values(1_000), rounds.values(1_000), binaries: ("a", "a"), isLayoutVaried: false)
    let decision = judge.decision(on: [series], after: 2)
    #expect(decision.comparison.verdict == .identicalCode(nil))
    #expect(decision.undecided.isEmpty)
    let calibration = judge.decision(on: [series], judgeIdentical: true)
    #expect(calibration.comparison.counts[.noChange] == 1)
  }

  @Test("what cannot be judged says why and asks for no rounds")
  func reasons() {
    func side(version: Int = 1, failures: [String] = []) -> PairedSide {
      PairedSide(metric: .wall.gated(true), version: version, failures: failures)
    }
    func reason(_ base: PairedSide?, _ head: PairedSide?) -> Reason? {
      let series = PairedSeries(
        key: key(), machine: machine(), session: UUID(),
        started: Date(timeIntervalSince1970: 0), base: base, head: head, rounds: [])
      let decision = judge.decision(on: [series])
      #expect(decision.undecided == (decision.comparison.reason == .notMeasured ? [key()] : []))
      return decision.comparison.reason
    }
    #expect(reason(nil, side()) == .new)
    #expect(reason(side(), nil) == .gone)
    #expect(reason(side(), side(version: 2)) == .versionChanged(base: 1, head: 2))
    #expect(
      reason(side(), side(failures: ["crashed"])) == .failed(side: .head, ["crashed"]))
    #expect(reason(side(), side()) == .notMeasured)
  }

  @Test("one round is one process a side, and stays to be measured")
  func oneRound() {
    let decision = judge.decision(on: [paired([1_000], [2_000])])
    #expect(decision.comparison.reason == .oneProcess(side: .both))
    #expect(decision.undecided == [key()])
  }

  @Test("a session that ends early is judged by its looks and says so")
  func endedEarly() {
    var rounds = Rounds(seed: 17, deviation: 0.1)
    let decision = judge.decision(on: [rounds.series(change: 0.02)], after: 12)
    #expect(decision.comparison.counts[.inconclusive] == 1)
    #expect(decision.nextLook == 15)
    #expect(decision.comparison.warnings.contains(.endedEarly(rounds: 12, planned: 30)))
  }

  @Test("a change seen with one layout a side, and no count, is code or layout")
  func oneLayout() {
    var rounds = Rounds(seed: 18)
    let (base, head) = (rounds.values(1_000), rounds.values(1_100))
    for isVaried in [true, false] {
      let comparison = judge.decision(
        on: [paired(base, head, isLayoutVaried: isVaried)]).comparison
      #expect(comparison.counts[isVaried ? .slower : .codeOrLayout] == 1)
      #expect(comparison.warnings.contains(.oneLayout(isCounted: false)) == !isVaried)
    }
  }

  @Test("processes that count have one layout on purpose, and nothing is said of it")
  func oneLayoutOfCounts() {
    var rounds = Rounds(seed: 18)
    let counted = paired(
      [12, 12], [12, 12], name: "suite/two",
      metric: .allocations.gated(true, judgement: .exact(tolerance: 0)),
      isLayoutVaried: false)
    let comparison = judge.decision(
      on: [paired(rounds.values(1_000), rounds.values(1_100)), counted]).comparison
    #expect(comparison.counts[.slower] == 1 && comparison.counts.judged == 2)
    #expect(!comparison.warnings.contains(.oneLayout(isCounted: false)))
  }

  @Test("Holm's procedure gives the last look what earlier convictions left over")
  func holm() {
    // At the last look alone, two of three series convicted at α/3 leave the third all of α.
    let looks = [PairedLook(rounds: 3, share: 1)]
    let judge = PairedJudge(rule: ComparisonRule(floor: 0, alpha: 0.16), looks: looks)
    // p = 1/20 for each: at most 0.16/3.
    let apart = (0..<2).map { paired([1, 2, 3], [4, 5, 6], name: "suite/\($0)") }
    // p = 2/20: above 0.16/3 and 0.16/2, at most 0.16.
    let near = paired([1, 2, 4], [3, 5, 6], name: "suite/near")
    #expect(judge.decision(on: apart + [near]).comparison.counts[.slower] == 3)
    let level = paired([1, 4, 5], [2, 3, 6], name: "suite/level")
    #expect(judge.decision(on: [apart[0], near, level]).comparison.counts[.slower] == 1)
  }

  @Test(
    "judging a thousand series of thirty rounds agrees with judging each by itself in its verdicts' order"
  )
  func many() {
    var rounds = Rounds(seed: 19)
    let series = (0..<20).map { rounds.series(change: $0 == 7 ? 0.1 : 0, name: "suite/\($0)") }
    let comparison = judge.decision(on: series).comparison
    #expect(comparison.rows.first?.key == key("suite/7"))
    #expect(comparison.counts[.slower] == 1)
    #expect(comparison.counts[.noChange] == 19)
  }
}
