package import BenchModel
package import Foundation

/// The progress of a paired recording. It is reported between processes only, so that drawing it
/// disturbs no sample.
package struct PairedRecordingProgress: Sendable, Hashable {
  /// The round that is running, from 0.
  package let round: Int
  /// The number of rounds after which the recording ends.
  package let lastRound: Int
  /// The number of benchmarks that still take part.
  package let undecided: Int
  package let next: BenchmarkKey
  /// The most seconds left, if nothing is decided before the last look; `nil` before the first
  /// process has ended.
  package let secondsLeft: Double?
}

/// The result of a paired recording.
package struct PairedRecordingResult: Sendable, Hashable {
  package let ending: Ending
  /// The number of rounds that were complete for the benchmarks that took part to the end.
  package let rounds: Int
  /// The number of processes of this session.
  package let processes: Int
  /// The benchmarks of which two processes failed, sorted; they are not measured any further.
  package let failed: [BenchmarkKey]

  package enum Ending: Sendable, Hashable {
    /// Everything is decided, or the last look was taken.
    case complete
    case interrupted
    case outOfTime
  }
}

/// A process of a paired recording that failed, and the consequence.
package struct PairedFailure: Sendable, Hashable {
  package let benchmark: BenchmarkKey
  package let position: RoundPosition
  package let outcome: ProcessOutcome
  package let consequence: Consequence

  package enum Consequence: Sendable, Hashable {
    /// It was the benchmark's first failure, so the process runs once more.
    case runAgain
    /// It was the second failure, so the benchmark is not measured any further.
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

  /// Runs rounds up to each of `looks`, and then continues with the benchmarks that `undecided`
  /// returns.
  ///
  /// It ends when there are none, after the last look, at the deadline, or when the user
  /// interrupts. The process that is interrupted leaves no record; the one at the deadline is
  /// completed.
  ///
  /// - Parameters:
  ///   - looks: numbers of rounds, ascending.
  ///   - stored: the processes of earlier sessions of the run, which are not measured again.
  ///   - interruption: ends the recording when it is requested.
  ///   - deadline: the time from which no process starts.
  ///   - state: called before each process.
  ///   - progress: called before each process.
  ///   - failure: called after a failed process was saved.
  ///   - undecided: gets the number of complete rounds.
  ///   - save: called after each process; an error that it throws ends the recording.
  /// - Returns: how the recording ended, and what it measured.
  /// - Throws: what `undecided` and `save` throw.
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
    return try part.executable.laidOut(process.layout).measure(
      part.declaration, process.pass, order: process.order, position: process.position,
      in: session, profile, state: state, interruption: interruption)
  }
}
