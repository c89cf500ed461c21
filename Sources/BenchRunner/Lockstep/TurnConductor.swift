import BenchModel
import Foundation

/// Conducts the turns of a round: starts its processes, tells each when it is its turn, and ends
/// all of them together. `LockstepMachine` decides; this is the part that touches processes.
struct TurnConductor<Order: TurnOrder> {
  private let programs: [ChildProcess]
  private let limits: TurnLimits
  private let interruption: Interruption?
  private var machine: LockstepMachine<Order>
  private var group: ProcessGroup
  private var deadline = ContinuousClock.now
  private var limit = Duration.zero
  private var turnStarted = ContinuousClock.now

  /// What became of the round.
  struct Outcome {
    let answers: [WorkerAnswer]
    /// The process because of which the round is void; `nil` where it is whole.
    let fault: (process: Int, kind: LockstepFault)?
    /// The limit of what was due last.
    let limit: Duration
    let turnOrder: Order
  }

  init(
    programs: [ChildProcess], turnOrder: Order, limits: TurnLimits, interruption: Interruption?
  ) {
    self.programs = programs
    self.limits = limits
    self.interruption = interruption
    machine = LockstepMachine(turnOrder: turnOrder, count: programs.count)
    group = ProcessGroup(
      interruption: interruption, maximumBytes: WorkerLimits.totalBytes)
  }

  /// - Throws: `RunnerError` where a process can't be started, or the user interrupts. Then none is
  ///   left.
  mutating func conduct() throws -> Outcome {
    do {
      var action = machine.begin()
      while true {
        switch action {
        case .complete: return outcome(fault: nil)
        case .void(let process, let kind): return void(process, kind)
        case .start, .send, .finish, .wait: try perform(action)
        }
        action = machine.receive(try nextEvent())
      }
    } catch {
      group.end(because: .interrupted)
      _ = group.close()
      throw error
    }
  }

  private mutating func perform(
    _ action: LockstepMachine<Order>.Action
  ) throws {
    switch action {
    case .start(let process):
      expect(within: limits.setup)
      try group.start(programs[process])
    case .send(let step):
      let command = TurnCommand.go(
        turn: step.turn, samples: step.samples, iterations: step.iterations)
      turnStarted = .now
      expect(within: limits.turn)
      group.send(command.line + "\n", to: step.process)
    case .finish:
      expect(within: limits.end)
      for process in programs.indices {
        group.send(TurnCommand.end.line + "\n", to: process)
        group.closeInput(of: process)
      }
    case .complete, .void, .wait: break
    }
  }

  private mutating func expect(within limit: Duration) {
    self.limit = limit
    deadline = .now + limit
  }

  private mutating func nextEvent() throws -> LockstepMachine<Order>.Event {
    while true {
      switch try group.wait(until: deadline) {
      case .interrupted: throw RunnerError.interrupted
      case .late: return .late
      case .flooded(let process): return .flooded(process)
      case .ended(let process): return .ended(process)
      case .answered(let process):
        if let event = event(from: process) { return event }
      }
    }
  }

  /// The word that a process said; `nil` where it is not whole yet, or the process tells what it
  /// measured.
  private mutating func event(from process: Int) -> LockstepMachine<Order>.Event? {
    guard machine.awaited != nil else { return nil }
    guard let line = group.takeLine(of: process) else { return nil }
    switch String(decoding: line, as: UTF8.self) {
    case TurnCommand.ready: return .ready(process)
    case TurnCommand.done:
      return .done(process, nanoseconds: (.now - turnStarted) / .nanoseconds(1))
    default:
      group.putBack(line, of: process)
      return .spoke(process)
    }
  }

  /// Ends every process. One that announced why it fails gets a moment to end by itself.
  private mutating func void(_ process: Int, _ kind: LockstepFault) -> Outcome {
    if kind == .spoke {
      let deadline = ContinuousClock.now + limits.lastWords
      loop: while let occurrence = try? group.wait(until: deadline) {
        switch occurrence {
        case .ended(process), .late, .interrupted, .flooded: break loop
        case .ended, .answered: continue
        }
      }
    }
    group.end(because: kind == .late ? .timedOut : .voided)
    return outcome(fault: (process, kind))
  }

  private mutating func outcome(fault: (Int, LockstepFault)?) -> Outcome {
    Outcome(
      answers: group.close(), fault: fault.map { (process: $0.0, kind: $0.1) },
      limit: limit,
      turnOrder: machine.turnOrder)
  }
}

/// How long each part of a round may take.
struct TurnLimits {
  /// From the start of a process until it is ready.
  let setup: Duration
  let turn: Duration
  /// From the command to end until all processes have ended.
  let end: Duration
  /// From an announced failure until the process has ended.
  let lastWords: Duration = .seconds(1)

  /// - Parameters:
  ///   - timeout: the seconds that a whole process may take.
  ///   - turnNanoseconds: how long the slower side's turn is expected to take; `nil` where nobody
  ///     knows. It may take ten times as long, and ten seconds, in which a machine may stall.
  init(timeout: Double, turnNanoseconds: Double?) {
    setup = .capped(seconds: timeout)
    end = .capped(seconds: timeout)
    turn =
      turnNanoseconds.map { .capped(seconds: min(timeout, max(10, 10 * $0 / 1e9))) } ?? setup
  }
}
