/// One turn: whose it is, and what happens in it.
package struct TurnStep: Hashable {
  package let process: Int
  package let turn: Int
  package let samples: Int
  package let iterations: Int
}

/// The order of turns.
package protocol TurnOrder {
  /// The next turn, or `nil` where that was the last; `nanoseconds` is how long the turn before
  /// took, `nil` for the first.
  mutating func next(after nanoseconds: Double?) -> TurnStep?
}

/// The turns of a round. In each the processes follow one another in random order, and in the next
/// one in the opposite order, so that a drift from one turn to the next hits all alike.
package struct RoundTurns: TurnOrder, Hashable {
  private let plan: TurnPlan
  private let count: Int
  private var random: ScheduleRandom
  private var order: [Int] = []
  private var position = 0
  private var turn = 0

  package init(plan: TurnPlan, count: Int, seed: UInt64) {
    self.plan = plan
    self.count = count
    random = ScheduleRandom(seed: seed)
    order = random.shuffled(Array(0..<count))
  }

  package mutating func next(after nanoseconds: Double?) -> TurnStep? {
    if position == count {
      position = 0
      turn += 1
      order = turn.isMultiple(of: 2) ? random.shuffled(order.sorted()) : order.reversed()
    }
    guard turn < plan.turns else { return nil }
    defer { position += 1 }
    return TurnStep(
      process: order[position], turn: turn, samples: plan.samples, iterations: plan.iterations)
  }
}
