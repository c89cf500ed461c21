import BenchModel
import BenchStore
import BenchTestSupport
import Foundation
import Testing

@Suite("Recording")
struct StoreRecordingTests {
  @Test("Every value comes back as it was stored, also through another connection")
  func roundTrip() throws {
    try withStore { store in
      let run = StoredExample.run()
      let session = StoredExample.session(of: run)
      try store.begin(run)
      try store.begin(session)
      let processes = [
        StoredExample.process(in: session, order: 0),
        StoredExample.process(
          in: session, order: 1, pass: .counting, outcome: .timedOut(seconds: 2.5)),
        StoredExample.process(
          in: session, order: 2, outcome: .failed(reason: "wrong result", detail: "7, not 8")),
        StoredExample.process(in: session, order: 3, outcome: .crashed(description: "signal 11")),
        StoredExample.process(
          in: session,
          build: Build(
            revision: Revision(commit: StoredExample.commit(1), differenceHash: "d1ff"),
            toolchain: "Swift 7", binaryHash: "other"),
          order: 4, outcome: .protocolViolation(description: "'x'")),
      ]
      for process in processes { try store.save(process) }
      try store.finish(run: run.id, status: .failed, at: run.started + 9)

      let reader = try ResultsStore.open(store.path, access: .readOnly)
      #expect(try reader.processes(ofRun: run.id) == processes)
      #expect(try reader.process(processes[4].id) == processes[4])
      #expect(try reader.process(UUID()) == nil)
      #expect(try reader.sessions(ofRun: run.id) == [session])
      #expect(try reader.machineClasses() == [StoredExample.machine])
      let stored = try #require(try reader.runs().first)
      #expect(stored.run == run)
      #expect(stored.status == .failed && stored.finished == run.started + 9)
      #expect(stored.machines == [StoredExample.machine])
      #expect(stored.processes == 5 && stored.failures == 4)
      #expect(try reader.commit(StoredExample.commit(1).hash) == StoredExample.commit(1))
    }
  }

  @Test("Samples come back bit for bit, whatever finite numbers they are")
  func samplesAreExact() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SeededRandom(seed: seed)
    let values =
      [
        0, -0.0, .leastNonzeroMagnitude, 1.7976931348623157e308, 0.1, 9_007_199_254_740_992, -1,
        1e16, 123456789.125,
      ]
      + (0..<500).map { _ in Double(bitPattern: random.next()) }.filter(\.isFinite)
    try withStore { store in
      let session = try beginSession(store)
      let measurement = BenchModel.MetricSamples(
        metric: StoredExample.wall, values: values, iterations: values.indices.map { $0 * 7 },
        warmUpCount: 3, summary: MeasurementSummary(of: [1]))
      let process = StoredExample.process(in: session, measurements: [measurement])
      try store.save(process)
      let stored = try #require(try store.process(process.id)?.measurements.first)
      #expect(
        stored.values.map(\.bitPattern) == values.map(\.bitPattern), "seed \(seed)")
      #expect(stored == measurement, "seed \(seed)")
    }
  }

  @Test("A process with a value that cannot be stored is refused whole")
  func refusesWhole() throws {
    try withStore { store in
      let session = try beginSession(store)
      let good = StoredExample.measurement(StoredExample.rate, [1, 2])
      let summary = MeasurementSummary(of: [1])
      let bad = [
        BenchModel.MetricSamples(
          metric: StoredExample.wall, values: [1, .nan], iterations: [1, 1], warmUpCount: 0,
          summary: summary),
        BenchModel.MetricSamples(
          metric: StoredExample.wall, values: [1, 2], iterations: [1], warmUpCount: 0,
          summary: summary),
        BenchModel.MetricSamples(
          metric: StoredExample.wall, values: [1], iterations: [1], warmUpCount: 2, summary: summary
        ),
        BenchModel.MetricSamples(
          metric: StoredExample.wall, values: [1, 2], iterations: [.max, 2], warmUpCount: 0,
          summary: summary),
        BenchModel.MetricSamples(
          metric: .cycles, values: [1], iterations: [1], warmUpCount: 0, summary: summary),
      ]
      for measurement in bad {
        #expect {
          try store.save(StoredExample.process(in: session, measurements: [good, measurement]))
        } throws: { error in
          guard case .unstorable(let what, _) = error as? StoreError else { return false }
          return what.contains("throughput/grouped")
        }
      }
      #expect(try store.processes(ofRun: session.run).isEmpty)
      // The ids that the refused transactions put into the cache are forgotten.
      try store.save(StoredExample.process(in: session))
      #expect(try store.health().isIntact)
    }
  }

  @Test("The same process twice, or a process of no session, is a conflict")
  func conflicts() throws {
    try withStore { store in
      let session = try beginSession(store)
      let process = StoredExample.process(in: session)
      try store.save(process)
      let stranger = StoredExample.process(in: StoredExample.session(of: StoredExample.run()))
      for record in [process, stranger] {
        #expect {
          try store.save(record)
        } throws: { error in
          guard case .conflict = error as? StoreError else { return false }
          return true
        }
      }
    }
  }

  @Test("The view 'sample' has one row a sample for any SQLite")
  func sampleView() throws {
    try withStore { store in
      let session = try beginSession(store)
      let process = StoredExample.process(in: session)
      try store.save(process)
      let rows = try answer(
        store,
        """
        SELECT run, session, process, "commit", benchmark, metric, "order", value, iterations,
          warm_up FROM sample WHERE metric = 'wall' ORDER BY "order"
        """)
      let wall = process.measurements[0]
      let expected: [[SQLValue]] = wall.values.indices.map { index in
        [
          .text(session.run.uuidString.lowercased()), .text(session.id.uuidString.lowercased()),
          .text(process.id.uuidString.lowercased()), .text(StoredExample.commit(1).hash),
          .text(StoredExample.benchmark.key.description), .text("wall"), .integer(Int64(index)),
          .real(wall.values[index]), .integer(Int64(wall.iterations[index])),
          .integer(index < wall.warmUpCount ? 1 : 0),
        ]
      }
      #expect(rows == expected)
      let rate = try answer(store, "SELECT iterations FROM sample WHERE metric = 'rate'")
      #expect(rate == Array(repeating: [.integer(1000)], count: 4))
    }
  }

  @Test("Two recorders on one database, each on a thread and a connection, lose and mix nothing")
  func twoRecorders() async throws {
    try await withTemporaryDirectory { folder in
      let path = folder.appending(path: "results.sqlite").path
      let runs = try await withThrowingTaskGroup(of: (UUID, [UUID]).self) { group in
        for number in 1...2 {
          group.addTask {
            let store = try ResultsStore.open(path, access: .readWrite)
            let run = StoredExample.run(number)
            let session = StoredExample.session(of: run)
            try store.begin(run)
            try store.begin(session)
            let processes = (0..<40).map {
              StoredExample.process(in: session, build: StoredExample.build(number), order: $0)
            }
            for process in processes { try store.save(process) }
            try store.finish(run: run.id, status: .completed)
            return (run.id, processes.map(\.id))
          }
        }
        return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
      }
      let store = try ResultsStore.open(path, access: .readOnly)
      for (run, processes) in runs {
        #expect(try store.processes(ofRun: run).map(\.id) == processes)
      }
      #expect(try store.health().isIntact)
      #expect(try answer(store, "SELECT count(*) FROM benchmark") == [[.integer(1)]])
    }
  }
}
