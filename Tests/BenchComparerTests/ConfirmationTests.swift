import BenchComparer
import BenchModel
import BenchTestSupport
import Foundation
import Testing

@Suite struct ConfirmationTests {
  private let change = Change(estimate: 0.1, lower: 0.05, upper: 0.15, smallestDetectable: 0.03)

  private func comparison(
    _ verdicts: [String: Verdict], mode: Comparison.Mode, metric: Metric = .wall.gated(true)
  ) -> Comparison {
    let rows = verdicts.map { name, verdict in
      ComparisonRow(
        key: key(name, metric: metric.name), metric: metric, source: nil,
        base: SideSummary(value: 10, processes: 6, sessions: 1, samples: 60),
        head: SideSummary(value: 20, processes: 6, sessions: 1, samples: 60),
        answer: .judged(verdict), mode: mode)
    }
    return Comparison(
      mode: mode, rule: ComparisonRule(), rows: rows,
      counts: compare([], []).counts, warnings: [])
  }

  private func verdict(_ name: String, in comparison: Comparison) -> Verdict? {
    guard case .judged(let verdict)? = comparison.rows.first(where: { $0.key == key(name) })?.answer
    else { return nil }
    return verdict
  }

  @Test(
    "what the paired session says of a suspect stands, and a suspicion it did not look at stays one"
  )
  func confirmed() {
    let stored = comparison(
      [
        "s/real": .suspectedSlower(change, moreProcesses: 4), "s/noise": .slower(change),
        "s/other": .slower(change), "s/better": .faster(change),
        "s/calm": .noChange(change, largerThan: 0.01),
      ], mode: .stored)
    let paired = comparison(
      ["s/real": .slower(change), "s/noise": .noChange(change, largerThan: 0.01)], mode: .paired)
    let both = stored.confirmed(by: paired)
    #expect(verdict("s/real", in: both) == .slower(change))
    #expect(verdict("s/noise", in: both) == .noChange(change, largerThan: 0.01))
    #expect(verdict("s/other", in: both) == .suspectedSlower(change, moreProcesses: nil))
    #expect(verdict("s/better", in: both) == .suspectedFaster(change, moreProcesses: nil))
    #expect(verdict("s/calm", in: both) == .noChange(change, largerThan: 0.01))
    #expect(both.counts[.slower] == 1)
    #expect(both.counts.judged == 5)
    #expect(both.rows.first?.mode == .paired)
    #expect(both.warnings == [.confirmed(series: 2)])
  }

  @Test("a key with two versions has one answer once it was measured in pairs")
  func twoVersions() {
    let one = comparison(["s/real": .suspectedSlower(change, moreProcesses: 4)], mode: .stored)
    let stored = Comparison(
      mode: .stored, rule: one.rule, rows: one.rows + one.rows, counts: one.counts, warnings: [])
    let both = stored.confirmed(by: comparison(["s/real": .slower(change)], mode: .paired))
    #expect(both.rows.count == 1)
    #expect(both.counts[.slower] == 1 && both.counts.total == 1)
  }

  @Test("an exact metric needs no second look")
  func exactStands() {
    let metric = Metric.allocations.gated(true, judgement: .exact(tolerance: 0))
    let stored = comparison(["s/one": .slower(change)], mode: .stored, metric: metric)
    #expect(stored.confirmed(by: comparison([:], mode: .paired)).counts[.slower] == 1)
  }

  @Test("two sessions must both say so")
  func sessions() {
    let wide = Change(estimate: 0.2, lower: 0.02, upper: 0.3, smallestDetectable: 0.01)
    let first = comparison(
      [
        "s/both": .slower(change), "s/one": .slower(change), "s/better": .faster(change),
        "s/calm": .noChange(change, largerThan: 0.01), "s/alone": .slower(change),
      ], mode: .paired)
    let second = comparison(
      [
        "s/both": .slower(wide), "s/one": .noChange(change, largerThan: 0.01),
        "s/better": .faster(wide), "s/calm": .noChange(wide, largerThan: 0.015),
      ], mode: .paired)
    let both = first.agreeing(with: second)
    let hull = Change(estimate: 0.15, lower: 0.02, upper: 0.3, smallestDetectable: 0.03)
    guard case .slower(let found)? = verdict("s/both", in: both) else {
      Issue.record("not slower")
      return
    }
    #expect(abs(found.estimate - hull.estimate) < 1e-12)
    #expect((found.lower, found.upper) == (hull.lower, hull.upper))
    #expect(found.smallestDetectable == hull.smallestDetectable)
    #expect(verdict("s/one", in: both) == .inconclusive(change, moreProcesses: nil))
    #expect(verdict("s/alone", in: both) == .inconclusive(change, moreProcesses: nil))
    #expect(both.counts[.faster] == 1)
    #expect(both.counts[.noChange] == 1)
    #expect(both.counts[.inconclusive] == 2)
    #expect(both.rows.first?.base?.processes == 12)
    #expect(both.rows.first?.base?.sessions == 2)
    #expect(both.warnings == [.sessions(2)])
    // The order of the sessions does not matter to any verdict.
    #expect(second.agreeing(with: first).counts == both.counts)
  }

  @Test("of several sessions all must say so, and a missing one leaves every change open")
  func agreement() {
    let red = comparison(
      ["s/one": .slower(change), "s/calm": .noChange(change, largerThan: 0.01)], mode: .paired)
    let green = comparison(
      [
        "s/one": .noChange(change, largerThan: 0.01), "s/calm": .noChange(change, largerThan: 0.01),
      ],
      mode: .paired)
    for count in 2...4 {
      let all = Comparison.agreement(of: Array(repeating: red, count: count), planned: count)
      #expect(all.counts[.slower] == 1 && all.counts[.noChange] == 1)
      #expect(all.warnings == [.sessions(count)])
      #expect(all.rows.first?.base?.processes == 6 * count)
      for position in 0..<count {
        var sessions = Array(repeating: red, count: count)
        sessions[position] = green
        #expect(Comparison.agreement(of: sessions, planned: count).counts[.slower] == 0)
        let fewer = Comparison.agreement(
          of: Array(repeating: red, count: position + 1), planned: count + 1)
        #expect(fewer.counts[.slower] == 0 && fewer.counts[.inconclusive] == 2)
      }
      let torn = Comparison.agreement(
        of: Array(repeating: red, count: count), planned: count, isWhole: false)
      #expect(torn.counts[.slower] == 0)
    }
    #expect(Comparison.agreement(of: [red], planned: 1).warnings.isEmpty)
    #expect(verdict("s/one", in: Comparison.agreement(of: [red], planned: 1)) == .slower(change))
  }

  @Test("the screen lets through what may have changed, in either direction, and nothing else")
  func screen() {
    let base = ["s/a", "s/b", "s/c", "s/d"].map { series(quiet(1_000), name: $0) }
    let head = zip(["s/a", "s/b", "s/c", "s/d"], [1_050.0, 950, 1_000, 1_005]).map {
      series(quiet($1), name: $0)
    }
    let suspects = Screen().suspects(base: base, head: head, identicalCode: [])
    #expect(suspects == [key("s/a"), key("s/b")])
  }
}

@Suite struct MeasuredFalseAlarmRateTests {
  @Test("the bound is Clopper and Pearson's")
  func bound() throws {
    let none = MeasuredFalseAlarmRate(alarms: 0, judged: 600)
    #expect(none.rate == 0)
    // 1 − 0.05^(1/600), in closed form.
    let bound = try #require(none.upperBound())
    #expect(abs(bound - (1 - pow(0.05, 1.0 / 600))) < 1e-12)
    let more = none + MeasuredFalseAlarmRate(alarms: 1, judged: 400)
    #expect(more == MeasuredFalseAlarmRate(alarms: 1, judged: 1_000))
    #expect(MeasuredFalseAlarmRate(alarms: 0, judged: 0).rate == nil)
    #expect(MeasuredFalseAlarmRate(alarms: 0, judged: 0).upperBound() == nil)
  }

  @Test("a judged gate series of unchanged code is counted, and one called slower is an alarm")
  func counting() {
    var rounds = Rounds(seed: 21)
    let series = (0..<3).map {
      rounds.series(change: $0 == 0 ? 0.2 : 0, name: "suite/\($0)")
    }
    let comparison = PairedJudge().decision(on: series).comparison
    let rate = MeasuredFalseAlarmRate([comparison, comparison])
    #expect(rate == MeasuredFalseAlarmRate(alarms: 2, judged: 6))
  }
}
