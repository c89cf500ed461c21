import BenchComparer
import BenchModel
import BenchTestSupport
import Foundation
import Testing

@Suite struct HistoryAnalyserTests {
  /// 200 commits of five processes that scatter by 1 % about what `level` says.
  private func analyse(
    seed: UInt64, count: Int = 200, metric: Metric = .wall.gated(true), dirty: Set<Int> = [],
    family: Int = 200, _ level: (Int) -> Double
  ) -> SeriesHistory {
    var random = SeededRandom(seed: seed)
    let sessions = (0..<count).map { commit in
      (0..<5).map { _ in 1e6 * level(commit) * exp(0.01 * random.nextNormal()) }
    }
    return HistoryAnalyser(family: family)
      .analyse(measured(sessions, metric: metric, dirty: dirty))
  }

  @Test("a step is one change point with the commits between, the levels and the change")
  func step() throws {
    let history = analyse(seed: 1) { $0 < 120 ? 1 : 1.06 }
    let change = try #require(history.changePoints.first)
    #expect(history.changePoints.count == 1 && history.levels.count == 2)
    #expect(change.lastBefore == 119 && change.firstAfter == 120 && change.point == 120)
    #expect(change.change.lower < 0.06 && 0.06 < change.change.upper)
    #expect(change.change.upper - change.change.lower < 0.01)
    #expect(change.before.lower < 1e6 && 1e6 < change.before.upper)
    #expect(change.after.points == 120..<200 && change.pValue < 1e-4)
    #expect(!change.isProvisional && history.outliers.isEmpty && history.drifts.isEmpty)
  }

  @Test("of a rate a fall is the change for the worse, and halving is 100 %")
  func rate() throws {
    let rate = Metric(name: "rate", unit: .perSecond, direction: .higher, isGate: true)
    let history = analyse(seed: 2, metric: rate) { $0 < 90 ? 1 : 0.5 }
    let change = try #require(history.changePoints.first)
    #expect(history.changePoints.count == 1)
    #expect(change.change.lower < 1 && 1 < change.change.upper)
    #expect(change.after.lower < 5e5 && 5e5 < change.after.upper)
  }

  @Test("a single value far off is an outlier and moves nothing")
  func outlier() throws {
    let history = analyse(seed: 3) { $0 == 77 ? 1.4 : 1 }
    let outlier = try #require(history.outliers.first)
    #expect(history.outliers.count == 1 && history.changePoints.isEmpty)
    #expect(outlier.point == 77 && abs(outlier.deviation - 0.4) < 0.04)
    #expect(abs(outlier.expected - 1e6) < 2e4 && !outlier.isProvisional)
  }

  @Test("the last value alone may be an outlier still, and says so")
  func latest() {
    let history = analyse(seed: 4) { $0 == 199 ? 1.4 : 1 }
    #expect(history.outliers.map(\.isProvisional) == [true])
    #expect(history.changePoints.isEmpty)
  }

  @Test("three commits at a new level are a change, provisionally")
  func recent() throws {
    let history = analyse(seed: 5, family: 1) { $0 < 197 ? 1 : 1.1 }
    let change = try #require(history.changePoints.first)
    #expect(change.firstAfter == 197 && change.isProvisional)
    let older = analyse(seed: 5) { $0 < 190 ? 1 : 1.1 }
    #expect(older.changePoints.map(\.isProvisional) == [false])
  }

  @Test("a slope is a drift, not a staircase", arguments: [6, 7, 8])
  func drift(seed: UInt64) throws {
    let history = analyse(seed: seed) { 1 + 0.12 * Double($0) / 200 }
    let drift = try #require(history.drifts.first)
    #expect(history.drifts.count == 1 && history.changePoints.isEmpty, "seed \(seed)")
    #expect(drift.change.lower < 0.125 && 0.11 < drift.change.upper && drift.isOngoing)
    #expect(drift.start < drift.end)
  }

  @Test("a step between two slopeless levels is never a drift", arguments: 10..<16)
  func noDrift(seed: UInt64) {
    let history = analyse(seed: seed) { $0 < 60 ? 1 : $0 < 130 ? 1.08 : 1.2 }
    #expect(history.drifts.isEmpty && history.changePoints.count == 2, "seed \(seed)")
  }

  @Test("a change under the floor is none")
  func small() {
    let history = analyse(seed: 20) { $0 < 100 ? 1 : 1.02 }
    #expect(history.changePoints.isEmpty && history.levels.count == 1)
  }

  @Test("uncommitted changes are shown and not judged")
  func dirty() {
    let changed = Set(100..<110)
    let history = analyse(seed: 21, dirty: changed) { changed.contains($0) ? 2 : 1 }
    #expect(history.changePoints.isEmpty && history.outliers.isEmpty)
    #expect(history.points.count == 200)
  }

  @Test("sessions of one commit are one value, so that no change lies between them")
  func sameCommit() {
    let sessions = (0..<60).flatMap { commit in
      [session(commit, [100, 101, 99]), session(commit, [130, 131, 129])]
    }
    let series = measured([[1]])
    let history = HistoryAnalyser(family: 1).analyse(
      MeasuredSeries(
        key: series.key, metric: series.metric, machine: historyMachine, sessions: sessions))
    #expect(history.points.count == 120 && history.changePoints.isEmpty)
    #expect(history.levels.map(\.points) == [0..<120])
  }

  @Test("what is counted exactly changes by one and is told")
  func exact() throws {
    let allocations = Metric.allocations.gated(true, judgement: .exact(tolerance: 0))
    let counts = (0..<20).map { [Double($0 < 16 ? 1000 : 1001)] }
    let history = HistoryAnalyser(family: 5000).analyse(measured(counts, metric: allocations))
    let change = try #require(history.changePoints.first)
    #expect(change.firstAfter == 16 && change.pValue == 0 && change.isProvisional)
    #expect(abs(change.change.estimate - 0.001) < 1e-9)
    let tolerant = Metric.allocations.gated(true, judgement: .exact(tolerance: 0.01))
    #expect(
      HistoryAnalyser(family: 1).analyse(measured(counts, metric: tolerant)).changePoints.isEmpty)
  }

  @Test("a clean step is found in its own commit, however many commits lie before and after it")
  func anyCounts() {
    for before in 3..<15 {
      for after in 3..<13 {
        let history = analyse(seed: UInt64(100 * before + after), count: before + after, family: 1)
        { $0 < before ? 1 : 1.3 }
        let position = "\(before) before, \(after) after"
        #expect(history.changePoints.map(\.firstAfter) == [before], "\(position)")
        #expect(history.outliers.isEmpty, "\(position)")
      }
    }
  }

  @Test("one outlier at the beginning does not hide a step", arguments: 30..<40)
  func earlyOutlier(seed: UInt64) {
    let history = analyse(seed: seed, count: 24, family: 1) {
      ($0 < 12 ? 1 : 1.05) * ($0 == 0 ? 1.02 : 1)
    }
    #expect(history.changePoints.map(\.firstAfter) == [12], "seed \(seed)")
  }

  @Test("one doubled series of 300 is told among 24 commits, and of 10,000")
  func manySeries() {
    for family in [300, 10_000] {
      let history = analyse(seed: 40, count: 24, family: family) { $0 < 12 ? 1 : 2 }
      #expect(history.changePoints.map(\.firstAfter) == [12], "\(family) series")
    }
  }

  @Test("up and down within a few commits is one excursion and no shift", arguments: [4, 9, 15])
  func excursion(length: Int) throws {
    for up in [1.2, 0.8] {
      let history = analyse(seed: 41, count: 120) { (60..<60 + length).contains($0) ? up : 1 }
      let excursion = try #require(history.excursions.first)
      #expect(history.changePoints.isEmpty && history.levels.count == 1)
      #expect(excursion.points == 60..<60 + length)
      #expect(abs(excursion.change.estimate - (up - 1)) < 0.03)
      #expect(abs(excursion.level - 1e6) < 1e4 && abs(excursion.value / 1e6 - up) < 0.03)
      // The level is that of the commits around it.
      #expect(abs((history.levels.first?.value ?? 0) - 1e6) < 1e4)
    }
  }

  @Test("what lasts after an excursion is told as a step", arguments: 50..<56)
  func remainder(seed: UInt64) {
    let history = analyse(seed: seed) { $0 < 60 ? 1 : $0 < 65 ? 2 : 1.14 }
    #expect(history.excursions.isEmpty && history.changePoints.count == 2, "seed \(seed)")
  }

  @Test("two outliers at an end, or anywhere, make no step", arguments: 60..<80)
  func pairs(seed: UInt64) {
    for pair in [[22, 23], [0, 1], [11, 12], [11, 13]] {
      let history = analyse(seed: seed, count: 24, family: 1) { pair.contains($0) ? 2 : 1 }
      #expect(history.changePoints.isEmpty && history.excursions.isEmpty, "\(pair), seed \(seed)")
    }
  }

  @Test("what lasts longer, or is taken back by half only, is two shifts")
  func noExcursion() {
    let long = analyse(seed: 42) { (60..<90).contains($0) ? 1.2 : 1 }
    #expect(long.changePoints.count == 2 && long.excursions.isEmpty)
    let half = analyse(seed: 43) { $0 < 60 ? 1 : $0 < 70 ? 1.4 : 1.2 }
    #expect(half.changePoints.count == 2 && half.excursions.isEmpty)
    let again = analyse(seed: 44) { $0 < 60 ? 1 : $0 < 70 ? 1.2 : 1.4 }
    #expect(again.changePoints.count == 2 && again.excursions.isEmpty)
  }

  @Test("a series that no step could show in is too short to tell, and says how much longer")
  func tooShort() {
    func short(_ count: Int, family: Int) -> Int {
      analyse(seed: 45, count: count, family: family) { _ in 1 }.commitsUntilTold
    }
    // 2 ÷ n! is at most 0.05 from 5 commits on, but a level takes three commits.
    #expect((0...7).map { short($0, family: 1) } == [6, 5, 4, 3, 2, 1, 0, 0])
    // 2 ÷ 8! is 5 · 10⁻⁵, and 2 ÷ 9! 5.5 · 10⁻⁶.
    #expect(short(2, family: 1_000) == 6 && short(2, family: 2_000) == 7)
    #expect(!analyse(seed: 45, count: 5, family: 1) { _ in 1 }.isSteady)
    #expect(analyse(seed: 45, count: 6, family: 1) { _ in 1 }.isSteady)
  }

  @Test("in an order that nobody knows nothing is told, whatever the values do")
  func unknownOrder() {
    let sessions = (0..<40).map { [$0 < 20 ? 1000.0 : 2000] }
    let history = HistoryAnalyser(family: 1, isOrderKnown: false).analyse(measured(sessions))
    #expect(history.changePoints.isEmpty && history.outliers.isEmpty && history.points.count == 40)
    #expect(!history.isSteady && !history.canBeTold)
  }

  @Test("an exact count that moved is a change at once, in the commit that moved it")
  func exactAtOnce() {
    let allocations = Metric.allocations.gated(true, judgement: .exact(tolerance: 0.001))
    func history(_ counts: [Double]) -> SeriesHistory {
      HistoryAnalyser(family: 5000).analyse(measured(counts.map { [$0] }, metric: allocations))
    }
    let fell = history([11_015, 11_015, 11_015, 11_015, 11_015, 11_015, 9_014, 9_014])
    #expect(fell.changePoints.map(\.firstAfter) == [6])
    #expect(fell.changePoints.first.map { $0.change.estimate < -0.18 } == true)
    // The latest commit alone, two commits in all, and several steps in a row.
    #expect(history([500, 500, 500, 700]).changePoints.map(\.firstAfter) == [3])
    #expect(history([500, 700]).changePoints.map(\.firstAfter) == [1])
    #expect(history([1, 1, 2, 2, 3, 3, 3]).changePoints.map(\.firstAfter) == [2, 4])
    #expect(history([500, 500, 500]).isSteady && !history([500]).isSteady)
    // Every commit another value, and a creep of which no step is beyond the tolerance.
    #expect(history([100, 100, 200, 300, 400]).changePoints.map(\.firstAfter) == [2, 3, 4])
    let creep = history((0..<100).map { 10_000 * pow(1.0009, Double($0)) })
    #expect(!creep.changePoints.isEmpty && !creep.isSteady)
    #expect(history([1000, 1000, 2000, 2000, 1140, 1140, 1140]).changePoints.count == 2)
    // One commit that differs is an outlier, a few are an excursion, and less than the tolerance is
    // nothing.
    let single = history([500, 500, 500, 700, 500, 500, 500])
    #expect(single.changePoints.isEmpty && single.outliers.map(\.point) == [3])
    let few = history([500, 500, 500, 700, 700, 500, 500, 500])
    #expect(few.changePoints.isEmpty && few.excursions.map(\.points) == [3..<5])
    #expect(history([10_000, 10_001, 10_002, 10_001]).isSteady)
  }

  @Test("an exact count that comes and goes is not a change at every commit")
  func wobbling() {
    let allocations = Metric.allocations.gated(true, judgement: .exact(tolerance: 0))
    var random = SeededRandom(seed: 46)
    let counts = (0..<60).map { _ in [Double(Int.random(in: 1_000...1_003, using: &random))] }
    let history = HistoryAnalyser(family: 5000).analyse(measured(counts, metric: allocations))
    #expect(history.changePoints.isEmpty && history.excursions.isEmpty)
  }

  @Test("zeros and nothing have a history too")
  func degenerate() {
    let faults = Metric.majorFaults
    let zeros = HistoryAnalyser(family: 1)
      .analyse(measured((0..<40).map { [$0 < 20 ? 0 : 3] }, metric: faults))
    #expect(zeros.changePoints.map(\.firstAfter) == [20])
    #expect(zeros.changePoints.first?.change.estimate == .infinity)
    for count in 0..<6 {
      let few = HistoryAnalyser(family: 1)
        .analyse(measured((0..<count).map { [Double($0 + 1)] }))
      #expect(few.changePoints.isEmpty && few.points.count == count)
    }
    #expect(HistoryAnalyser(family: 1).analyse(measured([])).levels.isEmpty)
  }

  @Test("the interval of a session's median is between the order statistics that enclose it")
  func interval() {
    func interval(_ count: Int) -> ClosedRange<Double>? {
      HistoryAnalyser(family: 1)
        .analyse(measured([(1...count).map(Double.init)])).points.first?.interval
    }
    // The binomial tables' ranks for 95 %: none for five and fewer, 1 and 6 of six, 2 and 9 of ten,
    // 6 and 15 of twenty.
    #expect(interval(1) == 1...1 && interval(5) == 1...5 && interval(6) == 1...6)
    #expect(interval(10) == 2...9 && interval(20) == 6...15)
  }

  @Test("the same series says the same every time")
  func deterministic() {
    let planted = PlantedHistory(
      commits: 200, series: 3, shifts: 2, outliers: 1, drifts: 1, seed: 3)
    let series = measured(planted.values(ofSeries: 1))
    let analyser = HistoryAnalyser(family: 3)
    #expect(analyser.analyse(series).changePoints == analyser.analyse(series).changePoints)
  }
}
