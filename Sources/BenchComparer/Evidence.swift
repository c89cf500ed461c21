import BenchModel
import BenchStatistics
import Foundation

/// What the processes of both sides say about one series.
enum Evidence {
  case shift(ShiftEvidence)
  case range(RangeEvidence)

  /// Metrics that do not vary are compared by their values. So is what has no logarithm, zeros and
  /// negative numbers, but then nothing is known of how sessions differ, and the values can do no
  /// more than raise a suspicion.
  init(
    base: SeriesData, head: SeriesData, as metric: Metric, noise: SessionNoise,
    rule: ComparisonRule
  ) {
    if case .exact(let tolerance) = metric.judgement {
      self = .range(RangeEvidence(base: base, head: head, tolerance: tolerance, rule: rule))
    } else if let shift = LogShift(base: base, head: head) {
      let tau = noise.variance(
        of: head.key, deviation: shift.deviation, atHand: shift.levels.variance)
      let coverage = base.times(with: head).flatMap { noise.coverage(of: head.key, between: $0) }
      self = .shift(ShiftEvidence(shift: shift, sessions: tau, coverage: coverage))
    } else {
      self = .range(RangeEvidence(base: base, head: head, tolerance: nil, rule: rule))
    }
  }

  /// The chance of such a difference, in the direction it has, if the change were within the floor;
  /// `nil` where chance plays no part, and for what can never convict and therefore takes no share
  /// of the level.
  func pValue(rule: ComparisonRule) -> Double? {
    switch self {
    case .shift(let shift): shift.pValue(rule: rule)
    case .range(let range): range.varies && range.canConvict ? range.pValue : nil
    }
  }
}

extension SeriesData {
  /// When the first and the last session of both sides began.
  fileprivate func times(with other: SeriesData) -> ClosedRange<Date>? {
    let starts = (judgedSessions + other.judgedSessions).map(\.started)
    guard let first = starts.min(), let last = starts.max() else { return nil }
    return first...last
  }
}
