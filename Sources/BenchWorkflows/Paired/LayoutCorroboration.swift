package import BenchModel
package import BenchRunner
package import Foundation

/// Counts the instructions of benchmarks on both sides of a paired session, so that a duration that
/// moved where each side has one layout can be believed or not.
///
/// Any worker can be counted. One made with BenchKit counts its bodies under callgrind; of any
/// other the whole process is counted, where its work is fixed (`WholeProcessCount`). Counts are
/// saved as processes of the pass `instructions`, so that `pairedSeries(ofRun:)` finds them again
/// as counters of both sides. Where nothing can be counted, nothing is saved.
package struct LayoutCorroboration {
  /// What came of one benchmark.
  package enum Outcome: Sendable, Hashable {
    /// The instructions of one iteration on each side.
    case counted(base: ProcessCounters, head: ProcessCounters)
    /// Why nothing can be counted, to follow 'its instructions can't be counted: '.
    case impossible(String)
  }

  private let base: [SuiteExecutable]
  private let head: [SuiteExecutable]
  private let storage: String
  private let interruption: Interruption?

  /// `storage` is the folder `.benchdb`.
  package init(
    base: [SuiteExecutable], head: [SuiteExecutable], storage: String,
    interruption: Interruption? = nil
  ) {
    self.base = base
    self.head = head
    self.storage = storage
    self.interruption = interruption
  }

  /// Counts each of `benchmarks` on both sides.
  ///
  /// - Parameters:
  ///   - benchmarks: what is counted, in this order.
  ///   - session: the session of the records.
  ///   - profile: how much a process of the session measures.
  ///   - firstOrder: the position of the first record in the run's plan; each record has the next.
  ///   - budget: how long counting may take; a benchmark for which no time is left is not counted.
  ///   - state: called for each record.
  ///   - progress: called before each benchmark.
  ///   - save: called with the records of a benchmark that was counted on both sides.
  /// - Returns: an outcome for each of `benchmarks`.
  /// - Throws: `RunnerError.interrupted` where the user interrupts, and what `save` throws.
  package func count(
    _ benchmarks: [BenchmarkKey], session: UUID, profile: Profile, firstOrder: Int = 0,
    budget: Duration? = nil, state: () -> MachineState = { MachineState() },
    progress: (BenchmarkKey) -> Void = { _ in }, save: (ProcessRecord) throws -> Void
  ) throws -> [BenchmarkKey: Outcome] {
    let deadline = budget.map { ContinuousClock.now + $0 }
    var counting = CorroborationCounting(
      session: session, profile: profile, storage: storage, interruption: interruption,
      deadline: deadline)
    var order = firstOrder
    var outcomes: [BenchmarkKey: Outcome] = [:]
    for benchmark in benchmarks where outcomes[benchmark] == nil {
      if interruption?.isRequested == true { throw RunnerError.interrupted }
      progress(benchmark)
      do {
        let sides = try counting.count(
          benchmark, base: Self.part(of: benchmark, base), head: Self.part(of: benchmark, head))
        for record in sides.base + sides.head {
          try save(record.taking(order: order, state: state()))
          order += 1
        }
        outcomes[benchmark] = .counted(
          base: ProcessCounters(instructions: sides.base.instructions),
          head: ProcessCounters(instructions: sides.head.instructions))
      } catch let obstacle as CountingObstacle {
        outcomes[benchmark] = .impossible(obstacle.reason)
      }
    }
    return outcomes
  }

  private static func part(
    of benchmark: BenchmarkKey, _ executables: [SuiteExecutable]
  ) throws -> CountedPart {
    for executable in executables {
      if let declaration = executable.declarations.first(where: { $0.key == benchmark }) {
        return CountedPart(executable: executable, declaration: declaration)
      }
    }
    throw CountingObstacle(reason: "one side does not have it")
  }
}

extension ProcessRecord {
  fileprivate func taking(order: Int, state: MachineState) -> ProcessRecord {
    ProcessRecord(
      id: id, session: session, build: build, benchmark: benchmark, pass: pass, order: order,
      started: started, seconds: seconds, outcome: outcome, state: state, facts: facts,
      standardError: standardError, measurements: measurements, position: position)
  }
}

extension [ProcessRecord] {
  /// The median count of one iteration, as `pairedSeries(ofRun:)` gives it.
  fileprivate var instructions: Double? {
    let values = flatMap(\.measurements)
      .filter { $0.metric.name == Metric.instructions.name }.map(\.summary.median)
    return values.isEmpty ? nil : MeasurementSummary(of: values).median
  }
}
