import BenchModel
import BenchRunner
import BenchStore
import BenchTestSupport
import BenchWorkflows
import Foundation
import Testing

@Suite("Probing a commit beside another")
struct ProbeSessionTests {
  private struct Fixture {
    let store: ResultsStore
    let folder: URL
    let notes = NoteRecorder()
    let interruption: Interruption

    /// A commit whose worker measures, or fails where the argument is no number.
    func built(_ number: Int, _ argument: String) throws -> BuiltCommit {
      MeasuredExample.built(number, worker: try ScriptedWorker.process(argument, in: folder))
    }

    func session(
      _ good: BuiltCommit, _ bad: BuiltCommit, deadline: ContinuousClock.Instant? = nil,
      measuresAnew: Bool = false
    ) throws -> ProbeSession {
      ProbeSession(
        series: try BisectedSeries("suite/one", good: good, bad: bad),
        profile: MeasuredExample.profile, store: store, console: try notes.console(),
        interruption: interruption, deadline: deadline, measuresAnew: measuresAnew)
    }

    /// Stores rounds of two commits as an earlier bisection would have.
    func store(
      _ rounds: [(base: Double, head: Double?)], _ good: BuiltCommit, _ bad: BuiltCommit,
      status: RunStatus
    ) throws -> Run {
      let series = try BisectedSeries("suite/one", good: good, bad: bad)
      let run = MeasuredExample.run(
        bad.commit, purpose: .bisect, selection: series.selection)
      try store.store(
        run, rounds: rounds, of: good.executables[0], and: bad.executables[0], status: status)
      return run
    }
  }

  private func withFixture(_ body: (Fixture) throws -> Void) throws {
    try withTemporaryDirectory { folder in
      let store = try ResultsStore.fresh(in: folder)
      defer { try? store.close() }
      try body(Fixture(store: store, folder: folder, interruption: Interruption()))
    }
  }

  private func rounds(_ outcome: ProbeSession.Outcome) -> Int? {
    if case .measured(let series) = outcome { series.rounds.count } else { nil }
  }

  @Test("rounds are measured until the question is answered, and no further")
  func measures() throws {
    try withFixture { fixture in
      let (good, bad) = (try fixture.built(0, "100"), try fixture.built(1, "120"))
      var asked: [Int] = []
      let outcome = try fixture.session(good, bad).measure(base: good, head: bad, looks: [1, 2, 3])
      {
        asked.append($0.rounds.count)
        return $0.rounds.count >= 2
      }
      #expect(rounds(outcome) == 2)
      #expect(asked == [1, 2])
      #expect(try fixture.store.runs().map(\.status) == [.completed])
      #expect(try fixture.store.runs().first?.run.purpose == .bisect)
    }
  }

  @Test("stored rounds that answer the question are not measured again")
  func stored() throws {
    try withFixture { fixture in
      // No worker could run.
      let (good, bad) = (MeasuredExample.built(0), MeasuredExample.built(1))
      let run = try fixture.store(
        [(100, 120), (100, 120)], good, bad, status: .completed)
      let outcome = try fixture.session(good, bad).measure(base: good, head: bad, looks: [2]) { _ in
        true
      }
      #expect(rounds(outcome) == 2)
      #expect(try fixture.store.runs().map(\.run.id) == [run.id])
    }
  }

  @Test("a run that was stopped before its end is completed where its rounds are enough")
  func completesStored() throws {
    try withFixture { fixture in
      let (good, bad) = (MeasuredExample.built(0), MeasuredExample.built(1))
      let run = try fixture.store([(100, 120)], good, bad, status: .interrupted)
      _ = try fixture.session(good, bad).measure(base: good, head: bad, looks: [1]) { _ in true }
      #expect(try fixture.store.status(of: run) == .completed)
    }
  }

  @Test("a run that was stopped too early is resumed")
  func resumes() throws {
    try withFixture { fixture in
      let (good, bad) = (try fixture.built(0, "100"), try fixture.built(1, "120"))
      let run = try fixture.store([(100, 120)], good, bad, status: .interrupted)
      let outcome = try fixture.session(good, bad).measure(base: good, head: bad, looks: [2]) {
        $0.rounds.count >= 2
      }
      #expect(rounds(outcome) == 2)
      #expect(try fixture.store.status(of: run) == .completed)
      #expect(try fixture.store.runs().count == 1)
      #expect(try fixture.store.sessions(ofRun: run.id).count == 2)
    }
  }

  @Test("a stored failure is no answer, however little is asked")
  func storedFailure() throws {
    try withFixture { fixture in
      let (good, bad) = (try fixture.built(0, "100"), try fixture.built(1, "120"))
      let run = try fixture.store([(100, 120), (100, nil)], good, bad, status: .interrupted)
      let outcome = try fixture.session(good, bad).measure(base: good, head: bad, looks: [2]) { _ in
        true
      }
      #expect(rounds(outcome) == 2)
      #expect(try fixture.store.sessions(ofRun: run.id).count == 2)
    }
  }

  @Test("stored rounds are left aside where everything is to be measured anew")
  func anew() throws {
    try withFixture { fixture in
      let (good, bad) = (try fixture.built(0, "100"), try fixture.built(1, "120"))
      _ = try fixture.store([(100, 120)], good, bad, status: .completed)
      _ = try fixture.session(good, bad, measuresAnew: true)
        .measure(base: good, head: bad, looks: [1]) { _ in true }
      #expect(try fixture.store.runs().count == 2)
    }
  }

  @Test("a commit that fails twice is an outcome; GOOD failing ends the bisection")
  func failures() throws {
    try withFixture { fixture in
      let (good, bad) = (try fixture.built(0, "100"), try fixture.built(1, "boom"))
      let outcome = try fixture.session(good, bad).measure(base: good, head: bad, looks: [2]) { _ in
        true
      }
      #expect(outcome == .failed("boom"))
      let failure = #expect(throws: CommandFailure.self) {
        try fixture.session(bad, good).measure(base: bad, head: good, looks: [2]) { _ in true }
      }
      #expect(failure?.message == "'suite/one' failed in \(bad.commit.shortHash): boom.")
      #expect(try fixture.store.runs().map(\.status) == [.failed, .failed])
    }
  }

  @Test("when the time is over, or the user interrupts, the run is left to be resumed")
  func stops() throws {
    try withFixture { fixture in
      let (good, bad) = (try fixture.built(0, "100"), try fixture.built(1, "120"))
      let late = try fixture.session(good, bad, deadline: .now)
        .measure(base: good, head: bad, looks: [1]) { _ in true }
      #expect(late == .outOfTime)
      fixture.interruption.request()
      #expect(throws: RunnerError.interrupted) {
        try fixture.session(good, bad).measure(base: good, head: bad, looks: [1]) { _ in true }
      }
      #expect(try fixture.store.runs().allSatisfy { $0.status == .interrupted })
    }
  }
}
