import BenchComparer
import BenchModel
import BenchOutput
import BenchRunner
import BenchStore
import BenchTestSupport
import BenchWorkflows
import Foundation
import Testing

@Suite("The search for a commit")
struct BisectionSearchTests {
  /// The costs of GOOD and the commits after it, `nil` where one does not build.
  private func search(
    _ costs: [Int?], deadline: ContinuousClock.Instant? = nil,
    binaries: [Int: String] = [:], notes: NoteRecorder = NoteRecorder()
  ) throws -> BisectionReport {
    try withTemporaryDirectory { folder in
      let store = try ResultsStore.fresh(in: folder)
      defer { try? store.close() }
      let built = try costs.enumerated().map { number, cost in
        try cost.map {
          MeasuredExample.built(
            number, binary: binaries[number],
            worker: try ScriptedWorker.process("\($0)", in: folder))
        }
      }
      let good = try #require(built[0])
      let bad = try #require(built[costs.count - 1])
      let session = ProbeSession(
        series: try BisectedSeries("suite/one", good: good, bad: bad),
        profile: MeasuredExample.profile, store: store, console: try notes.console(),
        interruption: try Interruption(), deadline: deadline, measuresAnew: false)
      let after = (1..<costs.count).map { MeasuredExample.commit($0) }
      var search = BisectionSearch(
        range: BisectedRange("a..b", good: good.commit, after: after, firstParents: true),
        good: good, bad: bad, session: session, rule: ComparisonRule(), rounds: 6
      ) { commit in
        guard let number = after.firstIndex(of: commit), let built = built[number + 1] else {
          return .unbuildable("does not build")
        }
        return .built(built)
      }
      return try search.run()
    }
  }

  private func found(_ report: BisectionReport) -> Commit? {
    if case .found(let commit) = report.outcome { commit } else { nil }
  }

  @Test("the commit that made it slower is found, and measured beside its parent")
  func finds() throws {
    let notes = NoteRecorder()
    let report = try search([100, 100, 100, 120, 120], notes: notes)
    #expect(found(report) == MeasuredExample.commit(3))
    #expect(report.check?.head == MeasuredExample.commit(4))
    #expect(report.step?.base == MeasuredExample.commit(2))
    #expect(report.step?.head == MeasuredExample.commit(3))
    #expect(report.probes.count == 2)
    #expect(notes.all.contains("4 commits left"))
  }

  @Test("in a range of one commit BAD against GOOD is the step already")
  func oneCommit() throws {
    let report = try search([100, 120])
    #expect(found(report) == MeasuredExample.commit(1))
    #expect(report.probes.isEmpty)
    #expect(report.step?.head == report.check?.head)
  }

  @Test("where BAD is not slower nothing is built")
  func notSlower() throws {
    let report = try search([100, nil, nil, 100])
    guard case .notSlower = report.outcome else {
      Issue.record("\(report.outcome)")
      return
    }
    #expect(report.probes.isEmpty)
  }

  @Test("where both ends have the same executable nothing is measured")
  func identicalEnds() throws {
    let report = try search([100, nil, 120], binaries: [0: "same", 2: "same"])
    guard case .identicalCode = report.outcome else {
      Issue.record("\(report.outcome)")
      return
    }
    #expect(report.check == nil)
  }

  @Test("a commit that does not build leaves its neighbours")
  func unbuildable() throws {
    let report = try search([100, nil, 120])
    guard case .between(let commits) = report.outcome else {
      Issue.record("\(report.outcome)")
      return
    }
    #expect(commits == [MeasuredExample.commit(1), MeasuredExample.commit(2)])
    #expect(report.probes.map(\.answer) == [.skipped("does not build")])
  }

  @Test("a commit with GOOD's executable is answered without being measured")
  func identicalToGood() throws {
    let report = try search([100, 100, 120], binaries: [0: "good", 1: "good"])
    #expect(found(report) == MeasuredExample.commit(2))
    #expect(report.probes.map(\.answer) == [.identical(MeasuredExample.commit(0))])
  }

  @Test("when the time is over before anything was measured, every commit is left")
  func outOfTime() throws {
    let report = try search([100, 100, 120], deadline: .now)
    guard case .outOfTime(let commits) = report.outcome else {
      Issue.record("\(report.outcome)")
      return
    }
    #expect(commits == [MeasuredExample.commit(1), MeasuredExample.commit(2)])
  }
}
