import BenchModel
import BenchOutput
package import BenchRunner
package import BenchStore
import Foundation
import TextCoding

/// One session of one run: plan, measure, store, show.
package struct RecordingSession {
  let run: Run
  private let isResumed: Bool
  private let schedule: Schedule
  private let remaining: [PlannedProcess]
  private let executables: [SuiteExecutable]

  /// - Throws: `RunnerError` for a selection that selects nothing; `CommandFailure` where an
  ///   interrupted run's plan can't be made again.
  package init(order: RecordingOrder, executables: [SuiteExecutable]) throws {
    schedule = try Schedule(
      declarations: executables.flatMap(\.declarations), profile: order.profile,
      selection: order.selection, seed: order.seed,
      counted: executables.reduce(into: []) { $0.formUnion($1.countedUnderCallgrind) })
    remaining = schedule.remaining(finished: order.finished)
    self.executables = executables
    isResumed = order.resumed != nil
    run =
      order.resumed
      ?? Run(
        revision: order.revision, purpose: order.purpose, profile: order.profile, seed: order.seed,
        started: Date(), toolVersion: Version.current,
        plannedProcesses: schedule.processes.count, selection: order.selection,
        recorder: MachineProbe().currentRecorder())
    guard run.plannedProcesses == schedule.processes.count else {
      throw CommandFailure(
        "run \(run.shortID) planned \(run.plannedProcesses) processes and its executables now ask "
          + "for \(schedule.processes.count); record it anew.")
    }
  }

  /// Measures what the plan still lacks and stores it process by process.
  /// - Throws: `CommandFailure` with status 3 where a benchmark failed, 130 where the user
  ///   interrupted.
  package func run(
    in store: ResultsStore, console: Console, showsAll: Bool, interruption: Interruption
  ) throws {
    let (result, summary) = try record(in: store, console: console, interruption: interruption)
    try report(result, summary, on: console, showsAll: showsAll)
  }

  /// The same, and says nothing of what came of it.
  func record(
    in store: ResultsStore, console: Console, interruption: Interruption
  ) throws -> (RecordingResult, RecordSummary) {
    let probe = MachineProbe()
    let session = Session(
      run: run.id, machine: probe.machineClass(), state: probe.state(), started: Date())
    if isResumed {
      try store.resume(run: run.id, recorder: probe.currentRecorder())
    } else {
      try store.begin(run)
    }
    try store.begin(session)
    announce(on: console, machine: session.machine)
    var summary = RecordSummary()
    let result: RecordingResult
    do {
      result = try measure(
        session: session, store: store, probe: probe, console: console, summary: &summary,
        interruption: interruption)
    } catch {
      // The disk may be full or the database gone: say why measuring ended, and leave the run to be
      // resumed where that can still be written.
      try? store.finish(run: run.id, status: .interrupted)
      throw error
    }
    try store.finish(run: run.id, status: try status(of: result, in: store))
    return (result, summary)
  }

  private func measure(
    session: Session, store: ResultsStore, probe: MachineProbe, console: Console,
    summary: inout RecordSummary, interruption: Interruption
  ) throws -> RecordingResult {
    let progress = ProgressDisplay(console: console)
    defer { progress.finish() }
    let recording = try Recording(
      session: session.id, processes: remaining, profile: run.profile, executables: executables)
    return try recording.run(
      interruption: interruption, state: probe.state, progress: { progress.show($0) },
      save: { record in
        try store.save(record)
        summary.add(record)
      })
  }

  /// A resumed run has also failed where its earlier session did.
  private func status(of result: RecordingResult, in store: ResultsStore) throws -> RunStatus {
    if result.isInterrupted { return .interrupted }
    let stored = try store.storedProcesses(ofRun: run.id)
    return stored.contains { !$0.isCompleted } ? .failed : .completed
  }

  private func announce(on console: Console, machine: MachineClass) {
    let seconds = Schedule.estimatedSeconds(of: remaining, profile: run.profile)
    let benchmarks = Set(remaining.map(\.benchmark.key)).count
    console.note(
      "Measuring \(English.count(benchmarks, "benchmark")) of \(run.revision.title) in "
        + "\(English.count(remaining.count, "process", "processes")) (profile \(run.profile.name), "
        + "about \(WaitingTime.text(seconds: max(seconds, 1)))) on "
        + "\(Printable.text(machine.summary)).")
  }

  private func report(
    _ result: RecordingResult, _ summary: RecordSummary, on console: Console, showsAll: Bool
  ) throws {
    console.answer(
      summary.text(showsAll: showsAll, width: console.width, style: console.style))
    for skipped in result.skipped {
      console.note(
        "\(Printable.text(skipped.benchmark.description)) failed "
          + "\(Recording.identicalFailureLimit) times in the same way; its other "
          + "\(English.count(skipped.processes, "process", "processes")) were not started.")
    }
    if result.isInterrupted {
      throw CommandFailure(
        "interrupted; \(result.completed) finished processes are stored as run \(run.shortID), "
          + "`benchdb record --resume` completes it.", status: .interrupted)
    }
    if !summary.failures.isEmpty {
      let benchmarks = Set(summary.failures.map(\.benchmark)).count
      throw CommandFailure(
        "\(English.count(benchmarks, "benchmark")) failed; everything else is stored as run "
          + "\(run.shortID).", status: .failure)
    }
    console.note(
      "stored as run \(run.shortID). next: benchdb compare · benchdb show \(run.shortID)")
  }
}

/// The line on standard error that says how far measuring is; nothing where nobody watches.
private struct ProgressDisplay {
  private let console: Console
  private let isShown: Bool
  private let started = ContinuousClock.now

  init(console: Console) {
    self.console = console
    isShown = ProgressLine.isShown(
      choice: .auto, isTerminal: console.isErrorTerminal, environment: console.environment)
  }

  func show(_ progress: RecordingProgress) {
    guard isShown else { return }
    let line = ProgressLine(
      done: progress.done, total: progress.total, current: progress.next?.description ?? "",
      elapsedSeconds: (ContinuousClock.now - started) / .seconds(1))
    Console.write(
      line.redrawn(width: min(console.width, 100)), to: STDERR_FILENO, terminator: "")
  }

  func finish() {
    if isShown { Console.write(ProgressLine.erased, to: STDERR_FILENO, terminator: "") }
  }
}
