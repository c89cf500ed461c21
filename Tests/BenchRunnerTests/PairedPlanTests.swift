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

  @Test("Every benchmark runs once on each side, the null arm in every third round, counting first")
  func arms() {
    for number in 0..<30 {
      let processes = round(number, of: plan())
      #expect(processes.allSatisfy { $0.place.round == number })
      for benchmark in benchmarks {
        let own = processes.filter { $0.benchmark == benchmark }
        func arms(_ pass: MeasurementPass) -> [String] {
          own.filter { $0.pass == pass }.map(\.place.arm.rawValue).sorted()
        }
        #expect(arms(.timing) == ["base", "head"] + (number % 3 == 0 ? ["null"] : []))
        #expect(arms(.counting) == (number < 2 ? ["base", "head"] : []))
        // One right after the other.
        let places = processes.indices.filter { processes[$0].benchmark == benchmark }
        #expect(places == Array(places[0]..<(places[0] + places.count)))
      }
    }
  }

  @Test("Places in the plan count on over the rounds without a gap")
  func places() {
    let all = (0..<7).flatMap { round($0, of: plan()) }
    #expect(all.map(\.order) == Array(all.indices))
    // Seven rounds of five: two sides each, three null arms, and counting in two rounds.
    #expect(all.count == 5 * (7 * 2 + 3 + 2 * 2) && plan().size(ofRounds: 7) == all.count)
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
        "\($0.benchmark.id.suffix(1))\($0.pass == .timing ? "" : "c")\($0.place.arm.rawValue.prefix(1))"
      }.joined(separator: " ")
    }
    #expect(
      text == [
        "4b 4h 4n 4ch 4cb 0b 0h 0n 0ch 0cb 2n 2b 2h 2ch 2cb 1n 1b 1h 1ch 1cb 3b 3n 3h 3cb 3ch",
        "0h 0b 3h 3b 2b 2h 4b 4h 1h 1b",
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
      plan.round(number, of: [benchmarks[0]]).first { $0.place.arm != .null }?.place.arm == .base
    }
    // 500 expected, a standard deviation of 16: five of them.
    #expect((420...580).contains(first), "\(first)")
  }

  @Test("A round is finished where one sitting ran all that was due, failures included")
  func finished() {
    let (one, two) = (UUID(), UUID())
    func ran(
      _ arm: RoundPlace.Arm, _ session: UUID, isCompleted: Bool = true
    ) -> RoundProcess {
      RoundProcess(
        benchmark: benchmarks[0], pass: .timing, place: RoundPlace(round: 3, arm: arm),
        session: session, isCompleted: isCompleted)
    }
    let part = ran(.base, one).part
    func isFinished(_ processes: RoundProcess...) -> Bool {
      plan().isFinished(part, by: processes)
    }
    #expect(!isFinished())
    #expect(!isFinished(ran(.base, one), ran(.head, one)))
    #expect(isFinished(ran(.base, one), ran(.head, one), ran(.null, one)))
    #expect(isFinished(ran(.base, one), ran(.head, one, isCompleted: false), ran(.null, one)))
    #expect(!isFinished(ran(.base, one), ran(.head, one), ran(.null, two)))
  }
}
