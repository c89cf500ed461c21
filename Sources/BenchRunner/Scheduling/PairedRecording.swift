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

/// What happened to how a paired recording measures, for people.
package enum PairedRemark: Sendable, Hashable {
  /// The system does not let processes be confined to one core.
  case unconfined
  /// What the caches hold matters so much to the benchmark that it is measured in this way.
  case cacheSensitive(BenchmarkKey, RoundMethod)
  /// The benchmark works while it is not its turn, so it is measured one process after the other.
  case busyBetweenTurns(BenchmarkKey)
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
  /// interrupts. The processes that are interrupted leave no record; those at the deadline are
  /// completed.
  ///
  /// - Parameters:
  ///   - looks: numbers of rounds, ascending.
  ///   - stored: the processes of earlier sessions of the run, which are not measured again.
  ///   - interruption: ends the recording when it is requested.
  ///   - deadline: the time from which no process starts.
  ///   - state: called before each process, or before those that run at once.
  ///   - progress: called as `state` is.
  ///   - remark: called where something is to be said of how it measures.
  ///   - failure: called after a failed process was saved.
  ///   - undecided: gets the number of complete rounds.
  ///   - save: called after each process, or with all that ran at once; an error that it throws
  ///     ends the recording.
  /// - Returns: how the recording ended, and what it measured.
  /// - Throws: what `undecided` and `save` throw.
  package func run(
    looks: [Int], stored: [RoundProcess] = [], interruption: Interruption? = nil,
    deadline: ContinuousClock.Instant? = nil, state: () -> MachineState = { MachineState() },
    progress: (PairedRecordingProgress) -> Void = { _ in },
    remark: (PairedRemark) -> Void = { _ in }, failure: (PairedFailure) -> Void = { _ in },
    undecided: (Int) throws -> Set<BenchmarkKey>, save: ([ProcessRecord]) throws -> Void
  ) throws -> PairedRecordingResult {
    var recording = PairedRecordingState(plan: plan, stored: stored, lastRound: looks.last ?? 0)
    var methods = RoundMethods(turns: profile.turns ?? TurnPlan.usualTurns)
    for look in looks where recording.hasWork {
      if recording.rounds > 0 { recording.keep(only: try undecided(recording.rounds)) }
      while true {
        let next = recording.next(before: look)
        guard let first = next.first else { break }
        if interruption?.isRequested == true { return recording.result(.interrupted) }
        if let deadline, deadline <= .now { return recording.result(.outOfTime) }
        progress(recording.progress(first))
        do {
          let started = ContinuousClock.now
          let measured = try measure(
            next, by: &methods, state: state(), interruption: interruption)
          methods.takeRemarks().forEach(remark)
          try save(measured.map { $0.record })
          recording.add(seconds: (.now - started) / .seconds(1))
          for (process, record) in measured {
            guard let consequence = recording.note(process, record) else { continue }
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

  private typealias Measured = (process: PairedProcess, record: ProcessRecord)

  /// Measures the first of the processes or, where they can run at once, all of them.
  private func measure(
    _ processes: [PairedProcess], by methods: inout RoundMethods, state: MachineState,
    interruption: Interruption?
  ) throws -> [Measured] {
    let first = processes[0]
    let round = SimultaneousRound(
      arms: try processes.map { process in
        let part = try part(of: process)
        return SimultaneousRound.Arm(
          process: process, executable: part.executable.laidOut(process.layout),
          declaration: part.declaration)
      }, session: session, profile: profile, state: state, interruption: interruption)
    switch try methods.measure(round, draw: plan.draw(for: first)) {
    case .whole(let records): return Array(zip(processes, records))
    case .void(let record):
      // Every process of the round runs again; the one that failed is stored.
      return processes.filter { $0.position == record.position }.map { ($0, record) }
    case nil:
      var record = try measure(first, state: state, interruption: interruption)
      if methods.isApart(first.benchmark) { record.facts.method = .apart }
      return [(first, record)]
    }
  }

  private func part(of process: PairedProcess) throws -> Part {
    let side = process.position.arm == .head ? head : base
    guard let part = side[process.benchmark] else {
      throw RunnerError.unknownBenchmark("\(process.benchmark)")
    }
    return part
  }

  private func measure(
    _ process: PairedProcess, state: MachineState, interruption: Interruption?
  ) throws -> ProcessRecord {
    let part = try part(of: process)
    return try part.executable.laidOut(process.layout).measure(
      part.declaration, process.pass, order: process.order, position: process.position,
      in: session, profile, state: state, interruption: interruption)
  }
}
