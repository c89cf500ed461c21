import BenchComparer
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
  let profile: Profile
  let store: ResultsStore
  let console: Console
  let interruption: Interruption
  let deadline: ContinuousClock.Instant?
  /// Leaves stored rounds aside.
  let measuresAnew: Bool

  package init(
    series: BisectedSeries, profile: Profile, store: ResultsStore, console: Console,
    interruption: Interruption, deadline: ContinuousClock.Instant?, measuresAnew: Bool
  ) {
    self.series = series
    self.profile = profile
    self.store = store
    self.console = console
    self.interruption = interruption
    self.deadline = deadline
    self.measuresAnew = measuresAnew
  }
  private let machine = MachineProbe().machineClass()

  enum Outcome {
    /// The series with all its rounds; open where the last look left it so.
    case measured(PairedSeries)
    /// The benchmark failed twice, the second time in the second commit, and how.
    case failed(String)
    case outOfTime
  }

  /// `base` is measured in the arms `base` and `null`. `looks` are numbers of rounds, ascending,
  /// after which `isDecided` is asked of the rounds that are there.
  /// - Throws: `CommandFailure` where a process of `base` failed or the user interrupted.
  func measure(
    base: BuiltCommit, head: BuiltCommit, looks: [Int], isDecided: (PairedSeries) -> Bool
  ) throws -> Outcome {
    let runs = measuresAnew ? [] : try storedRuns(base: base, head: head)
    for stored in runs {
      guard let series = try series(of: stored.run), series.isSound, isDecided(series) else {
        continue
      }
      // It was stopped between its last process and its end.
      if stored.status == .interrupted { try store.finish(run: stored.run.id, status: .completed) }
      return .measured(series)
    }
    let run = try begin(runs.first { $0.status == .interrupted }?.run, head: head, looks: looks)
    let result: PairedRecordingResult
    do {
      result = try record(run, base: base, head: head, looks: looks, isDecided: isDecided)
    } catch {
      // As in every session: leave the run to be gone on with, where that can still be written.
      try? store.finish(run: run.id, status: .interrupted)
      throw error
    }
    try store.finish(run: run.id, status: result.status)
    return try outcome(of: run, result, base: base)
  }

  private func storedRuns(base: BuiltCommit, head: BuiltCommit) throws -> [StoredRun] {
    try store.pairedRuns(
      purpose: .bisect, base: base.builds, head: head.builds, machine: machine,
      selection: series.selection, profile: profile)
  }

  private func begin(_ interrupted: Run?, head: BuiltCommit, looks: [Int]) throws -> Run {
    let recorder = MachineProbe().currentRecorder()
    if let interrupted {
      try store.resume(run: interrupted.id, recorder: recorder)
      return interrupted
    }
    let seed = UInt64.random(in: 0...UInt64(Int64.max))
    let rounds = looks.last ?? 0
    let run = Run(
      revision: Revision(commit: head.commit), purpose: .bisect, profile: profile, seed: seed,
      started: Date(), toolVersion: Version.current,
      plannedProcesses: plan(seed: seed, rounds: rounds).size(ofRounds: rounds),
      selection: series.selection, recorder: recorder)
    try store.begin(run)
    return run
  }

  private func record(
    _ run: Run, base: BuiltCommit, head: BuiltCommit, looks: [Int],
    isDecided: (PairedSeries) -> Bool
  ) throws -> PairedRecordingResult {
    let probe = MachineProbe()
    let session = Session(run: run.id, machine: machine, state: probe.state(), started: Date())
    try store.begin(session)
    let recording = try PairedRecording(
      session: session.id, plan: plan(seed: run.seed, rounds: looks.last ?? 0), profile: profile,
      base: executable(base), head: executable(head))
    let progress = PairedProgressDisplay(
      console: console, deadline: deadline, base: base.commit.shortHash,
      head: head.commit.shortHash)
    defer { progress.finish() }
    return try recording.run(
      looks: looks, stored: try store.roundProcesses(ofRun: run.id), interruption: interruption,
      deadline: deadline, state: probe.state, progress: { progress.show($0) },
      failure: { progress.note($0) },
      undecided: { _ in
        try self.series(of: run).map(isDecided) ?? false ? [] : [series.benchmark]
      },
      save: { try store.save($0) })
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
      benchmarks: [series.benchmark], countingRounds: series.countingRounds(of: rounds), seed: seed)
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

extension PairedRecordingResult {
  fileprivate var status: RunStatus {
    switch ending {
    case .complete: failed.isEmpty ? .completed : .failed
    case .interrupted, .outOfTime: .interrupted
    }
  }
}
