import BenchModel

/// The turns of a pilot round, of BASE and HEAD, from which the turns of a benchmark are planned:
/// how many iterations make a sample, and how cold the caches are after the other side's turn.
///
/// First BASE takes samples of a growing number of iterations, until one is long enough. Then come
/// three blocks. In each, the two sides take turns three times, and then each side takes three
/// turns in a row, as it would alone.
package struct PilotTurns: TurnOrder {
  /// What a turn is for.
  package enum Part: Hashable {
    case sizing
    case lockstep(block: Int)
    case alone(block: Int)
  }

  /// The parts of the turns so far, by their numbers.
  package private(set) var parts: [Part] = []
  /// The turns of the blocks, once a sample has its size.
  package private(set) var plan: TurnPlan?
  private let stretch: Int
  private let seconds: Double
  private var sizing = SampleSizing()
  /// The nanoseconds of the longest turn after the sizing.
  package private(set) var slowestTurn = 0.0
  private var steps: ArraySlice<(process: Int, part: Part)> = []

  package init(stretch: Int, seconds: Double) {
    self.stretch = stretch
    self.seconds = seconds
  }

  package mutating func next(after nanoseconds: Double?) -> TurnStep? {
    if plan != nil { slowestTurn = max(slowestTurn, nanoseconds ?? 0) }
    if plan == nil {
      if let nanoseconds { sizing.add(nanoseconds: nanoseconds) }
      guard let iteration = sizing.iterationNanoseconds else {
        parts.append(.sizing)
        return TurnStep(
          process: 0, turn: parts.count - 1, samples: 1, iterations: sizing.iterations)
      }
      plan = TurnPlan(
        iteration: iteration, stretch: stretch, uncounted: 1, turns: TurnPlan.usualTurns,
        seconds: seconds)
      steps = Self.steps(iteration: iteration)[...]
    }
    guard let plan, let step = steps.popFirst() else { return nil }
    parts.append(step.part)
    return TurnStep(
      process: step.process, turn: parts.count - 1, samples: max(2, plan.samples),
      iterations: plan.iterations)
  }

  /// The nanoseconds of one iteration, once that is known.
  package var iterationNanoseconds: Double? { sizing.iterationNanoseconds }

  /// Fewer blocks of what takes long: an iteration of milliseconds hardly notices cold caches.
  private static func steps(iteration: Double) -> [(process: Int, part: Part)] {
    let blocks = iteration > longIteration ? 1 : 3
    return (0..<blocks).flatMap { block -> [(process: Int, part: Part)] in
      let turns = (0..<3).flatMap { turn in
        (turn.isMultiple(of: 2) ? [0, 1] : [1, 0]).map { ($0, Part.lockstep(block: block)) }
      }
      let alone = [0, 1].flatMap { process in
        (0..<3).map { _ in (process, Part.alone(block: block)) }
      }
      return turns + alone
    }
  }

  static let longIteration = 1e7
}
