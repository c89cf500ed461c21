package import BenchModel
package import Foundation

/// How far a paired recording is. Given between processes only, so that drawing it disturbs no
/// sample.
package struct PairedRecordingProgress: Sendable, Hashable {
  /// The round that is run now, from 0.
  package let round: Int
  /// After how many rounds nobody asks any further.
  package let lastRound: Int
  /// Benchmarks that still take part.
  package let undecided: Int
  package let next: BenchmarkKey
  /// At most: if nothing is decided before the last look. `nil` before the first process has ended.
  package let secondsLeft: Double?
}

/// What became of a paired recording.
package struct PairedRecordingResult: Sendable, Hashable {
  package let ending: Ending
  /// Rounds that were run whole, by the benchmarks that took part to the end.
  package let rounds: Int
  /// Processes of this session.
  package let processes: Int
  /// Benchmarks of which two processes failed, in order; they are not measured any further.
  package let failed: [BenchmarkKey]

  package enum Ending: Sendable, Hashable {
    /// Everything is decided, or the last look was taken.
    case complete
    case interrupted
    case outOfTime
  }
}

/// A process of a paired recording that failed, and what follows.
package struct PairedFailure: Sendable, Hashable {
  package let benchmark: BenchmarkKey
  package let position: RoundPosition
  package let outcome: ProcessOutcome
  package let consequence: Consequence

  package enum Consequence: Sendable, Hashable {
    /// It was the benchmark's first failure: the process is run once more.
    case runAgain
    /// It was the second: the benchmark is not measured any further.
    case dropped
  }
}

/// Measures two builds side by side, round by round, until everything is decided.
package struct PairedRecording: Sendable {
  private let session: UUID
  private let plan: PairedPlan
  private let profile: Profile
  private let base: [BenchmarkKey: Part]
  private let head: [BenchmarkKey: Part]

  private struct Part: Sendable {
    let executable: SuiteExecutable
    let declaration: BenchmarkDeclaration
  }

  /// Throws `RunnerError.duplicateBenchmark` where two executables of a side declare the same,
  /// `.unknownBenchmark` where a side lacks a benchmark of the plan.
  package init(
    session: UUID, plan: PairedPlan, profile: Profile, base: [SuiteExecutable],
    head: [SuiteExecutable]
  ) throws {
    self.session = session
    self.plan = plan
    self.profile = profile
    self.base = try Self.parts(base, of: plan)
    self.head = try Self.parts(head, of: plan)
  }

  private static func parts(
    _ executables: [SuiteExecutable], of plan: PairedPlan
  ) throws -> [BenchmarkKey: Part] {
    var parts: [BenchmarkKey: Part] = [:]
    for executable in executables {
      for declaration in executable.declarations {
        let part = Part(executable: executable, declaration: declaration)
        guard parts.updateValue(part, forKey: declaration.key) == nil else {
          throw RunnerError.duplicateBenchmark("\(declaration.key)")
        }
      }
    }
    for benchmark in plan.benchmarks where parts[benchmark] == nil {
      throw RunnerError.unknownBenchmark("\(benchmark)")
    }
    return parts
  }

  /// Runs rounds up to each of `looks`, and after it what `undecided` then names, until that is
  /// nothing, the last look is taken, the deadline has passed or the user interrupts. The process
  /// that is interrupted leaves no record; the one at the deadline is completed.
  ///
  /// `looks` ascend. `stored` is what earlier sessions of the run measured, which is not measured
  /// again; no process starts after `deadline`. `state` and `progress` are called before each
  /// process, `save` after each; what it throws ends the recording. `failure` is called after a
  /// process that failed was saved. `undecided` gets the number of rounds that are over.
  package func run(
    looks: [Int], stored: [RoundProcess] = [], interruption: Interruption? = nil,
    deadline: ContinuousClock.Instant? = nil, state: () -> MachineState = { MachineState() },
    progress: (PairedRecordingProgress) -> Void = { _ in },
    failure: (PairedFailure) -> Void = { _ in },
    undecided: (Int) throws -> Set<BenchmarkKey>, save: (ProcessRecord) throws -> Void
  ) throws -> PairedRecordingResult {
    var recording = PairedRecordingState(plan: plan, stored: stored, lastRound: looks.last ?? 0)
    for look in looks where recording.hasWork {
      if recording.rounds > 0 { recording.keep(only: try undecided(recording.rounds)) }
      while let process = recording.next(before: look) {
        if interruption?.isRequested == true { return recording.result(.interrupted) }
        if let deadline, deadline <= .now { return recording.result(.outOfTime) }
        progress(recording.progress(process))
        do {
          let record = try measure(process, state: state(), interruption: interruption)
          try save(record)
          if let consequence = recording.note(process, record) {
            failure(
              PairedFailure(
                benchmark: process.benchmark, position: process.position, outcome: record.outcome,
                consequence: consequence))
          }
        } catch RunnerError.interrupted {
          return recording.result(.interrupted)
        }
      }
    }
    return recording.result(.complete)
  }

  private func measure(
    _ process: PairedProcess, state: MachineState, interruption: Interruption?
  ) throws -> ProcessRecord {
    let side = process.position.arm == .head ? head : base
    guard let part = side[process.benchmark] else {
      throw RunnerError.unknownBenchmark("\(process.benchmark)")
    }
    let executable = part.executable.laidOut(process.layout)
    try executable.checkUnchanged()
    let run = try executable.worker(for: process.pass).run(
      part.declaration, seed: Schedule.workloadSeed, plan: profile.plan(process.pass),
      timeout: executable.timeout(of: profile, process.pass), interruption: interruption)
    return ProcessRecord(
      session: session, build: executable.build, benchmark: part.declaration,
      pass: process.pass, order: process.order, started: run.started, seconds: run.seconds,
      outcome: run.outcome, state: state, facts: run.facts, standardError: run.standardError,
      measurements: run.measurements, position: process.position)
  }
}
