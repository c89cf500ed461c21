import BenchModel
import BenchStore
import BenchTestSupport
import Foundation
import Testing

@Suite("Histories") struct MeasuredHistoryTests {
  private func histories(
    _ store: ResultsStore, on line: CommitLine, of wanted: [StoredSeries]? = nil,
    rowsAtOnce: Int = 4_000_000
  ) throws -> [MeasuredSeries] {
    let wanted = try wanted ?? store.series()
    let snapshot = try store.historySnapshot(of: wanted, on: line, rowsAtOnce: rowsAtOnce)
    #expect(snapshot.series == wanted && snapshot.family >= wanted.count)
    let rows = try (0..<snapshot.partCount).flatMap(snapshot.part)
    return rows.enumerated().flatMap(snapshot.histories)
  }

  private var small: SyntheticHistory {
    var history = SyntheticHistory()
    (history.runs, history.benchmarks, history.metrics) = (7, 3, 2)
    (history.processes, history.samples) = (4, 3)
    return history
  }

  @Test("every series comes whole and in the line's order, as reading it alone would give")
  func agrees() throws {
    try withStore { store in
      try small.fill(store)
      let hashes = (0..<7).map { small.commit($0).hash }.reversed()
      let line = try #require(
        CommitLine(
          name: "main", firstParents: Array(hashes), measured: try store.measuredCommits()))
      let all = try histories(store, on: line)
      #expect(all.map(\.key) == (try store.series().map(\.key)))
      for series in try store.series() {
        let points = try store.history(of: series)
        let history = try #require(all.first { $0.key == series.key })
        #expect(history.sessions.map(\.commit) == Array(0..<7))
        #expect(
          history.sessions.map(\.values) == points.map { $0.session.processes.map(\.value) })
        #expect(history.sessions.map(\.location.session) == points.map(\.session.id))
        #expect(history.sessions.map(\.location.run) == points.map(\.run))
        // A series alone is looked up by its index instead.
        #expect(try histories(store, on: line, of: [series]) == [history])
      }
      #expect(try histories(store, on: line, rowsAtOnce: 60) == all)
    }
  }

  @Test("what is not on the line is left out")
  func offLine() throws {
    try withStore { store in
      try small.fill(store)
      let hashes = [5, 3, 2].map { small.commit($0).hash }
      let line = try #require(
        CommitLine(name: "x", firstParents: hashes, measured: try store.measuredCommits()))
      #expect(line.elsewhere.count == 4)
      let found = try histories(store, on: line)
      #expect(found.allSatisfy { $0.sessions.map(\.commit) == [0, 1, 2] })
      #expect(
        found.first?.sessions.map(\.location.started)
          == [2, 3, 5].map {
            StoredExample.start + Double($0) * 3600
          })
    }
  }

  @Test("processes that failed, dirty trees and other machines are told apart")
  func apart() throws {
    try withStore { store in
      let session = try beginSession(store)
      let dirty = Build(
        revision: Revision(commit: StoredExample.commit(1), differenceHash: "d"),
        toolchain: "t", binaryHash: "b")
      func save(_ value: Double, _ order: Int, build: Build = StoredExample.build(1)) throws {
        try store.save(
          StoredExample.process(
            in: session, build: build, order: order,
            measurements: [StoredExample.measurement(StoredExample.wall, [value])]))
      }
      try save(1, 0)
      try save(9, 1, build: dirty)
      try store.save(
        StoredExample.process(in: session, order: 2, outcome: .failed(reason: "boom", detail: "")))
      try save(2, 3)
      let line = CommitLine(measured: try store.measuredCommits())
      let history = try #require(try histories(store, on: line).first)
      #expect(history.sessions.map(\.values) == [[1, 2], [9]])
      #expect(history.sessions.map(\.location.isDirty) == [false, true])
      #expect(history.sessions.map(\.location.isInterrupted) == [true, true])
      #expect(history.machine == StoredExample.machine)
    }
  }

  @Test("processes of two sessions that were stored among each other keep to their sessions")
  func interleaved() throws {
    try withStore { store in
      let sessions = try [beginSession(store), beginSession(store)]
      for (order, value) in [1.0, 10, 2, 20, 3, 30].enumerated() {
        try store.save(
          StoredExample.process(
            in: sessions[order % 2], order: order,
            outcome: value == 2 ? .failed(reason: "boom", detail: "") : .completed,
            measurements: value == 2 ? [] : [StoredExample.measurement(StoredExample.wall, [value])]
          ))
      }
      let line = CommitLine(measured: try store.measuredCommits())
      let history = try #require(try histories(store, on: line).first)
      #expect(history.sessions.map(\.values) == [[1, 3], [10, 20, 30]])
    }
  }

  @Test("a snapshot shows one moment, whatever is recorded while it is read")
  func oneMoment() throws {
    try withStore { store in
      try small.fill(store)
      let line = CommitLine(measured: try store.measuredCommits())
      let snapshot = try store.historySnapshot(of: try store.series(), on: line, rowsAtOnce: 60)
      #expect(snapshot.partCount > 1)
      let before = try (0..<snapshot.partCount).map { try snapshot.part($0).map(\.values) }
      let session = try beginSession(store)
      try store.save(
        StoredExample.process(
          in: session, measurements: [StoredExample.measurement(StoredExample.wall, [1])]))
      #expect(try (0..<snapshot.partCount).map { try snapshot.part($0).map(\.values) } == before)
    }
  }
}
