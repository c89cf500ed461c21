import BenchModel
import BenchStatistics
import Foundation

/// How much sessions differ from one another though the code is the same, learnt from sessions of identical binaries.
///
/// The compared sessions may be among them. That hides nothing: a group holds one binary only, so a difference between binaries is never
/// between two sessions of a group.
struct SessionNoise {
  /// How many pairs of sessions it was learnt from, each counted once for all its series.
  let pairs: Int
  private let bySeries: [SeriesKey: Variance]
  /// The class's median of τ ÷ its prior.
  private let classRatio: Double

  /// A variance between sessions and what it is worth.
  struct Variance {
    let value: Double
    let degreesOfFreedom: Double
  }

  init(_ groups: [IdenticalCodeGroup]) {
    let learnt = Dictionary(grouping: groups, by: \.series)
      .compactMapValues { groups in Learnt(groups.compactMap { Group($0.sessions) }) }
    bySeries = learnt.mapValues(\.variance)
    classRatio = Self.classRatio(Array(learnt.values))
    pairs = Set(groups.flatMap { $0.sessions.pairs }).count
  }

  /// τ² for a series, its own experience shrunk towards what the class lets expect:
  /// (4·τ₀² + f·τ̂²) ÷ (4 + f), with 4 + f degrees of freedom, as in Smyth's moderated variances (Statistical Applications in Genetics 3, 2004).
  /// `deviation` is s, the deviation between the series' processes.
  func variance(of series: SeriesKey, deviation: Double) -> Variance {
    let prior = Self.prior(deviation: deviation) * classRatio
    let free = Self.priorDegreesOfFreedom
    guard let own = bySeries[series] else {
      return Variance(value: prior * prior, degreesOfFreedom: free)
    }
    let sum = free + own.degreesOfFreedom
    return Variance(
      value: (free * prior * prior + own.degreesOfFreedom * own.value) / sum,
      degreesOfFreedom: sum)
  }

  /// τ₀ = max(0.5 %, s): of 30 measured workloads 29 had τ ÷ s at most 1.7, and quiet series were quiet in both.
  private static func prior(deviation: Double) -> Double { max(0.005, deviation) }

  private static let priorDegreesOfFreedom = 4.0

  /// The median over the series, within a factor of two of the prior: a few pairs must not talk a whole class quiet.
  private static func classRatio(_ learnt: [Learnt]) -> Double {
    guard learnt.count >= 5 else { return 1 }
    let ratios = learnt.map { series in
      let free = series.variance.degreesOfFreedom
      // The median of χ² with f degrees of freedom is f(1 − 2/9f)³ (Wilson and Hilferty 1931).
      let median = 1 - 2 / (9 * free)
      let variance = series.variance.value / (median * median * median)
      return variance.squareRoot() / prior(deviation: series.deviation)
    }
    return min(max(Quantile.median(ratios), 0.5), 2)
  }
}

extension SessionNoise {
  /// What one group of sessions of identical code says.
  private struct Group {
    let deviation: Double
    /// Between sessions, less what the processes alone explain; may be negative.
    let excess: Double
    let degreesOfFreedom: Double

    init?(_ sessions: [SeriesSession]) {
      let usable = sessions.filter { $0.level != .summary && !$0.processes.isEmpty }
      guard usable.count > 1, let values = usable.logarithms else { return nil }
      let within = WithinSessions(values)
      let ofCenters = RobustScale.qn(values.map(HodgesLehmann.location))
      let inverseCounts = values.reduce(0) { $0 + 1 / Double($1.count) }
      deviation = within.deviation
      excess =
        ofCenters * ofCenters
        - within.deviation * within.deviation * inverseCounts / Double(values.count)
      degreesOfFreedom = Double(values.count - 1)
    }
  }

  /// What all groups of one series say.
  private struct Learnt {
    let variance: Variance
    let deviation: Double

    init?(_ groups: [Group]) {
      let free = groups.reduce(0) { $0 + $1.degreesOfFreedom }
      guard free > 0 else { return nil }
      let excess = groups.reduce(0) { $0 + $1.degreesOfFreedom * $1.excess } / free
      variance = Variance(value: max(0, excess), degreesOfFreedom: free)
      deviation = Quantile.median(groups.map(\.deviation))
    }
  }
}

/// Two sessions in no order.
private struct SessionPair: Hashable {
  private let first: UUID
  private let second: UUID

  init(_ one: UUID, _ other: UUID) {
    (first, second) = one < other ? (one, other) : (other, one)
  }
}

extension [SeriesSession] {
  /// All unordered pairs of its sessions.
  fileprivate var pairs: [SessionPair] {
    indices.flatMap { right in (0..<right).map { SessionPair(self[$0].id, self[right].id) } }
  }
}
