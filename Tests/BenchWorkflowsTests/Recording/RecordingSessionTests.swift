import BenchModel
import BenchOutput
import BenchRunner
import BenchStore
import BenchTestSupport
import BenchWorkflows
import Foundation
import Testing

@Suite("One session of a recording")
struct RecordingSessionTests {
  private let commit = MeasuredExample.commit(1)

  private func order(processes: Int = 2) -> RecordingOrder {
    RecordingOrder(
      revision: Revision(commit: commit),
      profile: MeasuredExample.profile.with(processes: processes), selection: Selection(), seed: 1)
  }

  /// An executable whose worker measures `argument`, or fails where that is no number.
  private func executable(_ argument: String, in folder: URL) throws -> SuiteExecutable {
    MeasuredExample.executable(
      of: commit, worker: try ScriptedWorker.process(argument, in: folder))
  }

  private func withStore(_ body: (ResultsStore, URL, NoteRecorder) throws -> Void) throws {
    try withTemporaryDirectory { folder in
      let store = try ResultsStore.fresh(in: folder)
      defer { try? store.close() }
      try body(store, folder, NoteRecorder())
    }
  }

  @Test("a new session has the whole plan before it")
  func newSession() throws {
    let session = try RecordingSession(
      order: order(processes: 3), executables: [MeasuredExample.executable(of: commit)])
    #expect(session.remaining.map(\.order) == [0, 1, 2])
    #expect(session.run.plannedProcesses == 3)
    #expect(session.run.purpose == .record)
  }

  @Test("a resumed session has what is not finished before it")
  func resumedSession() throws {
    let executables = [MeasuredExample.executable(of: commit)]
    let run = try RecordingSession(order: order(processes: 4), executables: executables).run
    let session = try RecordingSession(
      order: RecordingOrder(resuming: run, finished: [0, 2]), executables: executables)
    #expect(session.run == run)
    #expect(session.remaining.map(\.order) == [1, 3])
  }

  @Test("a plan that can't be made again is refused")
  func otherPlan() throws {
    let run = try RecordingSession(
      order: order(), executables: [MeasuredExample.executable(of: commit)]
    ).run
    let grown = MeasuredExample.executable(
      of: commit, [MeasuredExample.declaration(), MeasuredExample.declaration("suite/two")])
    let failure = #expect(throws: CommandFailure.self) {
      try RecordingSession(
        order: RecordingOrder(resuming: run, finished: []), executables: [grown])
    }
    #expect(
      failure?.message
        == "run \(run.shortID) planned 2 processes and its executables now ask for 4; record it "
        + "anew.")
  }

  @Test("what is going to be measured is said")
  func announcement() throws {
    let session = try RecordingSession(
      order: order(processes: 3), executables: [MeasuredExample.executable(of: commit)])
    let text = session.announcement(machine: MeasuredExample.here)
    #expect(text.hasPrefix("Measuring 1 benchmark of "))
    #expect(text.contains("in 3 processes (profile test, about 1 s) on "))
  }

  @Test("every process is stored, and the run is completed")
  func completes() throws {
    try withStore { store, folder, notes in
      let session = try RecordingSession(
        order: order(), executables: [executable("100", in: folder)])
      let outcome = try session.record(
        in: store, console: notes.console(), interruption: Interruption())
      #expect(outcome.result.completed == 2)
      #expect(outcome.failure == nil)
      #expect(try store.status(of: session.run) == .completed)
      #expect(try store.storedProcesses(ofRun: session.run.id).map(\.order) == [0, 1])
      #expect(notes.all.contains("Measuring 1 benchmark"))
    }
  }

  @Test("a benchmark that always fails is given up, and the run has failed")
  func fails() throws {
    try withStore { store, folder, notes in
      let session = try RecordingSession(
        order: order(processes: 5), executables: [executable("boom", in: folder)])
      let failure = #expect(throws: CommandFailure.self) {
        try session.run(
          in: store, console: notes.console(), showsAll: false, interruption: Interruption())
      }
      #expect(failure?.status == .failure)
      #expect(try store.status(of: session.run) == .failed)
      #expect(try store.storedProcesses(ofRun: session.run.id).count == 3)
      #expect(notes.all.contains("its other 2 processes were not started"))
    }
  }

  @Test("an interrupted session starts nothing more and leaves the run to be resumed")
  func interrupted() throws {
    try withStore { store, folder, notes in
      let executables = [try executable("100", in: folder)]
      let session = try RecordingSession(order: order(), executables: executables)
      let interruption = try Interruption()
      interruption.request()
      let outcome = try session.record(
        in: store, console: notes.console(), interruption: interruption)
      #expect(outcome.failure?.status == .interrupted)
      #expect(try store.status(of: session.run) == .interrupted)
      #expect(try store.storedProcesses(ofRun: session.run.id).isEmpty)

      let rest = try RecordingSession(
        order: RecordingOrder(resuming: session.run, finished: []), executables: executables)
      _ = try rest.record(in: store, console: notes.console(), interruption: Interruption())
      #expect(try store.status(of: session.run) == .completed)
      #expect(try store.sessions(ofRun: session.run.id).count == 2)
    }
  }

  @Test("a resumed run has failed where its earlier session did")
  func failedBefore() throws {
    try withStore { store, folder, notes in
      let executable = try executable("100", in: folder)
      let run = try RecordingSession(order: order(), executables: [executable]).run
      try store.store(run, status: .interrupted) {
        try store.save(MeasuredExample.process(in: $0, build: executable.build, value: nil))
      }
      let rest = try RecordingSession(
        order: RecordingOrder(resuming: run, finished: [0]), executables: [executable])
      let outcome = try rest.record(
        in: store, console: notes.console(), interruption: Interruption())
      #expect((outcome.result.completed, outcome.result.failed) == (1, 0))
      #expect(try store.status(of: run) == .failed)
    }
  }
}
