import BenchModel
import BenchRunner
import Foundation
import Testing

@Suite("Paired plans") struct PairedPlanTests {
  private let benchmarks = (0..<5).map { BenchmarkKey(id: "suite/b\($0)") }

  private func plan(seed: UInt64 = 1, counting: Int = 2) -> PairedPlan {
    PairedPlan(benchmarks: benchmarks.reversed(), countingRounds: counting, seed: seed)
  }

  private func round(_ number: Int, of plan: PairedPlan) -> [PairedProcess] {
    plan.round(number, of: Set(benchmarks))
  }

  @Test("Every benchmark runs once on each side, the A/A control in some rounds, counting first")
  func arms() {
    let withControl: Set = [0, 1, 3, 4, 6, 7, 9, 12, 15, 18, 21, 24, 27]
    for number in 0..<30 {
      let processes = round(number, of: plan())
      #expect(processes.allSatisfy { $0.position.round == number })
      for benchmark in benchmarks {
        let own = processes.filter { $0.benchmark == benchmark }
        func arms(_ pass: MeasurementPass) -> [String] {
          own.filter { $0.pass == pass }.map(\.position.arm.rawValue).sorted()
        }
        #expect(
          arms(.timing) == ["base"] + (withControl.contains(number) ? ["control"] : []) + ["head"])
        #expect(arms(.counting) == (number < 2 ? ["base", "head"] : []))
        // The two sides run one right after the other.
        let positions = processes.indices.filter { processes[$0].benchmark == benchmark }
        #expect(positions == Array(positions[0]..<(positions[0] + positions.count)))
      }
    }
  }

  @Test("Positions in the plan count on over the rounds without a gap")
  func positions() {
    let all = (0..<7).flatMap { round($0, of: plan()) }
    #expect(all.map(\.order) == Array(all.indices))
    // There are seven rounds of five benchmarks: two sides each, five A/A controls, and counting in
    // two rounds.
    #expect(all.count == 5 * (7 * 2 + 5 + 2 * 2) && plan().size(ofRounds: 7) == all.count)
  }

  @Test("What is decided drops out, and nothing else of the order changes")
  func dropping() {
    for number in 0..<10 {
      let wanted: Set = [benchmarks[1], benchmarks[4]]
      #expect(
        plan().round(number, of: wanted)
          == round(number, of: plan()).filter { wanted.contains($0.benchmark) })
    }
  }

  @Test("The order is the same in every version and on every platform")
  func golden() {
    let text = (0..<2).map { number in
      round(number, of: plan(seed: 42, counting: 1)).map {
        "\($0.benchmark.id.suffix(1))\($0.pass == .timing ? "" : "c")\($0.position.arm.rawValue.prefix(1))"
      }.joined(separator: " ")
    }
    #expect(
      text == [
        "4b 4h 4c 4ch 4cb 0b 0h 0c 0ch 0cb 2c 2b 2h 2ch 2cb 1c 1b 1h 1ch 1cb 3b 3c 3h 3cb 3ch",
        "0h 0b 0c 3c 3h 3b 2b 2h 2c 4h 4b 4c 1c 1b 1h",
      ])
  }

  @Test("Neighbouring rounds and seeds have orders of their own")
  func independence() {
    let orders = (0..<8).map { number in round(number, of: plan(counting: 0)).map(\.benchmark) }
    #expect(Set(orders).count > 6)
    #expect(round(0, of: plan(seed: 1)) != round(0, of: plan(seed: 2)))
  }

  @Test("Over many rounds either side comes first equally often")
  func fairness() {
    let plan = PairedPlan(benchmarks: [benchmarks[0]], countingRounds: 0, seed: 7)
    let first = (0..<1_000).count { number in
      plan.round(number, of: [benchmarks[0]]).first { $0.position.arm != .control }?.position.arm
        == .base
    }
    // 500 are expected with a standard deviation of 16; the bounds are five of them.
    #expect((420...580).contains(first), "\(first)")
  }

  @Test("A round is finished where one session completed all that was due")
  func finished() {
    let (one, two) = (UUID(), UUID())
    func ran(
      _ arm: RoundPosition.Arm, _ session: UUID, isCompleted: Bool = true
    ) -> RoundProcess {
      RoundProcess(
        benchmark: benchmarks[0], pass: .timing, position: RoundPosition(round: 3, arm: arm),
        session: session, isCompleted: isCompleted)
    }
    let part = ran(.base, one).part
    func isFinished(_ processes: RoundProcess...) -> Bool {
      plan().isFinished(part, by: processes)
    }
    #expect(!isFinished())
    #expect(!isFinished(ran(.base, one), ran(.head, one)))
    #expect(isFinished(ran(.base, one), ran(.head, one), ran(.control, one)))
    #expect(!isFinished(ran(.base, one), ran(.head, one, isCompleted: false), ran(.control, one)))
    #expect(
      isFinished(
        ran(.base, one), ran(.head, one, isCompleted: false), ran(.head, one), ran(.control, one)))
    #expect(!isFinished(ran(.base, one), ran(.head, one), ran(.control, two)))
  }

  // MARK: Layouts

  private func layouts(_ number: Int, seed: UInt64 = 1, count: Int = 6) -> [PairedProcess] {
    PairedPlan(benchmarks: benchmarks, countingRounds: 1, seed: seed, layouts: count)
      .round(number, of: Set(benchmarks))
  }

  @Test("Each layout has its turn once in so many rounds, both sides of a round the same one")
  func layoutTurns() {
    for count in 2...7 {
      for turn in 0..<3 {
        let assigned = (turn * count..<(turn + 1) * count).map { number in
          Set(
            layouts(number, count: count).filter {
              $0.pass == .timing && $0.position.arm != .control
            }
            .map(\.layout.link))
        }
        #expect(assigned.allSatisfy { $0.count == 1 })
        #expect(Set(assigned.flatMap(\.self)) == Set(0..<count))
      }
    }
    #expect(
      (0..<6).map { layouts($0)[0].layout.link } != (6..<12).map { layouts($0)[0].layout.link })
  }

  @Test("Every timing process is padded by itself, counting processes never are")
  func padding() {
    let all = (0..<30).flatMap { layouts($0) }
    let timed = all.filter { $0.pass == .timing }.map(\.layout.padding)
    #expect(timed.allSatisfy { (0..<4_096).contains($0) })
    // About 15 of 365 draws from 4,096 meet another.
    #expect(Set(timed).count > timed.count - 40)
    #expect(all.allSatisfy { $0.pass == .timing || $0.layout == ProcessLayout() })
  }

  @Test("Layouts change nothing of the order, and one layout is none")
  func oneLayout() {
    for number in 0..<4 {
      let plain = round(number, of: plan(counting: 1))
      #expect(plain.allSatisfy { $0.layout == ProcessLayout() })
      #expect(plain.map(\.order) == layouts(number).map(\.order))
      #expect(plain.map(\.position) == layouts(number).map(\.position))
      #expect(plain.map(\.benchmark) == layouts(number).map(\.benchmark))
      #expect(layouts(number) == layouts(number))
      #expect(layouts(number).map(\.layout) != layouts(number, seed: 2).map(\.layout))
    }
  }
}
