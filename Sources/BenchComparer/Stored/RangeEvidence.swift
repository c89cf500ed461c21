import BenchModel
import BenchStatistics

/// The values of both sides as they are, for metrics that do not vary from process to process, and
/// for values without a logarithm.
struct RangeEvidence {
  /// Between the medians, and between the ends of the ranges that are nearest and farthest apart;
  /// relative, positive is worse, and infinite from nothing.
  let estimate: Double
  let lower: Double
  let upper: Double
  /// Chance may have made the values: the metric is a statistical one, or a side's values differ
  /// among themselves by more than the tolerance.
  let varies: Bool
  /// Whether sessions of unchanged code agree, as they do in exact metrics. In a statistical one
  /// they differ by themselves, and the processes of two sessions cannot tell that from a change.
  let canConvict: Bool
  /// Differences up to this say nothing.
  let tolerance: Double
  /// The medians, where one of them is zero.
  private let zero: ZeroChange?
  /// Ascending.
  private let before: [Double]
  private let after: [Double]

  /// `tolerance` is that of an exact metric; `nil` for a statistical one, whose values have no
  /// logarithm.
  init(base: SeriesData, head: SeriesData, tolerance: Double?, rule: ComparisonRule) {
    let (before, after) = (base.sortedValues, head.sortedValues)
    let direction = head.metric.direction
    let middles = (Quantile.median(ofSorted: before), Quantile.median(ofSorted: after))
    func change(_ before: Double?, _ after: Double?) -> Double {
      Self.relativeChange(from: before ?? 0, to: after ?? 0, direction: direction)
    }
    let ends = [change(before.last, after.first), change(before.first, after.last)]
    estimate = change(middles.0, middles.1)
    lower = min(ends[0], ends[1])
    upper = max(ends[0], ends[1])
    zero = ZeroChange(from: middles.0, to: middles.1)
    let isStopped = direction == .higher && Self.isStop(before, after)
    canConvict = tolerance != nil || isStopped
    varies = !isStopped && [before, after].contains { Self.spread($0) > tolerance ?? -1 }
    self.tolerance = varies ? max(tolerance ?? 0, rule.floor) : tolerance ?? 0
    self.before = before
    self.after = after
  }

  /// One-sided, of the exact rank-sum test, in the direction of the difference; 1 where chance
  /// plays no part. Of an exact metric it is smaller the farther the sides lie apart, see
  /// `SideGap`.
  ///
  /// Counted when it is asked for: of a series whose sides overlap a paired comparison never asks.
  var pValue: Double {
    guard varies else { return 1 }
    let untied = RankDistributions.shared.rankSum(x: before.count, y: after.count)
    let test = RankSum(before, after, untied: untied)
    let ranks = min(test.lowerTail, test.upperTail)
    return canConvict ? ranks * SideGap(before, after).chance : ranks
  }

  /// (worse − better) ÷ better, so that both directions of a metric read alike: a throughput
  /// that halves is 100 % worse.
  ///
  /// A change from nothing is infinite, in every unit alike.
  static func relativeChange(from base: Double, to head: Double, direction: Direction) -> Double {
    let (reference, value) = direction == .lower ? (base, head) : (head, base)
    return ratio(value - reference, to: reference)
  }

  /// The distance from the smallest to the largest value, relative to the middle one.
  private static func spread(_ sorted: [Double]) -> Double {
    ratio((sorted.last ?? 0) - (sorted.first ?? 0), to: Quantile.median(ofSorted: sorted))
  }

  /// A difference relative to a value; of zero it is infinite, and no difference is 0.
  private static func ratio(_ difference: Double, to value: Double) -> Double {
    difference == 0 ? 0 : difference / abs(value)
  }

  /// Whether something stopped, or began: every value of one side is zero, and all of the other are
  /// above. Noise that takes a rate to exactly zero in every process is not known.
  private static func isStop(_ before: [Double], _ after: [Double]) -> Bool {
    func isZero(_ sorted: [Double]) -> Bool { sorted.first == 0 && sorted.last == 0 }
    func isPositive(_ sorted: [Double]) -> Bool { (sorted.first ?? 0) > 0 }
    return isZero(after) && isPositive(before) || isZero(before) && isPositive(after)
  }

  /// One-sided, where the values of the sides lie apart by more than the tolerance that way;
  /// otherwise 1.
  func pValue(_ direction: Shift) -> Double {
    switch direction {
    case .worse: lower > tolerance ? pValue : 1
    case .better: upper < -tolerance ? pValue : 1
    }
  }

  /// The processes of the side that has fewer.
  var processes: Int { min(before.count, after.count) }

  /// How many more processes a side would let the ranks alone convict at `level`, if the sides go
  /// on lying apart; `nil` where they do not, where no number would do, and where nobody would wait
  /// for it.
  func moreProcesses(level: Double) -> Int? {
    guard canConvict, varies, lower > tolerance || upper < -tolerance else { return nil }
    return (1...Self.mostProcesses).first {
      RankSum.chanceOfSeparation(x: before.count + $0, y: after.count + $0) <= level
    }
  }

  /// Nobody waits for more processes of one series than this.
  private static let mostProcesses = 500

  /// The change with its range.
  var change: Change {
    let smallest = varies ? tolerance + (upper - lower) / 2 : tolerance
    return Change(
      estimate: estimate, lower: lower, upper: upper,
      smallestDetectable: zero == nil ? smallest : nil, zero: zero)
  }
}

extension SeriesData {
  fileprivate var sortedValues: [Double] {
    judgedSessions.flatMap { $0.processes.map(\.value) }.sorted()
  }
}
