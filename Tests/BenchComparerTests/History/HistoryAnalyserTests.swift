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

  @Test("what is counted exactly changes by one and is told, three commits later")
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
