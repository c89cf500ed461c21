import BenchComparer
import BenchModel
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

  @Test("from nothing to three allocations is 300 % slower, and back is 100 % faster")
  func zero() {
    guard case .slower(let up)? = compare([exact([0, 0])], [exact([3, 3])]).verdict,
      case .faster(let down)? = compare([exact([3, 3])], [exact([0, 0])]).verdict,
      case .noChange(_, 0)? = compare([exact([0, 0])], [exact([0, 0])]).verdict
    else {
      Issue.record("zeros")
      return
    }
    #expect(up.estimate == 3)
    #expect(down.estimate == -1)
    #expect([up.lower, up.upper, up.smallestDetectable].allSatisfy { $0.isFinite })
  }

  @Test("values that vary convict only where the ranges lie apart and chance does not do that")
  func varying() {
    let before = (0..<10).map { 1_000 + Double($0) }
    let apart = before.map { $0 + 100 }
    guard case .slower? = compare([exact(before)], [exact(apart)]).verdict else {
      Issue.record("ten against ten, a tenth apart")
      return
    }
    guard case .cannotTell? = compare([exact([1_000, 1_020])], [exact([1_100, 1_110])]).verdict
    else {
      Issue.record("two against two lie apart by chance in one of six cases")
      return
    }
    guard case .noChange? = compare([exact(before)], [exact(before.map { $0 + 5 })]).verdict else {
      Issue.record("ranges that overlap within twice the floor")
      return
    }
  }
}
