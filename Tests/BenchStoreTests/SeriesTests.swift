import BenchModel
import BenchStore
import BenchTestSupport
import Foundation
import Testing

@Suite("Reading series")
struct SeriesTests {
  @Test("A side has a statistic a completed process: the quartile on the good side")
  func statistics() throws {
    try withStore { store in
      let session = try beginSession(store)
      try store.save(StoredExample.process(in: session, order: 1))
      try store.save(StoredExample.process(in: session, order: 0))
      let series = try seriesData(store)
      #expect(series.map(\.key.metric) == ["rate", "wall"])
      #expect(series.allSatisfy { $0.machine == StoredExample.machine && $0.version == 3 })
      #expect(series[1].metric == StoredExample.wall && series[0].metric == StoredExample.rate)
      #expect(series[1].source == StoredExample.benchmark.source)
      #expect(series[1].failures.isEmpty)
      let wall = try #require(series[1].sessions.first)
      #expect(wall.id == session.id && wall.started == session.started)
      #expect(wall.state == session.state && wall.toolchain == "Swift 6.3.1")
      // The values are the lower quartile of 12.5, 12.75 and 13.25, and the upper quartile of 1e-9,
      // 5e8, 6e8 and 7e8.
      #expect(
        wall.processes == [
          ProcessStatistic(value: 12.625, samples: 3, binaryHash: "binary 1", order: 0),
          ProcessStatistic(value: 12.625, samples: 3, binaryHash: "binary 1", order: 1),
        ])
      #expect(series[0].sessions.first?.processes.map(\.value) == [6.25e8, 6.25e8])
    }
  }

  @Test(
    "A failed process is a failure of the series of its pass, not of those another pass measures")
  func failuresBelongToTheirPass() throws {
    try withStore { store in
      let session = try beginSession(store)
      let counted = [StoredExample.measurement(StoredExample.allocations, [12, 12])]
      try store.save(StoredExample.process(in: session, order: 0))
      try store.save(
        StoredExample.process(in: session, order: 1, pass: .counting, measurements: counted))
      try store.save(
        StoredExample.process(
          in: session, order: 2, pass: .counting,
          outcome: .failed(reason: "wrong result", detail: "7")))
      let failures = Dictionary(
        uniqueKeysWithValues: try seriesData(store).map { ($0.key.metric, $0.failures) })
      #expect(failures == ["wall": [], "rate": [], "allocations": ["wrong result: 7"]])
    }
  }

  @Test(
    "A failure counts until a later run of the same revision completes; other sessions of its own run don't mend it"
  )
  func laterRunsMendFailures() throws {
    try withStore { store in
      let first = try beginSession(store)
      try store.save(
        StoredExample.process(in: first, order: 0, outcome: .crashed(description: "signal 11")))
      try store.save(StoredExample.process(in: first, order: 1))
      let wall = { try seriesData(store).first { $0.key.metric == "wall" }?.failures }
      #expect(try wall() == ["signal 11"])
      let run = StoredExample.run(started: StoredExample.start + 86_400)
      try store.begin(run)
      let later = StoredExample.session(of: run)
      try store.begin(later)
      #expect(try wall() == ["signal 11"])
      try store.save(StoredExample.process(in: later))
      #expect(try wall() == [])
    }
  }

  @Test("Whether a series gates is what its own revision declared, whatever another declares later")
  func rolesBelongToTheirRevision() throws {
    try withStore { store in
      let session = try beginSession(store)
      try store.save(StoredExample.process(in: session))
      let ungated = Metric.wall
      let other = BenchmarkDeclaration(
        key: StoredExample.benchmark.key, version: StoredExample.benchmark.version,
        metrics: [ungated])
      let older = StoredExample.process(
        in: session, build: StoredExample.build(2), order: 1,
        measurements: [StoredExample.measurement(ungated, [5, 6])])
      try store.save(
        ProcessRecord(
          session: session.id, build: older.build, benchmark: other, pass: .timing, order: 1,
          started: older.started, seconds: 1, outcome: .completed,
          measurements: older.measurements))
      let wall = try #require(try seriesData(store).first { $0.key.metric == "wall" })
      #expect(wall.metric.isGate)
    }
  }

  @Test("A benchmark that only fails is there with all its series and nothing measured")
  func failedBenchmarkDoesNotVanish() throws {
    try withStore { store in
      let session = try beginSession(store)
      try store.save(
        StoredExample.process(in: session, outcome: .crashed(description: "signal 11")))
      let series = try seriesData(store)
      #expect(series.map(\.key.metric) == ["allocations", "rate", "wall"])
      #expect(series.allSatisfy { $0.sessions.isEmpty && $0.failures == ["signal 11"] })
    }
  }

  @Test("Dirty trees, other machines and other runs are other sides")
  func sidesAreApart() throws {
    try withStore { store in
      let first = try beginSession(store)
      let second = try beginSession(
        store, run: StoredExample.run(1, started: StoredExample.start + 60))
      let dirty = Build(
        revision: Revision(commit: StoredExample.commit(1), differenceHash: "d"), toolchain: "t",
        binaryHash: "b")
      try store.save(StoredExample.process(in: first))
      try store.save(StoredExample.process(in: second))
      try store.save(StoredExample.process(in: second, build: dirty, order: 1))
      #expect(try seriesData(store).first?.sessions.map(\.id) == [first.id, second.id])
      let seconds = StoredExample.run(1).profile.seconds
      #expect(try seriesData(store).first?.sessions.map(\.seconds) == [seconds, seconds])
      #expect(try seriesData(store, "d").first?.sessions.map(\.id) == [second.id])
      let run = try store.seriesData(of: .runs([second.run]), machine: StoredExample.machine)
      #expect(run.first?.sessions.map(\.processes.count) == [2])
      let elsewhere = MachineClass(
        architecture: "aarch64", cpuModel: "M9", cores: 8, memoryBucketGiB: 8, system: "Darwin 25")
      let selection = SeriesSelection.revision(
        commit: StoredExample.commit(1).hash, differenceHash: nil)
      #expect(try store.seriesData(of: selection, machine: elsewhere).isEmpty)
      #expect(try store.seriesData(of: .runs([]), machine: StoredExample.machine).isEmpty)
    }
  }

  @Test("Identical code is what at least two of the latest sessions ran byte for byte")
  func identicalCode() throws {
    try withStore { store in
      for number in 0..<4 {
        let run = StoredExample.run(number, started: StoredExample.start + Double(number) * 60)
        let session = try beginSession(store, run: run)
        // The executables are a, a, b, a, of different commits, as a changed comment makes them.
        let build = StoredExample.build(number, binary: number == 2 ? "b" : "a")
        try store.save(StoredExample.process(in: session, build: build))
      }
      let groups = try store.identicalCodeGroups(machine: StoredExample.machine)
      #expect(groups.map(\.series.metric) == ["rate", "wall"])
      #expect(groups.allSatisfy { $0.sessions.count == 3 })
      let starts = try #require(groups.first).sessions.map(\.started)
      #expect(starts == starts.sorted())
      let recent = try store.identicalCodeGroups(machine: StoredExample.machine, recentSessions: 2)
      #expect(recent.isEmpty)
    }
  }

  @Test(
    "History has a point for each session and build, oldest first, and the last ones on request")
  func history() throws {
    try withStore { store in
      var synthetic = SyntheticHistory()
      synthetic.runs = 5
      synthetic.benchmarks = 2
      synthetic.metrics = 2
      synthetic.processes = 3
      try synthetic.fill(store)
      let series = try store.series()
      #expect(series.count == 4)
      let points = try store.history(of: series[0], machine: StoredExample.machine)
      #expect(points.map(\.commit) == (0..<5).map(StoredExample.commit))
      #expect(points.allSatisfy { $0.session.processes.count == 3 })
      #expect(try store.history(of: series[0], last: 2) == Array(points.suffix(2)))
      // These are the values that a comparison reads.
      let data = try store.seriesData(
        of: .revision(commit: StoredExample.commit(4).hash, differenceHash: nil),
        machine: StoredExample.machine)
      #expect(data.first?.sessions == [points[4].session])
    }
  }

  @Test("The nearest measured commit is found with its distance, by class of machine")
  func nearestMeasured() throws {
    try withStore { store in
      let session = try beginSession(store)
      try store.save(StoredExample.process(in: session))
      let ancestors = [3, 2, 1, 0].map { StoredExample.commit($0).hash }
      let nearest = try store.nearestMeasured(among: ancestors, machine: StoredExample.machine)
      #expect(nearest?.commit == StoredExample.commit(1).hash && nearest?.distance == 2)
      #expect(try store.nearestMeasured(among: ancestors, machine: nil)?.distance == 2)
      #expect(try store.nearestMeasured(among: ["f"], machine: nil) == nil)
    }
  }

  private func seriesData(_ store: ResultsStore, _ difference: String? = nil) throws
    -> [SeriesData]
  {
    try store.seriesData(
      of: .revision(commit: StoredExample.commit(1).hash, differenceHash: difference),
      machine: StoredExample.machine)
  }
}

@Suite("Baselines")
struct BaselineTests {
  @Test("A baseline is set, listed, replaced and removed")
  func lifeOfABaseline() throws {
    try withStore { store in
      let first = Baseline(
        name: "release", revision: StoredExample.revision(1), created: StoredExample.start,
        note: "1.0")
      let second = Baseline(
        name: "release",
        revision: Revision(commit: StoredExample.commit(2), differenceHash: "d"),
        created: StoredExample.start + 1)
      #expect(try store.set(first) == nil)
      #expect(try store.set(second) == first)
      #expect(try store.baselines() == [second])
      #expect(try store.baseline("release") == second)
      #expect(try store.baseline("nightly") == nil)
      #expect(throws: StoreError.noSuchBaseline("nightly", known: ["release"])) {
        try store.removeBaseline("nightly")
      }
      try store.removeBaseline("release")
      #expect(try store.baselines().isEmpty)
    }
  }
}
