import BenchRunner
import Testing

@Suite("Who comes next in lockstep") struct LockstepMachineTests {
  private typealias Machine = LockstepMachine<RoundTurns>

  private func plan(turns: Int) -> TurnPlan {
    TurnPlan(iteration: 1e5, uncounted: 1, turns: turns, seconds: 1)
  }

  private func machine(count: Int, seed: UInt64 = 1) -> Machine {
    Machine(turnOrder: RoundTurns(plan: plan(turns: 2), count: count, seed: seed), count: count)
  }

  /// Answers every action as a good process does, and returns the turns in order.
  private func steps(_ machine: inout Machine) -> [TurnStep] {
    var (steps, action): ([TurnStep], Machine.Action) = ([], machine.begin())
    var ending: [Machine.Event] = []
    while true {
      switch action {
      case .start(let process): action = machine.receive(.ready(process))
      case .send(let step):
        steps.append(step)
        action = machine.receive(.done(step.process, nanoseconds: 1))
      case .finish:
        ending = (0..<3).map { .ended($0) }
        action = .wait
      case .wait:
        guard let event = ending.popLast() else { return steps }
        action = machine.receive(event)
      case .complete, .void: return steps
      }
    }
  }

  @Test("Every process has every turn once, and each turn mirrors the one before", arguments: 1...3)
  func turns(count: Int) {
    for seed in UInt64(0)..<40 {
      var machine = machine(count: count, seed: seed)
      let steps = steps(&machine)
      let plan = plan(turns: 2)
      #expect(steps.count == count * plan.turns)
      let turns = Dictionary(grouping: steps, by: \.turn)
      #expect(turns.count == plan.turns)
      for (turn, own) in turns {
        #expect(own.map(\.process).sorted() == Array(0..<count))
        if turn % 2 == 1, let before = turns[turn - 1] {
          #expect(own.map(\.process) == before.map(\.process).reversed(), "seed \(seed)")
        }
      }
      #expect(Set(steps.map(\.samples)).count == 1 && Set(steps.map(\.iterations)).count == 1)
    }
  }

  @Test("Which process is first in a pair of turns is drawn")
  func balance() {
    var first = [0, 0]
    for seed in UInt64(0)..<400 {
      var turnOrder = RoundTurns(plan: plan(turns: 2), count: 2, seed: seed)
      while let step = turnOrder.next(after: nil) {
        if step.turn.isMultiple(of: 2) { first[step.process] += 1 }
        _ = turnOrder.next(after: nil)
      }
    }
    let all = Double(first[0] + first[1])
    #expect(abs(Double(first[0]) / all - 0.5) < 0.06, "\(first)")
  }

  /// Every event that can happen, for processes 0 to `count` − 1.
  private func events(count: Int) -> [Machine.Event] {
    (0..<count).flatMap { process -> [Machine.Event] in
      [
        .ready(process), .done(process, nanoseconds: 1), .spoke(process), .ended(process),
        .flooded(process),
      ]
    } + [.late]
  }

  @Test(
    "Whatever happens, nobody is told to go while another is at work, and a void round stays void",
    arguments: 1...3)
  func everything(count: Int) {
    var visited = 0
    func explore(_ machine: Machine, working: Int?, started: Int, isOver: Bool, depth: Int) {
      guard depth > 0 else { return }
      for event in events(count: count) {
        var next = machine
        let action = next.receive(event)
        visited += 1
        if isOver {
          #expect(action == .wait)
          continue
        }
        var (working, started, isOver) = (working, started, isOver)
        switch action {
        case .start(let process):
          #expect(event == .ready(process - 1) && process == started)
          (working, started) = (process, started + 1)
        case .send(let step):
          // Only the answer of the one that was awaited lets another go.
          #expect(started == count)
          if let working {
            #expect(event == .done(working, nanoseconds: 1) || event == .ready(working))
          }
          #expect(next.awaited == step.process)
          working = step.process
        case .finish:
          #expect(next.awaited == nil)
          working = nil
        case .complete:
          #expect(working == nil)
          isOver = true
        case .void(let process, _):
          #expect((0..<count).contains(process))
          isOver = true
        case .wait:
          #expect(working == nil)
        }
        // While all are ending, events may come again and again.
        let isEnding = next.awaited == nil
        explore(
          next, working: working, started: started, isOver: isOver,
          depth: isEnding ? min(depth, 4) - 1 : depth - 1)
      }
    }
    let machine = machine(count: count)
    #expect(machine.begin() == .start(0))
    explore(machine, working: 0, started: 1, isOver: false, depth: 100)
    #expect(visited > 200)
  }

  @Test("What is wrong makes the round void at every step, and names who is to blame")
  func faults() {
    let whole = { () -> Int in
      var machine = self.machine(count: 2)
      return self.steps(&machine).count
    }()
    for count in 0..<whole {
      var machine = machine(count: 2)
      var action = machine.begin()
      var taken = 0
      while true {
        if case .start(let process) = action {
          action = machine.receive(.ready(process))
        } else if case .send(let step) = action, taken < count {
          taken += 1
          action = machine.receive(.done(step.process, nanoseconds: 1))
        } else {
          break
        }
      }
      guard case .send(let step) = action else {
        Issue.record("after \(count) turns it is somebody's turn")
        return
      }
      let other = 1 - step.process
      let faults: [(Machine.Event, Int, LockstepFault)] = [
        (.late, step.process, .late), (.ended(step.process), step.process, .ended),
        (.ended(other), other, .ended), (.spoke(step.process), step.process, .spoke),
        (.flooded(other), other, .spoke), (.done(other, nanoseconds: 1), other, .spoke),
        (.ready(step.process), step.process, .spoke),
      ]
      for (event, process, fault) in faults {
        var machine = machine
        #expect(machine.receive(event) == .void(process, fault))
        #expect(machine.receive(.ended(other)) == .wait)
      }
    }
  }
}
