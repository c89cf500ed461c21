package import BenchComparer
package import BenchModel

extension Comparison {
  /// The benchmarks that are worth measuring again: those that the screen lets through, and those
  /// with a row that already speaks of a change, or whose interval is hopeless and whose estimate
  /// is beyond the floor.
  package func suspects(
    base: [SeriesData], head: [SeriesData], identicalCode: [IdenticalCodeGroup]
  ) -> [BenchmarkKey] {
    let screened = Screen().suspects(base: base, head: head, identicalCode: identicalCode)
    let suspicious = rows.filter { $0.isSuspicious(beyond: rule.floor) }.map(\.key)
    return Set((screened + suspicious).map(\.benchmark)).sorted()
  }
}

extension ComparisonRow {
  /// Whether a gate series that varies by chance is said to have changed, to look so, or to be
  /// undecided beyond `floor`.
  fileprivate func isSuspicious(beyond floor: Double) -> Bool {
    guard metric.isGate, metric.judgement == .statistical else { return false }
    return switch answer.kind.movement {
    case .worse, .better, .either: true
    case .unknown: abs(answer.change?.estimate ?? 0) >= floor
    case .same: false
    }
  }
}
