import BenchModel
import BenchStatistics

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// One paired series on its way to a row: found fit to be judged or not, its evidence taken after
/// any number of rounds.
struct PairedSeriesJudgement {
  let series: PairedSeries
  let standing: Standing
  /// What it is judged as, by both sides.
  let metric: Metric?
  /// The comparison's rule, with the series' own floor where that is higher.
  let rule: ComparisonRule
  private let layouts: RoundLayouts

  enum Standing: Hashable {
    case notJudged(Reason)
    case identical
    case judged
  }

  init(_ series: PairedSeries, rule: ComparisonRule, judgeIdentical: Bool) {
    self.series = series
    self.rule = rule.with(floor: series.floor)
    metric = series.metric
    layouts = series.isLayoutVaried ? RoundLayouts(of: series.rounds) : .none
    standing = Self.standing(of: series, judgeIdentical: judgeIdentical)
  }

  var isGate: Bool { metric?.isGate ?? false }
  /// The floor on the log scale.
  var floor: Double { log1p(rule.floor) }
  /// The margin of 'no change' on the log scale.
  var margin: Double { log1p(rule.margin) }

  /// Whether the layout of a side's code is a bias and not part of the noise.
  var hasOneLayout: Bool { series.layout == .one }

  /// What the first `rounds` rounds say; `nil` where there are not so many. Of an exact metric
  /// every process counts, those of later rounds too.
  func evidence(rounds: Int) -> PairedEvidence? {
    guard standing == .judged, rounds > 0, series.rounds.count >= rounds else { return nil }
    let isExact = metric?.tolerance != nil
    let taken = isExact ? series.rounds.count : rounds
    if let metric, metric.judgement == .statistical, series.head != nil,
      let ranks = RankEvidence(
        series.rounds.prefix(taken), direction: metric.direction, layouts: layouts)
    {
      return .ranks(ranks)
    }
    return range(rounds: taken).map(PairedEvidence.range)
  }

  private func range(rounds: Int) -> RangeEvidence? {
    guard let metric, let base = series.data(of: \.base, rounds: rounds),
      let head = series.data(of: \.head, rounds: rounds)
    else { return nil }
    return RangeEvidence(base: base, head: head, tolerance: metric.tolerance, rule: rule)
  }

  /// The A/A control against BASE; `nil` where there is too little of it, or chance plays no part.
  func control(rounds: Int) -> RankView? {
    guard standing == .judged, let metric, metric.judgement == .statistical else { return nil }
    let taken = series.rounds.prefix(rounds)
    let sign: Double = metric.direction == .lower ? 1 : -1
    let shifts = taken.compactMap(\.controlShift)
    if shifts.count > 1, taken.allSatisfy({ $0.shift != nil }) {
      return RankView(differences: shifts.map { sign * $0 }, weight: 1)
    }
    let controls = taken.compactMap { $0.control?.value }
    let values = taken.map(\.base.value)
    guard controls.count > 1, (controls + values).allSatisfy({ $0 > 0 && $0.isFinite }) else {
      return nil
    }
    return RankView(base: values.map { sign * log($0) }, head: controls.map { sign * log($0) })
  }

  /// Whether more rounds may decide what has no decision.
  var isOpen: Bool {
    switch standing {
    case .judged, .notJudged(.notMeasured), .notJudged(.oneProcess): true
    case .notJudged, .identical: false
    }
  }

  private static func standing(of series: PairedSeries, judgeIdentical: Bool) -> Standing {
    let pair = SeriesPair(
      base: series.data(of: \.base), head: series.data(of: \.head), elsewhere: nil)
    switch pair.eligible() {
    // Nothing but samples is ever in a round.
    case .notJudged(.summaryOnly): return .notJudged(.notMeasured)
    case .notJudged(let reason): return .notJudged(reason)
    case .judged(let base, let head):
      return base.ranSameCode(as: head) && !judgeIdentical ? .identical : .judged
    }
  }
}

/// What the rounds of a series say.
enum PairedEvidence {
  case ranks(RankEvidence)
  /// Metrics that do not vary, and values without a logarithm.
  case range(RangeEvidence)

  /// Chance may have made a difference.
  var varies: Bool {
    switch self {
    case .ranks: true
    case .range(let range): range.varies
    }
  }

  /// One-sided; 1 where the shift does not reach the floor, which is on the log scale.
  func pValue(_ direction: Shift, floor: Double) -> Double {
    switch self {
    case .ranks(let ranks): ranks.pValue(direction, floor: floor)
    case .range(let range): range.pValue(direction)
    }
  }
}

extension PairedSeries {
  fileprivate var metric: Metric? {
    guard let base, let head else { return (head ?? base)?.metric }
    return head.metric.stricter(than: base.metric)
  }

  /// One side as a session of its own; `nil` where the side does not have the series.
  func data(of side: KeyPath<PairedSeries, PairedSide?>, rounds limit: Int = .max) -> SeriesData? {
    guard let facts = self[keyPath: side] else { return nil }
    let taken = rounds.prefix(limit)
    let processes = side == \.base ? taken.map(\.base) : taken.map(\.head)
    return SeriesData(
      key: key, metric: facts.metric, version: facts.version, machine: machine, source: source,
      sessions: [
        SeriesSession(
          id: session, started: started, state: state, toolchain: facts.toolchain,
          processes: processes)
      ], failures: facts.failures)
  }
}
