import BenchModel
import BenchStatistics
import Foundation

/// How much sessions differ from one another though the code is the same, learnt from sessions of
/// identical binaries.
///
/// The compared sessions may be among them. That hides nothing: a group holds one binary only, so a
/// difference between binaries is never between two sessions of a group.
///
/// What is learnt depends on how far apart the sessions lie: a dozen recordings in one afternoon
/// agree by what that afternoon shared, and say nothing of next week. So of sessions that lie
/// closer together than `distance` asks for only the first counts.
struct SessionNoise {
  /// How many sessions it was learnt from, each counted once for all its series.
  let sessions: Int
  private let bySeries: [SeriesKey: Variance]
  /// All sessions of identical code by series, however close together.
  private let groups: [SeriesKey: [IdenticalCodeGroup]]
  /// The class's median of τ ÷ its prior.
  private let classRatio: Double

  /// A variance between sessions and what it is worth.
  struct Variance {
    let value: Double
    let degreesOfFreedom: Double
  }

  /// `distance`: the time between the sessions that are compared.
  init(_ groups: [IdenticalCodeGroup], distance: TimeInterval = 0) {
    self.groups = Dictionary(grouping: groups, by: \.series)
    let apart = min(max(0, distance) * Self.leastShare, Self.longest)
    let groups = groups.map {
      IdenticalCodeGroup(series: $0.series, sessions: $0.sessions.usable.lying(apart))
    }.filter { $0.sessions.count > 1 }
    let learnt = Dictionary(grouping: groups, by: \.series)
      .compactMapValues { groups in Learnt(groups.compactMap(\.sessions.logarithms)) }
    bySeries = learnt.mapValues(\.variance)
    classRatio = Self.classRatio(Array(learnt.values))
    sessions = Set(groups.flatMap { $0.sessions.map(\.id) }).count
  }

  /// Sessions teach the noise of a comparison whose sides lie up to four times as far apart as they
  /// do, and from a day on of any.
  private static let leastShare = 0.25
  private static let longest: TimeInterval = 86_400

  /// τ² for a series, its own experience shrunk towards what the class lets expect: (4·τ₀² +
  /// f·τ̂²) ÷ (4 + f), with 4 + f degrees of freedom, as in Smyth's moderated variances
  /// (Statistical Applications in Genetics 3, 2004).
  ///
  /// It is never smaller than what the compared sessions show themselves, `atHand`. `deviation` is
  /// s, the deviation between the series' processes.
  func variance(of series: SeriesKey, deviation: Double, atHand: Double = 0) -> Variance {
    let prior = Self.prior(deviation: deviation) * classRatio
    let free = Self.priorDegreesOfFreedom
    guard let own = bySeries[series] else {
      return Variance(value: max(atHand, prior * prior), degreesOfFreedom: free)
    }
    let sum = free + own.degreesOfFreedom
    let shrunk = (free * prior * prior + own.degreesOfFreedom * own.value) / sum
    return Variance(value: max(atHand, shrunk), degreesOfFreedom: sum)
  }

  /// What sessions of identical code show of the time between two sides; `nil` where they are too
  /// few to convict by them.
  func coverage(of series: SeriesKey, between times: ClosedRange<Date>) -> SessionCoverage? {
    (groups[series] ?? []).compactMap { SessionCoverage($0.sessions.usable, between: times) }
      .max { $0.range < $1.range }
  }

  /// τ₀ = max(0.5 %, s): of 30 measured workloads 29 had τ ÷ s at most 1.7, and quiet series
  /// were quiet in both.
  private static func prior(deviation: Double) -> Double { max(0.005, deviation) }

  private static let priorDegreesOfFreedom = 4.0

  /// The median over the series, within a factor of two of the prior: a few pairs must not talk a
  /// whole class quiet.
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
  /// What all groups of one series say.
  private struct Learnt {
    let variance: Variance
    let deviation: Double

    /// A group has the logarithms of its process statistics, by session.
    init?(_ groups: [[[Double]]]) {
      let levels = groups.map(SessionLevels.init)
      let free = levels.reduce(0) { $0 + $1.degreesOfFreedom }
      guard free > 0 else { return nil }
      variance = Variance(value: levels.variance, degreesOfFreedom: free)
      deviation = Quantile.median(levels.map(\.within.deviation))
    }
  }
}
