import BenchModel
import BenchStatistics
import Foundation

/// The same series on both sides, as far as it is there.
struct SeriesPair {
  let base: SeriesData?
  let head: SeriesData?
  /// The same series of another machine class, where `base` is missing.
  let elsewhere: SeriesData?

  var any: SeriesData? { head ?? base ?? elsewhere }

  /// Pairs what has the same key and machine class, and of several such the same version, unit and
  /// direction: a revision measured with two versions of a benchmark has both. What differs from
  /// all of them stands beside the latest, to say so. A base series of another class stands in only
  /// to say why there is nothing to compare; one whose key HEAD has on another class is no row of
  /// its own.
  ///
  /// If `exactAcrossMachines` is set, exact counts are compared with those of another class that
  /// runs the same instructions on the same system.
  static func all(
    base: [SeriesData], head: [SeriesData], exactAcrossMachines: Bool = false
  ) -> [SeriesPair] {
    let measuredBase = base.filter(\.hasContent)
    let measuredHead = head.filter(\.hasContent)
    let baseByKey = Dictionary(grouping: measuredBase, by: \.key)
    let headKeys = Set(measuredHead.map(\.key))
    let current = measuredHead.map { series in
      let candidates = baseByKey[series.key] ?? []
      let here = candidates.filter {
        $0.machine == series.machine || (exactAcrossMachines && $0.countsAlike(series))
      }
      let match = here.max { series.likeness(to: $0) < series.likeness(to: $1) }
      return SeriesPair(
        base: match, head: series, elsewhere: match == nil ? candidates.first : nil)
    }
    let gone = measuredBase.filter { !headKeys.contains($0.key) }
    return current + gone.map { SeriesPair(base: $0, head: nil, elsewhere: nil) }
  }
}

extension SeriesPair {
  /// What the series is judged as, which HEAD alone may not loosen: it gates where it gates on
  /// either side, and of two tolerances the stricter holds. So a commit can't make a series slower
  /// and unjudged at once without saying so.
  var metric: Metric? {
    guard let base, let head else { return any?.metric }
    return head.metric.stricter(than: base.metric)
  }
}

extension Metric {
  /// The same metric, gating where either does, with the smaller tolerance where both are exact.
  func stricter(than other: Metric) -> Metric {
    let judgement: Judgement =
      if let own = tolerance, let others = other.tolerance {
        .exact(tolerance: min(own, others))
      } else {
        judgement
      }
    return gated(isGate || other.isGate, judgement: judgement)
  }
}

extension [SeriesPair] {
  /// The time between the sides: the median over the sessions of either side of how far the nearest
  /// of the other side lies; 0 where there is none.
  var distance: TimeInterval {
    func starts(_ side: (SeriesPair) -> SeriesData?) -> [Date] {
      Set(compactMap(side).flatMap { $0.judgedSessions.map(\.started) }).sorted()
    }
    let (before, after) = (starts(\.base), starts(\.head))
    func nearest(_ date: Date, _ others: [Date]) -> TimeInterval? {
      others.map { abs($0.timeIntervalSince(date)) }.min()
    }
    let gaps =
      before.compactMap { nearest($0, after) } + after.compactMap { nearest($0, before) }
    return gaps.isEmpty ? 0 : Quantile.median(gaps)
  }
}

extension SeriesData {
  /// The same version first, then the same unit and direction, then the latest version.
  fileprivate func likeness(to other: SeriesData) -> Likeness {
    Likeness(
      isSameMachine: machine == other.machine, isSameVersion: version == other.version,
      isSameQuantity: metric.unit == other.metric.unit
        && metric.direction == other.metric.direction,
      version: other.version)
  }

  /// Both are exact counts, which depend on the code that runs: its architecture and system, and
  /// nothing else of a machine.
  fileprivate func countsAlike(_ other: SeriesData) -> Bool {
    metric.tolerance != nil && other.metric.tolerance != nil
      && machine.architecture == other.machine.architecture
      && machine.system == other.machine.system
  }

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

/// How much a base series is like one of HEAD.
private struct Likeness: Comparable {
  let isSameMachine: Bool
  let isSameVersion: Bool
  let isSameQuantity: Bool
  let version: Int

  static func < (left: Likeness, right: Likeness) -> Bool {
    if left.isSameMachine != right.isSameMachine { return right.isSameMachine }
    if left.isSameVersion != right.isSameVersion { return right.isSameVersion }
    if left.isSameQuantity != right.isSameQuantity { return right.isSameQuantity }
    return left.version < right.version
  }
}
