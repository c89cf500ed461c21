package import BenchComparer
package import BenchModel
import BenchOutput
package import BenchRunner
package import BenchStore
import Foundation
import TextCoding

/// What a paired comparison is asked to do.
package struct PairedOrder {
  let purpose: RunPurpose
  package let profile: Profile
  let selection: Selection
  /// After how many rounds to judge; the last one ends it.
  let looks: [Int]
  /// Of measuring; building is not counted.
  package var timeLimit: Duration?
  let judge: PairedJudge
  /// Judges series even where both sides run the same executable.
  let judgesIdentical: Bool
  var benchFrom = BenchFrom.own

  package init(
    purpose: RunPurpose, profile: Profile, selection: Selection, looks: [Int], timeLimit: Duration?,
    judge: PairedJudge, judgesIdentical: Bool, benchFrom: BenchFrom = BenchFrom.own
  ) {
    self.purpose = purpose
    self.profile = profile
    self.selection = selection
    self.looks = looks
    self.timeLimit = timeLimit
    self.judge = judge
    self.judgesIdentical = judgesIdentical
    self.benchFrom = benchFrom
  }

  /// The same order with what is left until `deadline`.
  package func limited(to deadline: ContinuousClock.Instant?) -> PairedOrder {
    var order = self
    order.timeLimit = deadline.map { max(.zero, $0 - .now) }
    return order
  }
}

/// One session of a paired comparison: rounds, looks, verdicts. Everything is stored as it is
/// measured.
package struct PairedSession {
  private let order: PairedOrder
  private let builds: PairedBuilds
  private let benchmarks: PairedBenchmarks
  private let head: Revision
  private let machine = MachineProbe().machineClass()

  /// What a session came to.
  package struct Outcome {
    package let comparison: Comparison
    /// What it stands on.
    let series: [PairedSeries]
    package let ending: PairedRecordingResult.Ending
    let rounds: Int
  }

  package init(order: PairedOrder, builds: PairedBuilds, head: Revision) throws {
    self.order = order
    self.builds = builds
    self.head = head
    benchmarks = try PairedBenchmarks(
      base: builds.base, head: builds.head, selection: order.selection, profile: order.profile,
      judgesIdentical: order.judgesIdentical)
  }

  /// Whether there is anything to measure: executables that differ.
  var hasWork: Bool { !benchmarks.measured.isEmpty }

  /// What the sessions of these builds came to that were made for the same order and are finished,
  /// oldest first.
  func finished(in store: ResultsStore) throws -> [Comparison] {
    let runs = try store.finishedPairedRuns(
      purpose: order.purpose, base: builds.base.flatMap(\.builds),
      head: builds.head.flatMap(\.builds), machine: machine, selection: order.selection,
      profile: order.profile)
    return try runs.map { comparison(try stored($0, in: store)) }
  }

  /// Measures until everything is decided, and goes on with an interrupted run of the same builds
  /// where there is one. Where nothing is to be measured, nothing is stored.
  package func run(
    in store: ResultsStore, console: Console, interruption: Interruption
  ) throws -> Outcome {
    guard hasWork else {
      return Outcome(comparison: comparison([]), series: [], ending: .complete, rounds: 0)
    }
    let probe = MachineProbe()
    let interrupted = try interruptedRun(in: store)
    let run = interrupted ?? newRun(recorder: probe.currentRecorder())
    let session = Session(run: run.id, machine: machine, state: probe.state(), started: Date())
    if interrupted != nil {
      try store.resume(run: run.id, recorder: probe.currentRecorder())
    } else {
      try store.begin(run)
    }
    try store.begin(session)
    let result: PairedRecordingResult
    do {
      announce(on: console, resumed: interrupted, stored: try stored(run, in: store))
      result = try measure(run, session, in: store, console: console, interruption: interruption)
    } catch {
      // The disk may be full or the database gone: say why measuring ended, and leave the run to be
      // gone on with where that can still be written.
      try? store.finish(run: run.id, status: .interrupted)
      throw error
    }
    try store.finish(run: run.id, status: result.status)
    let series = try stored(run, in: store)
    return Outcome(
      comparison: comparison(series), series: series, ending: result.ending,
      rounds: result.rounds)
  }

  // MARK: The run

  private var plannedRounds: Int { order.looks.last ?? 0 }

  private func plan(seed: UInt64) -> PairedPlan {
    PairedPlan(
      benchmarks: benchmarks.measured, countingRounds: order.profile.countingProcesses, seed: seed,
      instructionRounds: order.profile.instructionProcesses, counted: builds.countedUnderCallgrind,
      layouts: order.profile.layouts ?? 1)
  }

  private func interruptedRun(in store: ResultsStore) throws -> Run? {
    try store.interruptedPairedRun(
      purpose: order.purpose, base: builds.base.flatMap(\.builds),
      head: builds.head.flatMap(\.builds), machine: machine, selection: order.selection,
      profile: order.profile)
  }

  private func newRun(recorder: Recorder) -> Run {
    let seed = UInt64.random(in: 0...UInt64(Int64.max))
    return Run(
      revision: head, purpose: order.purpose, profile: order.profile, seed: seed, started: Date(),
      toolVersion: Version.current,
      plannedProcesses: plan(seed: seed).size(ofRounds: plannedRounds),
      selection: order.selection, recorder: recorder)
  }

  private func announce(on console: Console, resumed: Run?, stored: [PairedSeries]) {
    let count = English.count(benchmarks.measured.count, "benchmark")
    if let resumed {
      let rounds = stored.map(\.rounds.count).max() ?? 0
      console.note(
        "Going on with run \(resumed.shortID), which was interrupted after "
          + "\(English.count(rounds, "round")).")
    }
    console.note(
      "Measuring \(count) side by side, at most \(English.count(plannedRounds, "round")), on "
        + "\(Printable.text(machine.summary)).")
  }

  // MARK: Measuring and judging

  private func measure(
    _ run: Run, _ session: Session, in store: ResultsStore, console: Console,
    interruption: Interruption
  ) throws -> PairedRecordingResult {
    let deadline = order.timeLimit.map { ContinuousClock.now + $0 }
    let progress = PairedProgressDisplay(console: console, deadline: deadline)
    defer { progress.finish() }
    let recording = try PairedRecording(
      session: session.id, plan: plan(seed: run.seed), profile: run.profile, base: builds.base,
      head: builds.head)
    return try recording.run(
      looks: order.looks, stored: try store.roundProcesses(ofRun: run.id),
      interruption: interruption, deadline: deadline, state: MachineProbe().state,
      progress: { progress.show($0) }, failure: { progress.note($0) },
      undecided: { rounds in
        let open = undecided(try stored(run, in: store), after: rounds)
        progress.note(afterRounds: rounds, undecided: open.count, of: benchmarks.measured.count)
        return open
      },
      save: { try store.save($0) })
  }

  private func stored(_ run: Run, in store: ResultsStore) throws -> [PairedSeries] {
    try store.pairedSeries(ofRun: run.id)
  }

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
  }
}

extension SuiteExecutable {
  /// Every build of it that may run.
  fileprivate var builds: [Build] { [build] + relinked.map(\.build) }
}

extension PairedRecordingResult {
  /// What ran out of time can be gone on with, as what was interrupted.
  fileprivate var status: RunStatus {
    switch ending {
    case .complete: failed.isEmpty ? .completed : .failed
    case .interrupted, .outOfTime: .interrupted
    }
  }
}

/// What is said on standard error while rounds are measured: a line that is redrawn where somebody
/// watches, and a line for each look.
struct PairedProgressDisplay {
  private let console: Console
  private let deadline: ContinuousClock.Instant?
  private let base: String
  private let head: String
  private let isShown: Bool

  /// `base` and `head` are what the sides are called.
  init(
    console: Console, deadline: ContinuousClock.Instant?, base: String = "the base",
    head: String = "HEAD"
  ) {
    self.console = console
    self.deadline = deadline
    self.base = base
    self.head = head
    isShown = ProgressLine.isShown(
      choice: .auto, isTerminal: console.isErrorTerminal, environment: console.environment)
  }

  func show(_ progress: PairedRecordingProgress) {
    guard isShown else { return }
    let limit = deadline.map { ($0 - .now) / .seconds(1) }
    let line = PairedProgressLine(
      round: progress.round + 1, rounds: progress.lastRound, undecided: progress.undecided,
      current: progress.next.description,
      secondsLeft: [progress.secondsLeft, limit].compactMap(\.self).min())
    Console.write(
      line.redrawn(width: min(console.width, 100)), to: STDERR_FILENO, terminator: "")
  }

  func note(afterRounds rounds: Int, undecided: Int, of total: Int) {
    finish()
    console.note(
      "After \(English.count(rounds, "round")): "
        + (undecided == 0
          ? "all is said." : "\(undecided) of \(English.count(total, "benchmark")) undecided."))
  }

  func note(_ failure: PairedFailure) {
    finish()
    let side = failure.position.arm == .head ? head : base
    let next =
      switch failure.consequence {
      case .runAgain: "It is run once more."
      case .dropped: "That is the second time: it is not measured any further."
      }
    console.note(
      "\(Printable.text(failure.benchmark.description)) failed on \(side) in round "
        + "\(failure.position.round + 1): \(Printable.text(failure.outcome.summary)). \(next)")
  }

  func finish() {
    if isShown { Console.write(ProgressLine.erased, to: STDERR_FILENO, terminator: "") }
  }
}
