import BenchModel
import BenchRunner
import Foundation

/// One side of a benchmark that is to be counted.
struct CountedPart {
  let executable: SuiteExecutable
  let declaration: BenchmarkDeclaration
}

/// Why a benchmark can't be counted.
struct CountingObstacle: Error {
  let reason: String
}

/// Counts one benchmark after the other, and prepares each executable once.
struct CorroborationCounting {
  private let session: UUID
  private let profile: Profile
  private let storage: String
  private let interruption: Interruption?
  private let deadline: ContinuousClock.Instant?
  private var ways: [String: Way] = [:]
  private var wholes: [String: WholeProcessCount] = [:]

  /// How the instructions of an executable are counted.
  private enum Way {
    /// In its bodies, by BenchKit under callgrind.
    case bodies(CallgrindWorker)
    case wholeProcess
    case alongside
  }

  init(
    session: UUID, profile: Profile, storage: String, interruption: Interruption?,
    deadline: ContinuousClock.Instant?
  ) {
    self.session = session
    self.profile = profile
    self.storage = storage
    self.interruption = interruption
    self.deadline = deadline
  }

  /// - Returns: the records of both sides, in order.
  /// - Throws: `CountingObstacle` where one side can't be counted, `RunnerError.interrupted`.
  mutating func count(
    _ benchmark: BenchmarkKey, base: CountedPart, head: CountedPart
  ) throws -> (base: [ProcessRecord], head: [ProcessRecord]) {
    try secondsLeft()
    do {
      switch (try way(of: base.executable), try way(of: head.executable)) {
      case (.alongside, _), (_, .alongside):
        throw CountingObstacle(reason: "it counts them itself, in every round")
      case (.bodies(let before), .bodies(let after)):
        return (
          try bodies(base, under: before, arm: .base), try bodies(head, under: after, arm: .head)
        )
      default:
        // Counts of bodies and of whole processes can't be compared.
        return (try [wholeProcess(base, arm: .base)], try [wholeProcess(head, arm: .head)])
      }
    } catch RunnerError.valgrindMissing {
      throw CountingObstacle(reason: "there is no valgrind here (`apt-get install valgrind`)")
    }
  }

  private mutating func way(of executable: SuiteExecutable) throws -> Way {
    let path = executable.worker.command.joined(separator: " ")
    if let known = ways[path] { return known }
    let way: Way =
      switch try InstructionCounting(of: executable, interruption: interruption) {
      case .alongside: .alongside
      case .impossible: .wholeProcess
      case .underCallgrind:
        .bodies(
          try executable.callgrind
            ?? CallgrindWorker(
              executable.counting.worker, storage: storage, interruption: interruption))
      }
    ways[path] = way
    return way
  }

  // MARK: Bodies

  /// Two processes count, since one can't show that its count repeats.
  private func bodies(
    _ part: CountedPart, under worker: CallgrindWorker, arm: RoundPosition.Arm
  ) throws -> [ProcessRecord] {
    var executable = part.executable
    executable.callgrind = worker
    let records = try (0..<2).map { round in
      try secondsLeft()
      let record = try executable.counting.measure(
        part.declaration, .instructions, order: 0,
        position: RoundPosition(round: round, arm: arm), in: session, profile,
        state: MachineState(), interruption: interruption)
      guard record.outcome.isCompleted, record.instructions != nil else {
        throw CountingObstacle(reason: "under callgrind it failed: \(record.outcome.summary)")
      }
      return record
    }
    let counts = records.compactMap(\.instructions)
    guard let least = counts.min(), let most = counts.max(), most - least <= 0.001 * most else {
      throw CountingObstacle(reason: "its count does not repeat within 0.1 %")
    }
    return records
  }

  // MARK: Whole processes

  private mutating func wholeProcess(
    _ part: CountedPart, arm: RoundPosition.Arm
  ) throws -> ProcessRecord {
    let executable = part.executable.counting
    try executable.checkUnchanged()
    let limit = executable.timeout(of: profile, .instructions)
    let left = try secondsLeft()
    let outcome = try whole(executable).count(
      part.declaration, timeout: min(limit, left ?? limit), interruption: interruption)
    switch outcome {
    case .counted(let counted): return record(counted, of: executable, part.declaration, arm)
    case .impossible(let reason):
      try secondsLeft()
      throw CountingObstacle(reason: reason)
    }
  }

  private mutating func whole(_ executable: SuiteExecutable) throws -> WholeProcessCount {
    let path = executable.worker.command.joined(separator: " ")
    if let known = wholes[path] { return known }
    let made = try WholeProcessCount(
      executable.worker, storage: storage, interruption: interruption)
    wholes[path] = made
    return made
  }

  private func record(
    _ counted: WholeProcessCount.Counted, of executable: SuiteExecutable,
    _ declaration: BenchmarkDeclaration, _ arm: RoundPosition.Arm
  ) -> ProcessRecord {
    let metric =
      declaration.metrics.first { $0.name == Metric.instructions.name } ?? .instructions
    return ProcessRecord(
      session: session, build: executable.build, benchmark: declaration.declaring(metric),
      pass: .instructions, order: 0, started: counted.started, seconds: counted.seconds,
      outcome: .completed, facts: executable.naming(counted.facts),
      measurements: [
        MetricSamples(
          metric: metric, values: [counted.instructions], iterations: [counted.iterations],
          warmUpCount: 0, summary: MeasurementSummary(of: [counted.instructions]))
      ],
      position: RoundPosition(round: 0, arm: arm))
  }

  /// The seconds until the deadline; `nil` where there is none.
  /// - Throws: `CountingObstacle` where it is over.
  @discardableResult
  private func secondsLeft() throws -> Double? {
    guard let deadline else { return nil }
    let left = deadline - .now
    guard left > .zero else { throw CountingObstacle(reason: "the time was over") }
    return left / .seconds(1)
  }
}

extension ProcessRecord {
  fileprivate var instructions: Double? {
    measurements.first { $0.metric.name == Metric.instructions.name }?.summary.median
  }
}

extension BenchmarkDeclaration {
  /// The same benchmark, which also declares `metric`.
  fileprivate func declaring(_ metric: Metric) -> BenchmarkDeclaration {
    guard !metrics.contains(where: { $0.name == metric.name }) else { return self }
    return BenchmarkDeclaration(
      key: key, version: version, metrics: metrics + [metric], source: source)
  }
}
