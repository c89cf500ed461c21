import BenchModel
import BenchStatistics

/// The benchmarks that do the same work on both sides, by an exact count of their instructions.
///
/// The same source with another layout of its code moved single workloads by up to 39 %; a change
/// of the code that leaves the count of instructions alone is far rarer. So a duration that moved
/// by less than 5 % while the count stayed within 0.1 % is nobody's regression. That gives up power
/// on purpose: a change of memory access alone is taken for layout, below 5 %.
struct UnchangedWork {
  private let benchmarks: Set<BenchmarkKey>

  /// Relative: hash seeds and addresses move an exact count by less.
  static let tolerance = 0.001
  /// A larger change of a duration is left to a human eye.
  static let largestMove = 0.05

  init(_ judgements: [SeriesJudgement]) {
    benchmarks = Set(
      judgements.filter(Self.isUnchangedCount).compactMap { $0.pair.any?.key.benchmark })
  }

  private static func isUnchangedCount(_ judgement: SeriesJudgement) -> Bool {
    guard judgement.pair.any?.key.metric == Metric.instructions.name, judgement.evidence != nil,
      let before = judgement.pair.base.flatMap(SideSummary.init)?.value,
      let after = judgement.pair.head.flatMap(SideSummary.init)?.value
    else { return false }
    return isUnchanged(from: before, to: after)
  }

  static func isUnchanged(from before: Double, to after: Double) -> Bool {
    before > 0 && abs(after - before) <= tolerance * before
  }

  /// The verdict on a series, with what the count of its benchmark's instructions makes of it.
  func verdict(_ verdict: Verdict, on series: SeriesKey, _ metric: Metric) -> Verdict {
    guard Self.applies(to: metric), benchmarks.contains(series.benchmark),
      [.worse, .better].contains(verdict.kind.movement), let change = verdict.change,
      abs(change.estimate) < Self.largestMove
    else { return verdict }
    return .layoutOrMachine(change)
  }

  /// Times and rates that chance can touch.
  static func applies(to metric: Metric) -> Bool { metric.dependsOnLayout }
}

extension ComparisonRow {
  /// The same row with what the count of instructions makes of its verdict.
  func explained(by work: UnchangedWork) -> ComparisonRow {
    guard case .judged(let verdict) = answer else { return self }
    return answering(.judged(work.verdict(verdict, on: key, metric)))
  }
}
