import BenchModel
import BenchStore
import Foundation
import Testing

@Suite("Histories") struct MeasuredHistoryTests {
  private func histories(
    _ store: ResultsStore, on line: CommitLine, of wanted: [StoredSeries]? = nil,
    rowsAtOnce: Int = 4_000_000
  ) throws -> [MeasuredSeries] {
    var found: [MeasuredSeries] = []
    try store.visitHistories(
      of: try wanted ?? store.series(), on: line, rowsAtOnce: rowsAtOnce
    ) { series, family in
      #expect(family >= (wanted?.count ?? 1))
      found.append(series)
      return true
    }
    return found
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
        #expect(history.sessions.map(\.place.session) == points.map(\.session.id))
        #expect(history.sessions.map(\.place.run) == points.map(\.run))
        // Alone it is looked up by its index instead.
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
        found.first?.sessions.map(\.place.started)
          == [2, 3, 5].map {
            Example.start + Double($0) * 3600
          })
    }
  }

  @Test("processes that failed, dirty trees and other machines are told apart")
  func apart() throws {
    try withStore { store in
      let session = try beginSession(store)
      let dirty = Build(
        revision: Revision(commit: Example.commit(1), differenceHash: "d"),
        toolchain: "t", binaryHash: "b")
      func save(_ value: Double, _ order: Int, build: Build = Example.build(1)) throws {
        try store.save(
          Example.process(
            in: session, build: build, order: order,
            measurements: [Example.measurement(Example.wall, [value])]))
      }
      try save(1, 0)
      try save(9, 1, build: dirty)
      try store.save(
        Example.process(in: session, order: 2, outcome: .failed(reason: "boom", detail: "")))
      try save(2, 3)
      let line = CommitLine(measured: try store.measuredCommits())
      let history = try #require(try histories(store, on: line).first)
      #expect(history.sessions.map(\.values) == [[1, 2], [9]])
      #expect(history.sessions.map(\.place.isDirty) == [false, true])
      #expect(history.sessions.map(\.place.isInterrupted) == [true, true])
      #expect(history.machine == Example.machine)
    }
  }

  @Test("a reader that has seen enough stops")
  func stops() throws {
    try withStore { store in
      try small.fill(store)
      var count = 0
      let line = CommitLine(measured: try store.measuredCommits())
      try store.visitHistories(of: try store.series(), on: line) { _, _ in
        count += 1
        return count < 2
      }
      #expect(count == 2)
    }
  }
}
