package import BenchModel

/// The series that would gate a commit, and do not because nothing says which of their values are
/// better: their lines give no direction, and their units do not imply one.
package struct UndirectedSeries: Sendable {
  /// The first of them and its unit; `nil` where there is none.
  package private(set) var first: (key: SeriesKey, unit: Unit)?
  private var keys: Set<SeriesKey> = []

  /// The most series that are told apart, so that a hostile file does not fill the memory.
  private static let limit = 20_000

  init() {}

  package var count: Int { keys.count }

  mutating func add(_ series: InterchangeSeries) {
    let key = SeriesKey(benchmark: series.benchmark, metric: series.metric.name)
    if first == nil { first = (key, series.metric.unit) }
    if keys.count < Self.limit { keys.insert(key) }
  }
}
