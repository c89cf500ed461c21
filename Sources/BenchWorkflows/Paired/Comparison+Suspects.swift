package import BenchComparer
package import BenchModel

extension Comparison {
  /// The benchmarks that are worth measuring again: those that the screen lets through, and those
  /// with a row that already speaks of a change.
  package func suspects(
    base: [SeriesData], head: [SeriesData], identicalCode: [IdenticalCodeGroup]
  ) -> [BenchmarkKey] {
    let screened = Screen().suspects(base: base, head: head, identicalCode: identicalCode)
    let suspicious = rows.filter(\.isSuspicious).map(\.key)
    return Set((screened + suspicious).map(\.benchmark)).sorted()
  }
}

extension ComparisonRow {
  /// Whether a gate series that varies by chance is said to have changed, or to look so.
  fileprivate var isSuspicious: Bool {
    metric.isGate && metric.judgement == .statistical
      && [.worse, .better].contains(answer.kind.movement)
  }
}
