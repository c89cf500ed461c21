package import BenchModel

/// A series that both sides run with the same binary: nobody needs to measure it.
package struct IdenticalSeries: Sendable, Hashable {
  package let key: SeriesKey
  package let metric: Metric
  package let source: SourceLocation?

  package init(key: SeriesKey, metric: Metric, source: SourceLocation? = nil) {
    self.key = key
    self.metric = metric
    self.source = source
  }
}

extension Comparison {
  /// The same comparison with a row 'identical code' for each of `series`.
  package func adding(identical series: [IdenticalSeries]) -> Comparison {
    let identical = series.map {
      ComparisonRow(
        key: $0.key, metric: $0.metric, source: $0.source, base: nil, head: nil,
        answer: .judged(.identicalCode(nil)), mode: mode)
    }
    let all = rows + identical
    return Comparison(
      mode: mode, rule: rule, rows: all.sorted(by: ComparisonRow.isWorse),
      counts: ComparisonCounts(of: all),
      warnings: warnings)
  }
}
