import BenchComparer
import BenchModel
import BenchRunner
import BenchStore
import BenchTestSupport
import BenchWorkflows
import Foundation
import Testing

@Suite("One session of a paired comparison")
struct PairedSessionTests {
  private let head = MeasuredExample.commit(2)

  private func order(mostRounds: Int = 2, timeLimit: Duration? = nil) -> PairedOrder {
    PairedOrder(
      purpose: .confirm, profile: MeasuredExample.profile, selection: Selection(),
      mostRounds: mostRounds, timeLimit: timeLimit, rule: ComparisonRule(), judgesIdentical: false,
      looks: [PairedLook(rounds: 2, share: 1)])
  }

  /// Builds of two commits whose workers measure, or fail where the argument is no number.
  private func builds(_ before: String, _ after: String, in folder: URL) throws -> PairedBuilds {
    PairedBuilds(
      base: [
        MeasuredExample.executable(
          of: MeasuredExample.commit(1), worker: try ScriptedWorker.process(before, in: folder))
      ],
      head: [
        MeasuredExample.executable(
          of: head, worker: try ScriptedWorker.process(after, in: folder))
      ])
  }

  private func withStore(_ body: (ResultsStore, URL, NoteRecorder) throws -> Void) throws {
    try withTemporaryDirectory { folder in
      let store = try ResultsStore.fresh(in: folder)
      defer { try? store.close() }
      try body(store, folder, NoteRecorder())
    }
  }

  private func session(
    _ builds: PairedBuilds, _ order: PairedOrder
  ) throws -> PairedSession {
    try PairedSession(
      order: order, builds: builds, head: Revision(commit: head), storage: NSTemporaryDirectory())
  }

  @Test("both sides are measured in turn until the look, and judged")
  func measures() throws {
    try withStore { store, folder, notes in
      let session = try session(builds("100", "120", in: folder), order())
      #expect(session.hasWork)
      let outcome = try session.run(
        in: store, console: notes.console(), interruption: Interruption())
      #expect(outcome.ending == .complete)
      #expect(outcome.rounds == 2)
      #expect(outcome.comparison.counts[.slower] == 1)
      #expect(outcome.series.first?.rounds.count == 2)
      #expect(try store.runs().map(\.status) == [.completed])
      #expect(notes.all.contains("Measuring 1 benchmark side by side, at most 2 rounds, on "))
    }
  }

  @Test("the same executable is not measured, and nothing is stored")
  func identical() throws {
    try withStore { store, _, notes in
      let executable = MeasuredExample.executable(of: head, binary: "same")
      let session = try session(PairedBuilds(base: [executable], head: [executable]), order())
      #expect(!session.hasWork)
      let outcome = try session.run(
        in: store, console: notes.console(), interruption: Interruption())
      #expect(outcome.comparison.counts[.identicalCode] == 1)
      #expect(outcome.rounds == 0)
      #expect(try store.runs().isEmpty)
    }
  }

  @Test("an interrupted run of the same builds is resumed: its rounds are not measured again")
  func resumes() throws {
    try withStore { store, folder, notes in
      let builds = try builds("100", "120", in: folder)
      let run = MeasuredExample.run(head, purpose: .confirm)
      try store.store(
        run, rounds: [(100, 120)], of: builds.base[0], and: builds.head[0], status: .interrupted)
      let outcome = try session(builds, order()).run(
        in: store, console: notes.console(), interruption: Interruption())
      #expect(outcome.rounds == 2)
      #expect(try store.runs().map(\.run.id) == [run.id])
      #expect(try store.status(of: run) == .completed)
      #expect(try store.sessions(ofRun: run.id).count == 2)
      #expect(
        notes.all.contains(
          "Going on with run \(run.shortID), which was interrupted after 1 round."))
    }
  }

  @Test("a run of other builds is left alone")
  func otherBuilds() throws {
    try withStore { store, folder, notes in
      let builds = try builds("100", "120", in: folder)
      let other = MeasuredExample.executable(of: head, binary: "other")
      let run = MeasuredExample.run(head, purpose: .confirm)
      try store.store(
        run, rounds: [(100, 120)], of: builds.base[0], and: other, status: .interrupted)
      _ = try session(builds, order()).run(
        in: store, console: notes.console(), interruption: Interruption())
      #expect(try store.runs().count == 2)
      #expect(try store.status(of: run) == .interrupted)
    }
  }

  @Test("a session whose time is over leaves its run to be resumed")
  func outOfTime() throws {
    try withStore { store, folder, notes in
      let outcome = try session(builds("100", "120", in: folder), order(timeLimit: .zero)).run(
        in: store, console: notes.console(), interruption: Interruption())
      #expect(outcome.ending == .outOfTime)
      #expect(try store.runs().map(\.status) == [.interrupted])
    }
  }

  @Test("an interrupted session leaves its run to be resumed, and says so with status 130")
  func interrupted() throws {
    try withStore { store, folder, notes in
      let interruption = try Interruption()
      interruption.request()
      let outcome = try session(builds("100", "120", in: folder), order()).run(
        in: store, console: notes.console(), interruption: interruption)
      #expect(outcome.ending == .interrupted)
      #expect(try store.runs().map(\.status) == [.interrupted])
      let failure = #expect(throws: CommandFailure.self) {
        try PairedComparison.refuseInterrupted(outcome, wayOn: "it goes on")
      }
      #expect(
        failure?.message
          == "interrupted after 0 rounds; what was measured is stored, and it goes on.")
    }
  }

  @Test("a benchmark that fails twice is dropped, each failure is told, and the run has failed")
  func fails() throws {
    try withStore { store, folder, notes in
      let outcome = try session(builds("100", "boom", in: folder), order()).run(
        in: store, console: notes.console(), interruption: Interruption())
      #expect(outcome.ending == .complete)
      #expect(outcome.comparison.counts.notJudged[.failed] == 1)
      #expect(try store.runs().map(\.status) == [.failed])
      #expect(
        notes.all.contains("suite/one failed on HEAD in round 1: boom. It is run once more."))
      #expect(notes.all.contains("That is the second time: it is not measured any further."))
    }
  }

  @Test("what each look leaves open is told")
  func lookNotes() {
    let notes = PairedProgressNotes()
    #expect(
      notes.look(afterRounds: 6, undecided: 2, of: 9)
        == "After 6 rounds: 2 of 9 benchmarks undecided.")
    #expect(notes.look(afterRounds: 1, undecided: 0, of: 1) == "After 1 round: all is said.")
  }
}
