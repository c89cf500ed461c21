import BenchModel

/// What both sides of a stored comparison counted, by benchmark, to tell a change of the code from
/// one of its layout.
struct CountedSides {
  private let base: [BenchmarkKey: [SeriesData]]
  private let head: [BenchmarkKey: [SeriesData]]

  init(base: [SeriesData], head: [SeriesData]) {
    self.base = Dictionary(grouping: base, by: \.key.benchmark)
    self.head = Dictionary(grouping: head, by: \.key.benchmark)
  }

  func corroboration(of series: SeriesKey) -> Corroboration {
    Corroboration(
      base: ProcessCounters(of: base[series.benchmark] ?? []),
      head: ProcessCounters(of: head[series.benchmark] ?? []))
  }

  /// Whether each side ran in several layouts, so that these are among the noise.
  func hasLayouts(_ series: SeriesKey) -> Bool {
    [base, head].allSatisfy { side in
      let own = (side[series.benchmark] ?? []).filter { $0.key == series }
      return own.contains { $0.binaryHashes.count >= Self.fewLayouts }
    }
  }

  private static let fewLayouts = 5
}

extension ComparisonRow {
  /// The same row with what the exact counts of its benchmark make of a conviction.
  func corroborated(by counted: CountedSides) -> ComparisonRow {
    guard case .judged(let verdict) = answer, [.slower, .faster].contains(verdict.kind),
      Corroboration.isNeeded(for: metric), !counted.hasLayouts(key)
    else { return self }
    return ComparisonRow(
      key: key, metric: metric, source: source, base: base, head: head,
      answer: .judged(counted.corroboration(of: key).verdict(verdict)), mode: mode)
  }
}
