import BenchComparer
import BenchModel
import BenchTestSupport
import Foundation
import Testing

/// What the exact counts of a benchmark make of a duration between sides of one layout each.
@Suite struct CorroborationTests {
  private func answer(
    _ change: Double, instructions: (Double, Double)?, allocations: (Double, Double)? = nil,
    metric: Metric = .wall.gated(true), seed: UInt64
  ) -> AnswerKind? {
    var rounds = Rounds(seed: seed, deviation: 0.002)
    let (less, more) = (1_000.0, 1_000 * (1 + change))
    let middles = metric.direction == .lower ? (less, more) : (more, less)
    let series = paired(
      rounds.values(middles.0), rounds.values(middles.1), metric: metric, isLayoutVaried: false,
      counters: (
        base: ProcessCounters(instructions: instructions?.0, allocations: allocations?.0),
        head: ProcessCounters(instructions: instructions?.1, allocations: allocations?.1)
      ))
    return PairedJudge().decision(on: [series]).comparison.verdict?.kind
  }

  @Test("a count that moves by a third of the shift bears it out, in both directions and for rates")
  func share() {
    var random = SeededRandom(seed: 31)
    let rate = Metric(name: "rate", unit: .perSecond, direction: .higher, isGate: true)
    for number in 0..<60 {
      let change = Double.random(in: 0.06...0.15, using: &random)
      let count = exp(Double.random(in: 0...20, using: &random))
      let seed = UInt64(number)
      for metric in [Metric.wall.gated(true), rate] {
        let moved = answer(
          change, instructions: (count, count * pow(1 + change, 0.5)), metric: metric, seed: seed)
        #expect(moved == .slower)
        let still = answer(
          change, instructions: (count, count * pow(1 + change, 0.1)), metric: metric, seed: seed)
        #expect(still == .codeOrLayout)
        let contrary = answer(
          change, instructions: (count, count * pow(1 + change, -0.5)), metric: metric, seed: seed)
        #expect(contrary == .codeOrLayout)
      }
      let faster = answer(
        1 / (1 + change) - 1, instructions: (count, count * pow(1 + change, -0.5)), seed: seed)
      #expect(faster == .faster)
    }
  }

  @Test("allocations bear a shift out too, from nothing to something as well")
  func allocations() {
    #expect(answer(0.1, instructions: nil, allocations: (100, 110), seed: 1) == .slower)
    #expect(answer(0.1, instructions: nil, allocations: (0, 1), seed: 1) == .slower)
    #expect(answer(0.1, instructions: nil, allocations: (100, 100), seed: 1) == .codeOrLayout)
    #expect(answer(0.1, instructions: nil, allocations: (0, 0), seed: 1) == .codeOrLayout)
    #expect(answer(0.1, instructions: (50, 50), allocations: (100, 110), seed: 1) == .slower)
  }

  @Test("without a count only what no layout does convicts, with one that stood still only more")
  func far() {
    #expect(answer(0.19, instructions: nil, seed: 1) == .codeOrLayout)
    #expect(answer(0.25, instructions: nil, seed: 1) == .slower)
    #expect(answer(0.4, instructions: (9, 9), seed: 1) == .codeOrLayout)
    #expect(answer(0.6, instructions: (9, 9), seed: 1) == .slower)
  }

  @Test("a time or a rate has a layout in whatever unit, and cycles have one")
  func units() {
    for unit in ["us/op", "ns/iter", "hrs", "picoseconds", "cycles"] {
      let metric = Metric(name: "m", unit: Unit(rawValue: unit), isGate: true)
      #expect(answer(0.1, instructions: nil, metric: metric, seed: 1) == .codeOrLayout, "\(unit)")
    }
    for unit in ["fps", "Gbps", "ops/min", "MB / s", "s^-1"] {
      let metric = Metric(
        name: "m", unit: Unit(rawValue: unit), direction: .higher, isGate: true)
      #expect(answer(0.1, instructions: nil, metric: metric, seed: 1) == .codeOrLayout, "\(unit)")
    }
  }

  @Test("counts that do not repeat are no counts")
  func repeating() {
    #expect(ProcessCounters.repeated([1_000, 1_000.5, 1_000]) == 1_000)
    #expect(ProcessCounters.repeated([1_000, 1_002]) == nil)
    #expect(ProcessCounters.repeated([]) == nil)
    #expect(ProcessCounters.repeated([0, 0]) == 0)
  }

  @Test("sizes have no layout")
  func sizes() {
    let bytes = Metric(name: "peak", unit: .bytes, isGate: true)
    #expect(answer(0.1, instructions: nil, metric: bytes, seed: 1) == .slower)
  }
}

/// Series that time leaves open and whose instructions were counted.
@Suite struct CountedWorkTests {
  private func decided(_ change: Double, count: Double, seed: UInt64) -> AnswerKind? {
    var rounds = Rounds(seed: seed, deviation: 0.12)
    let others = (0..<20).map { rounds.series(name: "suite/\($0)") }
    let series = paired(
      rounds.values(1_000), rounds.values(1_000 * (1 + change)),
      counters: (
        base: ProcessCounters(instructions: 1_000), head: ProcessCounters(instructions: count)
      ))
    let rows = PairedJudge().decision(on: [series] + others).comparison.rows
    return rows.first { $0.key == series.key }?.answer.kind
  }

  @Test("what certainly does more work is found where its time alone would leave it open")
  func found() {
    var (counted, uncounted) = (0, 0)
    for seed in 0..<40 {
      counted += decided(0.12, count: 1_120, seed: UInt64(seed)) == .slower ? 1 : 0
      uncounted += decided(0.12, count: 1_000, seed: UInt64(seed)) == .slower ? 1 : 0
    }
    #expect(counted >= 20 && uncounted < counted / 2, "\(counted), \(uncounted) of 40")
  }

  @Test("time must bear the count out: more work in the same time is no regression")
  func sameTime() {
    let red = (0..<200).count { decided(0, count: 1_200, seed: UInt64($0)) == .slower }
    #expect(red <= 6, "\(red) of 200, where at most 1 % of them should be")
  }
}
