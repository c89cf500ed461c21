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
      base: exactCounters(base[series.benchmark] ?? []),
      head: exactCounters(head[series.benchmark] ?? []))
  }

  /// What was counted and repeats within 0.1 %: a count that varies with the time tells nothing.
  private func exactCounters(_ series: [SeriesData]) -> ProcessCounters {
    func exact(_ metric: Metric) -> Double? {
      let own = series.filter { $0.key.metric == metric.name }
      return ProcessCounters.repeated(
        own.flatMap(\.judgedSessions).flatMap { $0.processes.map(\.value) })
    }
    return ProcessCounters(instructions: exact(.instructions), allocations: exact(.allocations))
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
      metric.dependsOnLayout, !counted.hasLayouts(key)
    else { return self }
    return answering(.judged(counted.corroboration(of: key).verdict(verdict)))
  }
}
