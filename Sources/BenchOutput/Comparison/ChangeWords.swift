import BenchComparer
import BenchModel

/// How a change of one metric is put: durations and rates become slower or faster, everything else
/// becomes more or less.
struct ChangeWords {
  private let metric: Metric

  init(_ metric: Metric) { self.metric = metric }

  /// `slower by 7.6 % (6.1–9.2)`, `more by 7.6 % (6.1–9.2)`, `rose from 0 to 12 allocations`
  func worse(_ change: Change) -> String { told(change, isWorse: true) }

  /// The mirror image.
  func better(_ change: Change) -> String { told(change, isWorse: false) }

  /// `looks slower by 3.1 % (0.4–5.8)`, `looks higher by 3.1 % (0.4–5.8)`, `looks slower (fell to
  /// 0 from 99/s)`
  func looksWorse(_ change: Change) -> String { look(change, isWorse: true) }

  func looksBetter(_ change: Change) -> String { look(change, isWorse: false) }

  /// `rose from 0 to 12 allocations`, `fell to 0 from 100 ops/s`
  func text(_ zero: ZeroChange) -> String {
    let (from, to) = (amount(zero.from), amount(zero.to))
    let word = zero.to > zero.from ? "rose" : "fell"
    return zero.from == 0 ? "\(word) from 0 to \(to)" : "\(word) to 0 from \(from)"
  }

  /// `slower by 7.6 % (6.1–9.2)`, `faster by 3.5 % (3.0–4.1)`
  func text(_ shift: RelativeShift) -> String {
    let change = Change(
      estimate: shift.estimate, lower: shift.lower, upper: shift.upper, smallestDetectable: nil,
      zero: shift.zero)
    return shift.estimate > 0 ? worse(change) : better(change)
  }

  /// A count says what is counted.
  private func amount(_ value: Double) -> String {
    let quantity = Quantity(value, metric.unit).description
    return metric.unit == .count ? "\(quantity) \(metric.name)" : quantity
  }

  private func grows(isWorse: Bool) -> Bool { isWorse == (metric.direction == .lower) }

  /// `slower`, `more`
  func move(isWorse: Bool) -> String {
    if metric.isPace { return isWorse ? "slower" : "faster" }
    return grows(isWorse: isWorse) ? "more" : "less"
  }

  private func look(_ change: Change, isWorse: Bool) -> String {
    let how =
      metric.isPace
      ? move(isWorse: isWorse) : grows(isWorse: isWorse) ? "higher" : "lower"
    return change.zero.map { "looks \(how) (\(text($0)))" }
      ?? "looks \(how) by \(size(change, isWorse: isWorse))"
  }

  private func told(_ change: Change, isWorse: Bool) -> String {
    change.zero.map(text) ?? "\(move(isWorse: isWorse)) by \(size(change, isWorse: isWorse))"
  }

  private func size(_ change: Change, isWorse: Bool) -> String {
    let ends = [change.estimate, change.lower, change.upper].map(said)
    // A time or an amount that shrinks is less by a share of what there was.
    let isShare = metric.isPace ? !isWorse : !grows(isWorse: isWorse)
    let size =
      isWorse
      ? RelativeSize.estimate(ends[0], ends[1], ends[2], isShare: isShare)
      : RelativeSize.estimate(-ends[0], -ends[2], -ends[1], isShare: isShare)
    return String(size.trimmingPrefix("+"))
  }

  /// A change is relative to the better value, so that a rate that halves is 100 % slower. An
  /// amount that halves is less by 50 %: of one of which more is better, c ÷ (1 + c) is what is
  /// lost of what there was.
  private func said(_ change: Double) -> Double {
    guard !metric.isPace, metric.direction == .higher else { return change }
    if change == .infinity { return 1 }
    return change > -1 ? change / (1 + change) : -.infinity
  }
}

extension Metric {
  /// A duration or a rate, of which the better values are those that its unit implies.
  var isPace: Bool {
    switch unit.kind {
    case .duration: direction == .lower
    case .rate: direction == .higher
    case .cost, .yield, .unknown: false
    }
  }
}
