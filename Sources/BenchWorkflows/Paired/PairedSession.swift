package import BenchComparer
package import BenchModel
import BenchOutput
package import BenchRunner
package import BenchStore
import Foundation
import TextCoding

/// One session of a paired comparison: rounds, looks, verdicts. Everything is stored as it is
/// measured.
package struct PairedSession {
  private let order: PairedOrder
  private let builds: PairedBuilds
  private let benchmarks: PairedBenchmarks
  private let head: Revision
  /// The folder `.benchdb`.
  private let storage: String
  private let machine = MachineProbe().machineClass()

  /// What a session came to.
  package struct Outcome {
    package let comparison: Comparison
    /// The series that the comparison judged.
    package let series: [PairedSeries]
    package let ending: PairedRecordingResult.Ending
    package let rounds: Int
  }

  package init(
    order: PairedOrder, builds: PairedBuilds, head: Revision, storage: String
  ) throws {
    self.storage = storage
    self.builds = builds
    self.head = head
    benchmarks = try PairedBenchmarks(
      base: builds.base, head: builds.head, selection: order.selection, profile: order.profile,
      judgesIdentical: order.judgesIdentical)
    self.order = order.taking(turns: benchmarks.takesTurns ? TurnPlan.usualTurns : nil)
    try self.order.refuseTooFewRounds()
  }

  /// Whether processes take turns.
  package var takesTurns: Bool { order.takesTurns }

  /// Whether there is anything to measure: executables that differ.
  package var hasWork: Bool { !benchmarks.measured.isEmpty }

  /// The comparisons of the finished sessions that measured these builds for the same order, oldest
  /// first.
  func finished(in store: ResultsStore) throws -> [Comparison] {
    let runs = try store.finishedPairedRuns(
      purpose: order.purpose, base: builds.base.flatMap(\.builds),
      head: builds.head.flatMap(\.builds), machine: machine, selection: order.selection,
      profile: order.profile)
    return try runs.map { comparison(try store.pairedSeries(ofRun: $0.id)) }
  }

  /// Measures until everything is decided, and resumes an interrupted run of the same builds where
  /// there is one. Where nothing is to be measured, nothing is stored.
  package func run(
    in store: ResultsStore, console: Console, interruption: Interruption
  ) throws -> Outcome {
    guard hasWork else {
      return Outcome(comparison: comparison([]), series: [], ending: .complete, rounds: 0)
    }
    let interrupted = try interruptedRun(in: store)
    let recorded =
      try interrupted.map { try RecordedRun(resuming: $0, in: store) }
      ?? RecordedRun(beginning: newRun(), in: store)
    let result = try recorded.measure(status: \.status) {
      try announce(on: console, resumed: interrupted, in: store)
      let result = try measure(
        recorded, in: store, console: console, interruption: interruption)
      if result.ending == .complete {
        try corroborate(recorded, in: store, console: console, interruption: interruption)
      }
      return result
    }
    let series = try store.pairedSeries(ofRun: recorded.run.id)
    return Outcome(
      comparison: comparison(series), series: series.judged(order.oneLayout), ending: result.ending,
      rounds: result.rounds)
  }

  // MARK: The run

  private func plan(seed: UInt64) -> PairedPlan {
    PairedPlan(
      benchmarks: benchmarks.measured, countingRounds: order.profile.countingProcesses, seed: seed,
      instructionRounds: order.profile.instructionProcesses, counted: builds.countedUnderCallgrind,
      layouts: order.profile.layouts ?? 1, takesTurns: order.takesTurns)
  }

  private func interruptedRun(in store: ResultsStore) throws -> Run? {
    try store.interruptedPairedRun(
      purpose: order.purpose, base: builds.base.flatMap(\.builds),
      head: builds.head.flatMap(\.builds), machine: machine, selection: order.selection,
      profile: order.profile)
  }

  private func newRun() -> Run {
    let seed = Run.randomSeed()
    return Run(
      startingNow: head, purpose: order.purpose, profile: order.profile,
      selection: order.selection, seed: seed,
      plannedProcesses: plan(seed: seed).size(ofRounds: order.plannedRounds))
  }

  private func announce(on console: Console, resumed: Run?, in store: ResultsStore) throws {
    if let resumed {
      let rounds = try store.pairedSeries(ofRun: resumed.id).map(\.rounds.count).max() ?? 0
      console.note(
        "Going on with run \(resumed.shortID), which was interrupted after "
          + "\(English.count(rounds, "round")).")
    }
    console.note(
      "Measuring \(English.count(benchmarks.measured.count, "benchmark")) side by side, at most "
        + "\(English.count(order.plannedRounds, "round")), on "
        + "\(Printable.text(machine.summary)).")
  }

  // MARK: Measuring and judging

  private func measure(
    _ recorded: RecordedRun, in store: ResultsStore, console: Console, interruption: Interruption
  ) throws -> PairedRecordingResult {
    let run = recorded.run
    let deadline = order.timeLimit.map { ContinuousClock.now + $0 }
    let progress = PairedProgressDisplay(console: console, deadline: deadline)
    defer { progress.finish() }
    let recording = try PairedRecording(
      session: recorded.session.id, plan: plan(seed: run.seed), profile: run.profile,
      base: builds.base, head: builds.head)
    return try recording.run(
      looks: order.looks, stored: try store.roundProcesses(ofRun: run.id),
      interruption: interruption, deadline: deadline, state: recorded.state,
      progress: { progress.show($0) }, remark: { progress.note($0) },
      failure: { progress.note($0) },
      undecided: { rounds in
        let open = undecided(try store.pairedSeries(ofRun: run.id), after: rounds)
        progress.note(afterRounds: rounds, undecided: open.count, of: benchmarks.measured.count)
        return open
      },
      save: recorded.save)
  }

  /// Counts the instructions of benchmarks of which they may decide what time did not, and stores
  /// them with the rounds.
  private func corroborate(
    _ recorded: RecordedRun, in store: ResultsStore, console: Console, interruption: Interruption
  ) throws {
    let stored = try store.pairedSeries(ofRun: recorded.run.id)
    let counted = Set(
      stored.filter { $0.head?.counters?.instructions != nil }.map(\.key.benchmark))
    let doubtful = comparison(stored).benchmarksWorthCounting.filter { !counted.contains($0) }
    guard !doubtful.isEmpty else { return }
    let counting = LayoutCorroboration(
      base: builds.base, head: builds.head, storage: storage, interruption: interruption)
    console.note(
      "Counting the instructions of \(English.count(doubtful.count, "benchmark")), which tells what "
        + "time can't.")
    let outcomes = try counting.count(
      doubtful, session: recorded.session.id, profile: recorded.run.profile,
      firstOrder: recorded.run.plannedProcesses, budget: Self.countingBudget,
      state: recorded.state, save: recorded.save)
    for benchmark in doubtful {
      guard case .impossible(let reason)? = outcomes[benchmark] else { continue }
      console.note(
        "The instructions of \(Printable.text(benchmark.description)) can't be counted: "
          + "\(Printable.text(reason)).")
    }
  }

  /// A simulated processor is some fifty times as slow; nobody waits longer for it.
  private static let countingBudget: Duration = .seconds(40)

  /// The benchmarks with a gate series that more rounds may decide. One that is counted in the
  /// first rounds only is not among them.
  private func undecided(_ stored: [PairedSeries], after rounds: Int) -> Set<BenchmarkKey> {
    let decision = order.judge.decision(
      on: all(stored), after: rounds, judgeIdentical: order.judgesIdentical)
    let inEveryRound = Set(stored.filter { $0.rounds.count >= rounds }.map(\.key))
    return Set(decision.undecided.filter(inEveryRound.contains).map(\.benchmark))
  }

  private func comparison(_ stored: [PairedSeries]) -> Comparison {
    order.judge.decision(on: all(stored), judgeIdentical: order.judgesIdentical).comparison
      .adding(identical: benchmarks.identical)
  }

  private func all(_ stored: [PairedSeries]) -> [PairedSeries] {
    benchmarks.series(stored: stored, machine: machine, started: Date())
      .judged(order.oneLayout)
  }
}

extension [PairedSeries] {
  /// The same series as the user wants durations of one layout taken.
  func judged(_ oneLayout: OneLayoutChoice) -> [PairedSeries] {
    oneLayout == .trust ? map(\.trustingOneLayout) : self
  }
}

extension SuiteExecutable {
  /// The builds of it that may run.
  fileprivate var builds: [Build] { [build] + relinked.map(\.build) }
}

extension PairedRecordingResult {
  /// How the run stands afterwards. One whose time was over can be resumed, as one that was
  /// interrupted.
  package var status: RunStatus {
    switch ending {
    case .complete: failed.isEmpty ? .completed : .failed
    case .interrupted, .outOfTime: .interrupted
    }
  }
}
