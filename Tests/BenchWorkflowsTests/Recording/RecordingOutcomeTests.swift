import BenchModel
import BenchOutput
import BenchRunner
import BenchTestSupport
import BenchWorkflows
import Testing

@Suite("What a recording came to")
struct RecordingOutcomeTests {
  private let run = MeasuredExample.run(MeasuredExample.commit(1))

  /// What a recording of one benchmark came to whose worker measures or fails.
  private func outcome(
    _ argument: String, processes: Int = 2, isInterrupted: Bool = false
  ) throws -> RecordingOutcome {
    try withTemporaryDirectory { folder in
      let executable = MeasuredExample.executable(
        of: run.revision.commit, worker: try ScriptedWorker.process(argument, in: folder))
      let interruption = try Interruption()
      if isInterrupted { interruption.request() }
      let schedule = try Schedule(
        declarations: executable.declarations,
        profile: MeasuredExample.profile.with(processes: processes), seed: 1)
      let session = Session(
        run: run.id, machine: MeasuredExample.here, state: MachineState(),
        started: MeasuredExample.start)
      var summary = RecordSummary()
      let result = try Recording(
        session: session.id, processes: schedule.processes, profile: schedule.profile,
        executables: [executable]
      ).run(interruption: interruption, save: { summary.add($0) })
      return RecordingOutcome(run: run, result: result, summary: summary)
    }
  }

  @Test("where everything was measured, what to do next is said")
  func completed() throws {
    let outcome = try outcome("100")
    #expect(outcome.failure == nil)
    #expect(outcome.skippedNotes.isEmpty)
    #expect(
      outcome.nextSteps
        == "stored as run \(run.shortID). next: benchdb compare · benchdb show \(run.shortID)")
  }

  @Test("a failed benchmark is counted once, however often it failed")
  func failed() throws {
    let outcome = try outcome("boom", processes: 4)
    #expect(outcome.failure?.status == .failure)
    #expect(
      outcome.failure?.message
        == "1 benchmark failed; everything else is stored as run \(run.shortID).")
    #expect(
      outcome.skippedNotes == [
        "suite/one failed 3 times in the same way; its other 1 process were not started."
      ])
  }

  @Test("an interruption says how to go on")
  func interrupted() throws {
    let outcome = try outcome("100", isInterrupted: true)
    #expect(outcome.failure?.status == .interrupted)
    #expect(
      outcome.failure?.message
        == "interrupted; 0 finished processes are stored as run \(run.shortID), "
        + "`benchdb record --resume` completes it.")
  }
}
