package import BenchModel
import BenchOutput
package import BenchRunner
package import BenchStore
import Foundation
import TextCoding

/// Measures one series of two commits in turn until a question about it is answered. What earlier
/// sessions measured of the same executables counts; what is measured is stored process by process.
package struct ProbeSession {
  let series: BisectedSeries
  let console: Console
  let deadline: ContinuousClock.Instant?
  private let profile: Profile
  private let store: ResultsStore
  private let interruption: Interruption
  /// Whether stored rounds are left aside.
  private let measuresAnew: Bool
  private let machine = MachineProbe().machineClass()

  package init(
    series: BisectedSeries, profile: Profile, store: ResultsStore, console: Console,
    interruption: Interruption, deadline: ContinuousClock.Instant?, measuresAnew: Bool
  ) {
    self.series = series
    self.profile = profile.taking(turns: series.takesTurns ? TurnPlan.usualTurns : nil)
    self.store = store
    self.console = console
    self.interruption = interruption
    self.deadline = deadline
    self.measuresAnew = measuresAnew
  }

  package enum Outcome: Hashable {
    /// The series with all its rounds, decided or not.
    case measured(PairedSeries)
    /// The benchmark failed twice, the second time in the second commit, and how.
    case failed(String)
    case outOfTime
  }

  /// Measures both commits in turn; `base` is also the A/A control. `looks` are ascending numbers
  /// of rounds, after which `isDecided` is asked of the rounds that are there.
  /// - Returns: the rounds, or why there are none.
  /// - Throws: `CommandFailure` where a process of `base` failed, `RunnerError.interrupted` where
  ///   the user interrupted.
  package func measure(
    base: BuiltCommit, head: BuiltCommit, looks: [Int], isDecided: (PairedSeries) -> Bool
  ) throws -> Outcome {
    let runs = measuresAnew ? [] : try storedRuns(base: base, head: head)
    if let series = try decided(among: runs, isDecided) { return .measured(series) }
    let recorded = try start(
      runs.first { $0.status == .interrupted }?.run, head: head, looks: looks)
    let result = try recorded.measure(status: \.status) {
      try record(recorded, base: base, head: head, looks: looks, isDecided: isDecided)
    }
    return try outcome(of: recorded.run, result, base: base)
  }

  /// The series of a stored run that answers the question already.
  private func decided(
    among runs: [StoredRun], _ isDecided: (PairedSeries) -> Bool
  ) throws -> PairedSeries? {
    for stored in runs {
      guard let series = try series(of: stored.run), series.isSound, isDecided(series) else {
        continue
      }
      // It was stopped between its last process and its end.
      if stored.status == .interrupted { try store.finish(run: stored.run.id, status: .completed) }
      return series
    }
    return nil
  }

  private func storedRuns(base: BuiltCommit, head: BuiltCommit) throws -> [StoredRun] {
    try store.pairedRuns(
      purpose: .bisect, base: base.builds, head: head.builds, machine: machine,
      selection: series.selection, profile: profile)
  }

  private func start(_ interrupted: Run?, head: BuiltCommit, looks: [Int]) throws -> RecordedRun {
    if let interrupted { return try RecordedRun(resuming: interrupted, in: store) }
    let seed = Run.randomSeed()
    let rounds = looks.last ?? 0
    let run = Run(
      startingNow: Revision(commit: head.commit), purpose: .bisect, profile: profile,
      selection: series.selection, seed: seed,
      plannedProcesses: plan(seed: seed, rounds: rounds).size(ofRounds: rounds))
    return try RecordedRun(beginning: run, in: store)
  }

  private func record(
    _ recorded: RecordedRun, base: BuiltCommit, head: BuiltCommit, looks: [Int],
    isDecided: (PairedSeries) -> Bool
  ) throws -> PairedRecordingResult {
    let run = recorded.run
    let recording = try PairedRecording(
      session: recorded.session.id, plan: plan(seed: run.seed, rounds: looks.last ?? 0),
      profile: profile, base: executable(base), head: executable(head))
    let progress = PairedProgressDisplay(
      console: console, deadline: deadline,
      notes: PairedProgressNotes(base: base.commit.shortHash, head: head.commit.shortHash))
    defer { progress.finish() }
    return try recording.run(
      looks: looks, stored: try store.roundProcesses(ofRun: run.id), interruption: interruption,
      deadline: deadline, state: recorded.state, progress: { progress.show($0) },
      remark: { progress.note($0) }, failure: { progress.note($0) },
      undecided: { _ in
        try self.series(of: run).map(isDecided) ?? false ? [] : [series.benchmark]
      },
      save: recorded.save)
  }

  private func outcome(
    of run: Run, _ result: PairedRecordingResult, base: BuiltCommit
  ) throws -> Outcome {
    switch result.ending {
    case .interrupted: throw RunnerError.interrupted
    case .outOfTime: return .outOfTime
    case .complete: break
    }
    let measured = try series(of: run)
    if let failure = measured?.base?.failures.first {
      throw CommandFailure(
        "'\(series.benchmark)' failed in \(base.commit.shortHash): \(Printable.text(failure)).",
        status: .failure)
    }
    if !result.failed.isEmpty {
      return .failed(measured?.head?.failures.first ?? "the benchmark failed")
    }
    guard let measured, !measured.rounds.isEmpty else {
      throw CommandFailure(
        "'\(series.key)' is declared, and no process reported it; `benchdb show` lists those that "
          + "are measured.", status: .failure)
    }
    return .measured(measured)
  }

  private func plan(seed: UInt64, rounds: Int) -> PairedPlan {
    PairedPlan(
      benchmarks: [series.benchmark], countingRounds: series.countingRounds(of: rounds), seed: seed,
      takesTurns: series.takesTurns)
  }

  private func executable(_ commit: BuiltCommit) -> [SuiteExecutable] {
    commit.executable(of: series.benchmark).map { [$0] } ?? []
  }

  private func series(of run: Run) throws -> PairedSeries? {
    try store.pairedSeries(ofRun: run.id).first { $0.key == series.key }
  }
}

extension PairedSeries {
  /// Whether it can be judged: one that was stopped in its first round has one side, or a failure
  /// that is to be run again.
  fileprivate var isSound: Bool {
    !rounds.isEmpty && base?.failures.isEmpty == true && head?.failures.isEmpty == true
  }
}
