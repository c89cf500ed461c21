import BenchModel
import BenchStore
import BenchTestSupport
import Testing

/// Every reader of the store takes the statistic of a process from the same column.
@Suite("The statistic of a process") struct ProcessStatisticTests {
  private let measurements = [
    StoredExample.measurement(StoredExample.wall, [90, 1, 2, 4, 8], warmUp: 1),
    StoredExample.measurement(StoredExample.rate, [90, 10, 20, 40, 80], warmUp: 1),
    StoredExample.measurement(StoredExample.allocations, [3, 5, 7]),
  ]

  private var expected: [String: Double] {
    Dictionary(
      uniqueKeysWithValues: measurements.map {
        ($0.metric.name, $0.summary.statistic($0.metric.direction))
      })
  }

  @Test("It is the quartile on the better side of the samples after warm-up, exact metrics too")
  func rule() {
    #expect(expected == ["wall": 1.75, "rate": 50, "allocations": 4])
  }

  @Test("A comparison of commits, a history and a snapshot of all histories read it")
  func unpaired() throws {
    try withStore { store in
      let session = try beginSession(store)
      try store.save(StoredExample.process(in: session, measurements: measurements))
      let compared = try store.seriesData(
        of: .revision(commit: StoredExample.commit(1).hash, differenceHash: nil),
        machine: StoredExample.machine)
      #expect(values(compared.map { ($0.key, $0.sessions.flatMap(\.processes)) }) == expected)
      let all = try store.series()
      let histories = try all.map { series in
        (series.key, try store.history(of: series).flatMap(\.session.processes))
      }
      #expect(values(histories) == expected)
      #expect(try snapshot(of: all, store) == expected)
      // One series of many is looked up instead of scanned.
      for series in all {
        #expect(
          try snapshot(of: [series], store) == expected.filter { $0.key == series.metric.name })
      }
    }
  }

  @Test("The rounds of a paired run read it")
  func paired() throws {
    try withStore { store in
      let session = try beginSession(store, run: StoredExample.run(2))
      for (order, arm) in [RoundPosition.Arm.base, .head].enumerated() {
        try store.save(
          StoredExample.process(
            in: session, build: StoredExample.build(order + 1), order: order,
            measurements: measurements, position: RoundPosition(round: 0, arm: arm)))
      }
      let series = try store.pairedSeries(ofRun: session.run)
      #expect(values(series.map { ($0.key, $0.rounds.map(\.base)) }) == expected)
      #expect(values(series.map { ($0.key, $0.rounds.map(\.head)) }) == expected)
    }
  }

  private func values(_ series: [(SeriesKey, [ProcessStatistic])]) -> [String: Double] {
    let found = series.flatMap { key, processes in processes.map { (key.metric, $0.value) } }
    return Dictionary(found) { first, second in first == second ? first : .nan }
  }

  private func snapshot(
    of series: [StoredSeries], _ store: ResultsStore
  ) throws -> [String: Double] {
    let line = CommitLine(measured: try store.measuredCommits())
    let snapshot = try store.historySnapshot(of: series, on: line)
    let rows = try (0..<snapshot.partCount).flatMap(snapshot.part)
    let found = rows.enumerated().flatMap(snapshot.histories).map { history in
      (history.key.metric, history.sessions.flatMap(\.values)[0])
    }
    return Dictionary(found) { first, _ in first }
  }
}
