package import BenchModel

extension Comparison {
  /// The same comparison, which also names the gate series that look slower than at a release
  /// though HEAD is not slower than BASE in them: what small steps, or one that nobody looked at,
  /// added up to.
  ///
  /// `tag`: the release's name;
  /// `sinceRelease`: HEAD judged against the release by the same rule.
  package func noting(tag: String, sinceRelease: Comparison) -> Comparison {
    let suspects = Set(rows.filter { $0.answer.kind.movement == .worse }.map(\.key))
    let drifted = sinceRelease.rows.compactMap { row -> DriftedSeries? in
      guard row.metric.isGate, [.slower, .suspectedSlower].contains(row.answer.kind),
        let change = row.answer.change, !suspects.contains(row.key)
      else { return nil }
      return DriftedSeries(key: row.key, metric: row.metric, change: change)
    }
    guard !drifted.isEmpty else { return self }
    return Comparison(
      mode: mode, rule: rule, rows: rows, counts: counts,
      warnings: warnings + [.slowerSinceRelease(tag: tag, drifted)])
  }
}

/// A series that is slower than at the last release.
package struct DriftedSeries: Sendable, Hashable {
  package let key: SeriesKey
  package let metric: Metric
  package let change: Change

  package init(key: SeriesKey, metric: Metric, change: Change) {
    self.key = key
    self.metric = metric
    self.change = change
  }
}
