import BenchModel
import BenchRunner
import BenchTestSupport
import Foundation
import Testing

@Suite("The turns of a benchmark") struct TurnPlanTests {
  private func plan(
    _ iteration: Double, stretch: Int = 1, uncounted: Int = 1, seconds: Double = 0.05
  ) -> TurnPlan {
    TurnPlan(
      iteration: iteration, stretch: stretch, uncounted: uncounted, turns: 20, seconds: seconds)
  }

  @Test("A short iteration has ten samples of a tenth of a millisecond in each of twenty turns")
  func short() {
    let plan = plan(250)
    #expect(plan.iterations == 400 && plan.samples == 10 && plan.uncounted == 1)
    #expect(plan.countedTurns == 20 && plan.warmUpTurns == 5 && plan.turns == 25)
    #expect(plan.turnNanoseconds == 1e6 && plan.method == .lockstep)
  }

  @Test("An iteration that is longer than a sample is a sample of its own")
  func middle() {
    let plan = plan(300_000)
    #expect(plan.iterations == 1 && plan.samples == 3 && plan.uncounted == 1)
  }

  @Test("An iteration that is longer than a turn is a turn of its own, cold ones not counted")
  func long() {
    let warm = plan(4e6, uncounted: 0)
    #expect(warm.iterations == 1 && warm.samples == 1 && warm.uncounted == 0)
    let cold = plan(4e6, uncounted: 1)
    #expect(cold.samples == 2 && cold.uncounted == 1)
    // A process that takes half a second an iteration has few turns.
    let slow = plan(5e8, uncounted: 0)
    #expect(slow.countedTurns == 5 && slow.warmUpTurns == 1)
  }

  @Test("Longer turns are fewer, and have longer samples")
  func stretched() {
    let plan = plan(250, stretch: 5)
    #expect(plan.iterations == 2_000 && plan.samples == 10 && plan.method == .longTurns)
    #expect(plan.countedTurns == 8)
  }

  @Test(
    "Whatever the iteration takes, something counts and nothing takes for ever", arguments: 0..<4)
  func bounds(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    for _ in 0..<500 {
      let iteration = exp(Double(random.next() % 2_400) / 100)
      let uncounted = [0, 1, 3][Int(random.next() % 3)]
      let stretch = [1, 5, 20][Int(random.next() % 3)]
      let plan = plan(iteration, stretch: stretch, uncounted: uncounted)
      #expect(plan.samples > plan.uncounted && plan.iterations >= 1)
      #expect(plan.sampleTurns.fits(count: plan.turns * plan.samples, warmUpCount: 0))
      #expect((5...20).contains(plan.countedTurns) && (1...5).contains(plan.warmUpTurns))
      let sample = iteration * Double(plan.iterations)
      #expect(sample > 0.4 * 1e5 * Double(stretch) || plan.iterations == 1, "\(iteration) ns")
      #expect(plan.iterations == 1 || sample < 1.6e5 * Double(stretch), "\(iteration) ns")
    }
  }
}

@Suite("The pilot of a benchmark") struct TurnPilotTests {
  /// Plays the pilot's turns with iterations of a fixed time, and what is handed over on top.
  private func play(iteration: Double, stretch: Int = 1) -> (PilotTurns, [TurnStep]) {
    var turnOrder = PilotTurns(stretch: stretch, seconds: 0.05)
    var (steps, last): ([TurnStep], Double?) = ([], nil)
    while let step = turnOrder.next(after: last) {
      steps.append(step)
      last = 5_000 + iteration * Double(step.samples * step.iterations)
    }
    return (turnOrder, steps)
  }

  @Test(
    "A sample gets its size from BASE alone, within a tenth",
    arguments: [1.0, 30, 1_000, 99_000, 400_000, 2e6, 3e7])
  func sizing(iteration: Double) throws {
    let (turnOrder, steps) = play(iteration: iteration)
    let found = try #require(turnOrder.iterationNanoseconds)
    // Handing over takes 5 µs of a tenth of a millisecond.
    #expect(abs(found / iteration - 1) < 0.1 || iteration < 2, "\(found)")
    let sizing = zip(turnOrder.parts, steps).filter { $0.0 == .sizing }
    #expect(!sizing.isEmpty && sizing.allSatisfy { $0.1.process == 0 && $0.1.samples == 1 })
    let others = zip(turnOrder.parts, steps).filter { $0.0 != .sizing }
    #expect(Set(others.map(\.1.process)) == [0, 1])
    #expect(Set(others.map(\.1.iterations)).count == 1)
    #expect(steps.map(\.turn) == Array(0..<steps.count))
    #expect(others.allSatisfy { $0.1.samples >= 2 })
  }

  @Test("A body that takes no time ends the sizing too")
  func nothing() {
    var sizing = SampleSizing()
    var trials = 0
    while sizing.iterationNanoseconds == nil, trials < 1_000 {
      sizing.add(nanoseconds: 20)
      trials += 1
    }
    #expect(trials < 40)
  }

  /// What is found of processes whose first samples of a turn cost more after the other side's
  /// turn, while the whole machine changes from turn to turn by `moments`.
  private func finding(
    first excess: [Double], moments: Double = 0, noise: Double = 0.002, seed: UInt64 = 1
  ) -> PilotFinding {
    let (turnOrder, steps) = play(iteration: 1_000)
    var random = SeededRandom(seed: seed)
    var turns: [[Int: [Double]]] = [[:], [:]]
    var last: Int?
    for step in steps {
      let isAfterOther = last != step.process
      let moment = exp(moments * random.nextNormal())
      turns[step.process][step.turn] = (0..<step.samples).map { position in
        let cold = isAfterOther && position < excess.count ? excess[position] : 0
        return 100 * moment * (1 + cold) * exp(noise * random.nextNormal())
      }
      last = step.process
    }
    return PilotFinding(turns, parts: turnOrder.parts)
  }

  @Test("One sample does not count where the caches are warm after it, three where they are not")
  func cold() {
    for seed in UInt64(0)..<10 {
      #expect(finding(first: [], seed: seed).uncounted == 1)
      #expect(finding(first: [0.4], seed: seed).uncounted == 1)
      #expect(finding(first: [0.4, 0.1, 0.04], seed: seed).uncounted == 3)
      let still = finding(first: [0.4, 0.3, 0.2, 0.1], seed: seed)
      #expect(still.uncounted == 3 && still.coldness > PilotFinding.sensitive)
      #expect(finding(first: [0.4, 0.1], seed: seed).coldness < 0.02)
      // What lies within a turn is seen even where every turn has another moment.
      #expect(finding(first: [0.4], moments: 0.3, seed: seed).uncounted == 1)
      #expect(finding(first: [0.4, 0.1, 0.04], moments: 0.3, seed: seed).uncounted == 3)
    }
  }

  @Test("A turn that is dearer as a whole than one in a row is found")
  func dearer() {
    let (turnOrder, steps) = play(iteration: 1_000)
    for level in [0.0, 0.03, 0.1, 0.3] {
      var turns: [[Int: [Double]]] = [[:], [:]]
      var last: Int?
      for step in steps {
        let cost = last == step.process ? 100 : 100 * (1 + level)
        turns[step.process][step.turn] = Array(repeating: cost, count: step.samples)
        last = step.process
      }
      let found = PilotFinding(turns, parts: turnOrder.parts).coldness
      #expect(abs(found - level) < 1e-9)
      #expect((found > PilotFinding.sensitive) == (level > 0.05))
    }
  }
}
