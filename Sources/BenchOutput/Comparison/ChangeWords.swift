import BenchComparer
import BenchModel

/// How a change of one metric is put: durations and rates become slower or faster, everything else
/// becomes more or less.
struct ChangeWords {
  private let metric: Metric

  init(_ metric: Metric) { self.metric = metric }

  /// `slower by 7.6 % (6.1–9.2)`, `more by 7.6 % (6.1–9.2)`
  func worse(_ change: Change) -> String { by(move(isWorse: true), worseEnds(change)) }

  /// The mirror image.
  func better(_ change: Change) -> String { by(move(isWorse: false), betterEnds(change)) }

  /// `looks slower by 3.1 % (0.4–5.8)`, `looks higher by 3.1 % (0.4–5.8)`
  func looksWorse(_ change: Change) -> String { look(isWorse: true, worseEnds(change)) }

  func looksBetter(_ change: Change) -> String { look(isWorse: false, betterEnds(change)) }

  private typealias Ends = (lower: Double, estimate: Double, upper: Double)

  private func grows(isWorse: Bool) -> Bool { isWorse == (metric.direction == .lower) }

  /// `slower`, `more`
  func move(isWorse: Bool) -> String {
    if metric.isPace { return isWorse ? "slower" : "faster" }
    return grows(isWorse: isWorse) ? "more" : "less"
  }

  private func look(isWorse: Bool, _ ends: Ends) -> String {
    let how =
      metric.isPace
      ? move(isWorse: isWorse) : grows(isWorse: isWorse) ? "higher" : "lower"
    return by("looks \(how)", ends)
  }

  private func by(_ word: String, _ ends: Ends) -> String {
    guard ends.upper.isFinite || ends.lower.isFinite else { return "\(word), from nothing" }
    return ends.upper.isFinite
      ? "\(word) by \(Percentage.estimate(ends.estimate, ends.lower, ends.upper))"
      : "\(word) by \(Percentage.text(ends.lower)) or more"
  }

  private func worseEnds(_ change: Change) -> Ends {
    (said(change.lower), said(change.estimate), said(change.upper))
  }

  private func betterEnds(_ change: Change) -> Ends {
    (-said(change.upper), -said(change.estimate), -said(change.lower))
  }

  /// A change is relative to the better value, so that a rate that halves is 100 % slower. An
  /// amount that halves is less by 50 %: of one of which more is better, c ÷ (1 + c) is what is
  /// lost of what there was.
  private func said(_ change: Double) -> Double {
    guard !metric.isPace, metric.direction == .higher, change.isFinite else { return change }
    return change > -1 ? change / (1 + change) : -.infinity
  }
}

extension Metric {
  /// A duration or a rate.
  var isPace: Bool {
    unit == .nanoseconds || unit == .perSecond || unit.rawValue.hasSuffix("/s")
  }
}
