package import BenchModel
import BenchOutput
package import BenchRunner
package import BenchStore
import Foundation
import TextCoding

/// One session of one run: plan, measure, store, show.
package struct RecordingSession {
  package let run: Run
  private let isResumed: Bool
  /// The processes that the plan still lacks, in order.
  package let remaining: [PlannedProcess]
  private let executables: [SuiteExecutable]

  /// - Throws: `RunnerError` for a selection that selects nothing; `CommandFailure` where an
  ///   interrupted run's plan can't be made again.
  package init(order: RecordingOrder, executables: [SuiteExecutable]) throws {
    let schedule = try order.schedule(of: executables)
    remaining = schedule.remaining(finished: order.finished)
    self.executables = executables
    isResumed = order.resumed != nil
    run =
      order.resumed
      ?? Run(
        startingNow: order.revision, purpose: order.purpose, profile: order.profile,
        selection: order.selection, seed: order.seed, plannedProcesses: schedule.processes.count)
    guard run.plannedProcesses == schedule.processes.count else {
      throw CommandFailure(
        "run \(run.shortID) planned \(run.plannedProcesses) processes and its executables now ask "
          + "for \(schedule.processes.count); record it anew.")
    }
  }

  /// Measures what the plan still lacks, stores it process by process and shows what came of it.
  /// - Throws: `CommandFailure` with status 3 where a benchmark failed, 130 where the user
  ///   interrupted.
  package func run(
    in store: ResultsStore, console: Console, showsAll: Bool, interruption: Interruption
  ) throws {
    try record(in: store, console: console, interruption: interruption)
      .report(on: console, showsAll: showsAll)
  }

  /// Measures and stores the same, and shows nothing of what came of it.
  package func record(
    in store: ResultsStore, console: Console, interruption: Interruption
  ) throws -> RecordingOutcome {
    let recorded =
      try isResumed
      ? RecordedRun(resuming: run, in: store) : RecordedRun(beginning: run, in: store)
    console.note(announcement(machine: recorded.session.machine))
    var summary = RecordSummary()
    let result = try recorded.measure(status: { try status(of: $0, in: store) }) {
      try measure(recorded, console: console, interruption: interruption) { summary.add($0) }
    }
    return RecordingOutcome(run: run, result: result, summary: summary)
  }

  private func measure(
    _ recorded: RecordedRun, console: Console, interruption: Interruption,
    stored: (ProcessRecord) -> Void
  ) throws -> RecordingResult {
    let progress = RecordingProgressDisplay(console: console)
    defer { progress.finish() }
    let recording = try Recording(
      session: recorded.session.id, processes: remaining, profile: run.profile,
      executables: executables)
    return try recording.run(
      interruption: interruption, state: recorded.state, progress: { progress.show($0) },
      save: { process in
        try recorded.save(process)
        stored(process)
      })
  }

  /// A resumed run has also failed where its earlier session did.
  private func status(of result: RecordingResult, in store: ResultsStore) throws -> RunStatus {
    if result.isInterrupted { return .interrupted }
    let stored = try store.storedProcesses(ofRun: run.id)
    return stored.contains { !$0.isCompleted } ? .failed : .completed
  }

  /// What is going to be measured, where, and about how long that takes.
  package func announcement(machine: MachineClass) -> String {
    let seconds = Schedule.estimatedSeconds(of: remaining, profile: run.profile)
    let benchmarks = Set(remaining.map(\.benchmark.key)).count
    return "Measuring \(English.count(benchmarks, "benchmark")) of \(run.revision.title) in "
      + "\(English.count(remaining.count, "process", "processes")) (profile \(run.profile.name), "
      + "about \(WaitingTime.text(seconds: max(seconds, 1)))) on "
      + "\(Printable.text(machine.summary))."
  }
}
