import BenchComparer
import BenchModel
import Testing

/// Statistical series in which a value is zero or negative, and so has no logarithm.
@Suite struct NoLogarithmTests {
  private static let faults = Metric.minorFaults.gated(true)

  /// Of a metric that may be zero; a duration may not.
  private func series(_ values: [Double], name: String = "suite/one") -> SeriesData {
    BenchComparerTests.series(values, name: name, metric: Self.faults)
  }

  @Test("one process that reports nothing does not turn what sessions differ by into a verdict")
  func oneZero() throws {
    for odd in [0, -1.0] {
      let before = [odd] + quiet(100).dropFirst()
      let comparison = compare([series(before)], [series(quiet(104.5))])
      guard case .suspectedSlower(let change, nil)? = comparison.verdict else {
        Issue.record("\(comparison.rows)")
        continue
      }
      #expect(change.lower > 0 && change.zero == nil)
      #expect(comparison.counts[.slower] == 0 && comparison.counts[.suspectedSlower] == 1)
      guard case .suspectedFaster? = compare([series(quiet(104.5))], [series(before)]).verdict
      else {
        Issue.record("the mirror image")
        continue
      }
    }
  }

  @Test("what cannot convict takes no share of the level from what can")
  func noShare() throws {
    func width(others: [SeriesData]) throws -> Double {
      let comparison = compare([series(quiet(100))] + others, [series(quiet(100))] + others)
      let row = try #require(comparison.rows.first { $0.key == key(metric: "minor faults") })
      let change = try #require(row.answer.change)
      return change.upper - change.lower
    }
    let zeros = (1...9).map { series([0, 1, 2], name: "suite/zero\($0)") }
    #expect(try width(others: zeros) == width(others: []))
  }

  @Test("values that are all the same are no change, and any other difference is left open")
  func same() {
    guard case .noChange(_, 0)? = compare([repeating(0, 4)], [repeating(0, 4)]).verdict,
      case .noChange(_, 0)? = compare([repeating(-5, 4)], [repeating(-5, 4)]).verdict,
      case .inconclusive? = compare([repeating(-5, 4)], [series([-5, -5, -5, -4.99])]).verdict,
      case .inconclusive? = compare([repeating(0, 2)], [repeating(3, 2)]).verdict
    else {
      Issue.record("few values, or the same ones")
      return
    }
  }

  @Test("values that lie apart are a suspicion, however many and however far")
  func apart() {
    for (low, high) in [(0.0, 100.0), (-5, -4), (0, 3)] {
      let comparison = compare([repeating(low, 30)], [repeating(high, 30)])
      guard case .suspectedSlower(let change, nil)? = comparison.verdict else {
        Issue.record("\(low) against \(high): \(comparison.rows)")
        continue
      }
      #expect(change.estimate > 0)
      // It could have seen nothing, and is not among those that could.
      #expect(comparison.counts.smallestDetectable == nil && change.smallestDetectable == nil)
    }
  }

  private func repeating(_ value: Double, _ count: Int) -> SeriesData {
    series([Double](repeating: value, count: count))
  }
}
