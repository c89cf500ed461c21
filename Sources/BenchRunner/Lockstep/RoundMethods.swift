import BenchModel

/// Decides how the processes of each benchmark's rounds run beside each other, and runs them so.
///
/// - In turns, where the benchmark can take turns on both sides: on one core where it is judged by
///   CPU time, and on all of them where elapsed time decides, because it waits or has several
///   threads.
/// - At once on one core, where its worker knows no turns and it is judged by CPU time.
/// - One after the other otherwise.
struct RoundMethods {
  private enum Planned {
    case turns(TurnPlan)
    /// The caches stay cold for too long after the other side's turn, or it works between turns.
    case apart
  }

  private let turns: Int
  /// What pilots found out about benchmarks that can take turns.
  private var planned: [BenchmarkKey: Planned] = [:]
  private var hasSaidUnconfined = false
  /// What is to be said of how benchmarks are measured, and was not said yet.
  private var remarks: [PairedRemark] = []

  /// - Parameter turns: the number of turns that count.
  init(turns: Int) { self.turns = turns }

  mutating func takeRemarks() -> [PairedRemark] {
    defer { remarks = [] }
    return remarks
  }

  /// Whether a benchmark that says that it takes turns is measured one process after the other.
  func isApart(_ benchmark: BenchmarkKey) -> Bool {
    if case .apart? = planned[benchmark] { true } else { false }
  }

  /// - Parameters:
  ///   - round: what is to be measured.
  ///   - draw: decides the core and the order of turns.
  /// - Returns: `nil` where the processes are to run one after the other.
  /// - Throws: `RunnerError` where a process can't be started, or the user interrupts.
  mutating func measure(
    _ round: SimultaneousRound, draw: UInt64
  ) throws -> SimultaneousRound.Result? {
    guard round.isOfBothSides else { return nil }
    if round.takesTurns {
      return try confined(round, draw: draw) { methods in
        try methods.inTurns(round, draw: draw)
      }
    }
    guard round.isJudgedByCPUTime, Processors.canConfine else { return nil }
    return try confined(round, draw: draw) { _ in try round.together() }
  }

  private mutating func inTurns(
    _ round: SimultaneousRound, draw: UInt64
  ) throws -> SimultaneousRound.Result? {
    let benchmark = round.arms[0].declaration.key
    if planned[benchmark] == nil {
      switch try round.pilot(turns: turns) {
      case .failed(let record): return .void(record)
      case .turns(let plan):
        planned[benchmark] = .turns(plan)
        if plan.method == .longTurns { remarks.append(.cacheSensitive(benchmark, .longTurns)) }
      case .cacheSensitive:
        planned[benchmark] = .apart
        remarks.append(.cacheSensitive(benchmark, .apart))
      case .busyBetweenTurns:
        planned[benchmark] = .apart
        remarks.append(.busyBetweenTurns(benchmark))
      }
    }
    guard case .turns(let plan)? = planned[benchmark] else { return nil }
    return try round.inTurns(plan, seed: draw)
  }

  /// Runs `body` on one core where CPU time decides.
  private mutating func confined(
    _ round: SimultaneousRound, draw: UInt64,
    _ body: (inout RoundMethods) throws -> SimultaneousRound.Result?
  ) throws -> SimultaneousRound.Result? {
    guard round.isJudgedByCPUTime else { return try body(&self) }
    let (result, isConfined) = try Processors.withOne(drawnBy: draw) { try body(&self) }
    if !isConfined, !hasSaidUnconfined {
      hasSaidUnconfined = true
      remarks.append(.unconfined)
    }
    return result
  }
}

extension SimultaneousRound {
  /// Whether it is timed, and BASE and HEAD are both among its processes.
  fileprivate var isOfBothSides: Bool {
    let sides = Set(arms.map(\.process.position.arm))
    return sides.isSuperset(of: [.base, .head])
      && arms.allSatisfy { $0.process.pass == .timing }
  }

  fileprivate var takesTurns: Bool { arms.allSatisfy(\.declaration.takesTurns) }

  /// Whether CPU time is among what decides, and elapsed time is not.
  fileprivate var isJudgedByCPUTime: Bool {
    arms.allSatisfy { arm in
      let gates = Set(arm.declaration.metrics.filter(\.isGate).map(\.name))
      return gates.contains(Metric.cpu.name) && !gates.contains(Metric.wall.name)
    }
  }
}
