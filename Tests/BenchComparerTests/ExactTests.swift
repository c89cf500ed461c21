import BenchComparer
import BenchModel
import BenchTestSupport
import Foundation
import Testing

@Suite struct ExactTests {
  private func exact(_ values: [Double], tolerance: Double = 0) -> SeriesData {
    series(values, metric: .allocations.gated(true, judgement: .exact(tolerance: tolerance)))
  }

  @Test("one allocation more among a thousand is slower, one fewer faster")
  func anyDifference() {
    let before = exact([1_000, 1_000])
    guard case .slower(let up)? = compare([before], [exact([1_001, 1_001])]).verdict,
      case .faster(let down)? = compare([before], [exact([999, 999])]).verdict
    else {
      Issue.record("a difference of one was missed")
      return
    }
    #expect(abs(up.estimate - 0.001) < 1e-12)
    #expect(up.lower == up.estimate && up.upper == up.estimate)
    #expect(abs(down.estimate + 0.001) < 1e-12)
  }

  @Test("equal values are no change larger than 0 %")
  func equal() {
    guard case .noChange(_, 0)? = compare([exact([7, 7])], [exact([7, 7])]).verdict else {
      Issue.record("7 is 7")
      return
    }
  }

  @Test("a difference within the tolerance is none")
  func tolerance() {
    let before = exact([1_000, 1_000], tolerance: 0.01)
    let within = compare([before], [exact([1_010, 1_010], tolerance: 0.01)])
    let beyond = compare([before], [exact([1_011, 1_011], tolerance: 0.01)])
    guard case .noChange(_, let bound)? = within.verdict, case .slower? = beyond.verdict else {
      Issue.record("\(within.rows) \(beyond.rows)")
      return
    }
    #expect(abs(bound - 0.01) < 1e-12)
  }

  @Test("from nothing to three allocations is slower without a ratio, and back is faster")
  func zero() {
    guard case .slower(let up)? = compare([exact([0, 0])], [exact([3, 3])]).verdict,
      case .faster(let down)? = compare([exact([3, 3])], [exact([0, 0])]).verdict,
      case .noChange(_, 0)? = compare([exact([0, 0])], [exact([0, 0])]).verdict
    else {
      Issue.record("zeros")
      return
    }
    #expect(up.estimate == .infinity && up.zero == ZeroChange(from: 0, to: 3))
    #expect(down.estimate == -1 && down.zero == ZeroChange(from: 3, to: 0))
  }

  @Test("values that vary convict only where the ranges lie apart and chance does not do that")
  func varying() {
    let before = (0..<10).map { 1_000 + Double($0) }
    let apart = before.map { $0 + 100 }
    guard case .slower? = compare([exact(before)], [exact(apart)]).verdict else {
      Issue.record("ten against ten, a tenth apart")
      return
    }
    guard case .inconclusive? = compare([exact([1_000, 1_020])], [exact([1_100, 1_110])]).verdict
    else {
      Issue.record("two against two lie apart by chance in one of six cases")
      return
    }
    guard case .noChange? = compare([exact(before)], [exact(before.map { $0 + 5 })]).verdict else {
      Issue.record("ranges that overlap within twice the floor")
      return
    }
  }

  @Test("two against two that vary by one convict what is many times as far apart")
  func farApart() {
    let before = exact([1_000, 1_001])
    guard case .slower(let up)? = compare([before], [exact([100_000, 100_001])]).verdict,
      case .faster? = compare([exact([100_000, 100_001])], [before]).verdict,
      case .slower? = compare([before], [exact([1_100, 1_101])]).verdict
    else {
      Issue.record("a hundred times as much")
      return
    }
    #expect(up.lower <= up.estimate && up.estimate <= up.upper)
    guard case .noChange? = compare([before], [exact([1_010, 1_011])]).verdict else {
      Issue.record("below the floor")
      return
    }
  }

  @Test("what lies apart by less says how many more processes the ranks need")
  func moreProcesses() {
    let answer = compare([exact([1_000, 1_020])], [exact([1_100, 1_110])]).verdict
    // One of 70 arrangements of four and four is more than 1 %, one of 252 of five and five is not.
    guard case .inconclusive(_, 3)? = answer else {
      Issue.record("\(String(describing: answer))")
      return
    }
    let apart = (
      exact([1_000, 1_020, 1_005, 1_010, 1_015]), exact([1_100, 1_110, 1_104, 1_108, 1_106])
    )
    guard case .slower? = compare([apart.0], [apart.1]).verdict else {
      Issue.record("five and five")
      return
    }
    let overlapping = compare([exact([1_000, 1_100])], [exact([1_050, 1_150])]).verdict
    guard case .inconclusive(_, nil)? = overlapping else {
      Issue.record("\(String(describing: overlapping))")
      return
    }
  }

  /// Noise many times as wide as the floor, which no counter should have, of three shapes.
  @Test(
    "unchanged counters that vary turn a comparison red no more often than alpha",
    arguments: ["even", "normal", "exponential"], [2, 3])
  func falseAlarms(shape: String, processes: Int) {
    let seed: UInt64 = 20_261_123
    var random = SeededRandom(seed: seed)
    func value() -> Double {
      switch shape {
      case "even": Double.random(in: 1_000...2_000, using: &random)
      case "normal": 10_000 + 1_000 * random.nextNormal()
      default: 10_000 - 1_000 * log(Double.random(in: 0x1p-53...1, using: &random))
      }
    }
    func side() -> SeriesData { exact((0..<processes).map { _ in value() }) }
    let comparisons = 1_500
    let red = (0..<comparisons).count { _ in
      compare([side()], [side()]).counts[.slower] > 0
    }
    // Three standard errors above 1 %.
    #expect(Double(red) <= 0.0177 * Double(comparisons), "seed \(seed): \(red)")
  }
}
