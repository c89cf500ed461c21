/// Decides what comes next while the processes of a round take turns: who starts, whose turn it is,
/// and when the round is over or void. It starts no process and reads no clock.
///
/// The processes start one after the other, each when the one before is ready, so that no setup
/// disturbs another. After the last turn all are told to end. A process that ends too
/// early, takes too long, or says anything but the word that is due makes the round void: then
/// every process is ended, never one side alone.
package struct LockstepMachine<Order: TurnOrder> {
  package enum Action: Hashable {
    case start(Int)
    case send(TurnStep)
    /// Tells all processes to end, and waits for them.
    case finish
    /// Every process has ended as it was told to.
    case complete
    /// The round is void because of this process.
    case void(Int, LockstepFault)
    /// Nothing is to be done now.
    case wait
  }

  package enum Event: Hashable {
    case ready(Int)
    /// The turn took so many nanoseconds.
    case done(Int, nanoseconds: Double)
    /// It said something else.
    case spoke(Int)
    case ended(Int)
    /// It writes without end.
    case flooded(Int)
    /// The time for what is due is over.
    case late
  }

  private enum Phase: Hashable {
    case starting(Int)
    case turn(of: Int)
    case finishing(Set<Int>)
    case over
  }

  package private(set) var turnOrder: Order
  private let count: Int
  private var phase = Phase.starting(0)

  /// - Parameters:
  ///   - turnOrder: whose turn it is when.
  ///   - count: the number of processes, at least 1.
  package init(turnOrder: Order, count: Int) {
    self.turnOrder = turnOrder
    self.count = count
  }

  package func begin() -> Action { .start(0) }

  /// The process for which everybody waits; `nil` while all are ending.
  package var awaited: Int? {
    switch phase {
    case .starting(let process), .turn(let process): process
    case .finishing, .over: nil
    }
  }

  package mutating func receive(_ event: Event) -> Action {
    switch (phase, event) {
    case (.starting(let process), .ready(let speaker)) where process == speaker:
      guard process + 1 < count else { return next(after: nil) }
      phase = .starting(process + 1)
      return .start(process + 1)
    case (.turn(let process), .done(let speaker, let nanoseconds)) where process == speaker:
      return next(after: nanoseconds)
    case (.finishing(var left), .ended(let process)):
      left.remove(process)
      phase = left.isEmpty ? .over : .finishing(left)
      return left.isEmpty ? .complete : .wait
    // What a process says while it ends is what it measured.
    case (.finishing, .spoke), (.over, _): return .wait
    case (_, .flooded(let process)): return void(process, .spoke)
    case (.finishing(let left), .late): return void(left.min() ?? 0, .late)
    case (_, .late): return void(awaited ?? 0, .late)
    case (_, .ended(let process)): return void(process, .ended)
    case (_, .ready(let process)), (_, .done(let process, _)), (_, .spoke(let process)):
      return void(process, .spoke)
    }
  }

  private mutating func next(after nanoseconds: Double?) -> Action {
    if let step = turnOrder.next(after: nanoseconds) {
      phase = .turn(of: step.process)
      return .send(step)
    }
    phase = .finishing(Set(0..<count))
    return .finish
  }

  private mutating func void(_ process: Int, _ fault: LockstepFault) -> Action {
    phase = .over
    return .void(process, fault)
  }
}

/// Why a round is void.
package enum LockstepFault: Hashable {
  /// The process ended before it was told to.
  case ended
  /// It did not answer in time.
  case late
  /// It said something that was not due.
  case spoke
}
