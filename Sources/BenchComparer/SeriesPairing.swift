import BenchModel

/// The same series on both sides, as far as it is there.
struct SeriesPair {
  let base: SeriesData?
  let head: SeriesData?
  /// Where `base` is missing: the same series of another machine class.
  let elsewhere: SeriesData?

  var any: SeriesData? { head ?? base ?? elsewhere }

  /// Pairs what has the same key and machine class. A base series of another class stands in only to say why there is nothing to
  /// compare; one whose key HEAD has on another class is no row of its own.
  static func all(base: [SeriesData], head: [SeriesData]) -> [SeriesPair] {
    let measuredBase = base.filter(\.hasContent)
    let measuredHead = head.filter(\.hasContent)
    let baseByKey = Dictionary(grouping: measuredBase, by: \.key)
    let headKeys = Set(measuredHead.map(\.key))
    let current = measuredHead.map { series in
      let candidates = baseByKey[series.key] ?? []
      let match = candidates.first { $0.machine == series.machine }
      return SeriesPair(
        base: match, head: series, elsewhere: match == nil ? candidates.first : nil)
    }
    let gone = measuredBase.filter { !headKeys.contains($0.key) }
    return current + gone.map { SeriesPair(base: $0, head: nil, elsewhere: nil) }
  }
}

extension SeriesData {
  /// A series that never ran is not there.
  fileprivate var hasContent: Bool {
    !failures.isEmpty || sessions.contains { !$0.processes.isEmpty }
  }

  /// Only samples and batch means may enter a test; imported summaries may not.
  var judgedSessions: [SeriesSession] {
    sessions.filter { $0.level != .summary && !$0.processes.isEmpty }
  }

  var processCount: Int { judgedSessions.reduce(0) { $0 + $1.processes.count } }

  var binaryHashes: Set<String> {
    Set(judgedSessions.flatMap { $0.processes.map(\.binaryHash) })
  }
}
