import BenchModel
import BenchStatistics

/// One series on its way to a row: paired, found fit to be judged or not, its evidence taken.
struct SeriesJudgement {
  let pair: SeriesPair
  private let subject: SeriesData
  private let metric: Metric
  private let standing: Standing

  private enum Standing {
    case notJudged(Reason)
    case identical(Evidence)
    case judged(Evidence)
  }

  init?(_ pair: SeriesPair, noise: SessionNoise, rule: ComparisonRule, judgeIdentical: Bool) {
    guard let subject = pair.any, let metric = pair.metric else { return nil }
    self.pair = pair
    self.subject = subject
    self.metric = metric
    switch pair.eligible() {
    case .notJudged(let reason):
      standing = .notJudged(reason)
    case .judged(let base, let head):
      let evidence = Evidence(base: base, head: head, as: metric, noise: noise, rule: rule)
      let isIdentical = !judgeIdentical && base.ranSameCode(as: head)
      standing = isIdentical ? .identical(evidence) : .judged(evidence)
    }
  }

  var isGate: Bool { metric.isGate }

  /// What there is to be judged; `nil` for rows that are not, and for identical code.
  var evidence: Evidence? {
    if case .judged(let evidence) = standing { evidence } else { nil }
  }

  func row(_ decision: Holm.Decision, rule: ComparisonRule) -> ComparisonRow {
    let answer: ComparisonRow.Answer =
      switch standing {
      case .notJudged(let reason): .notJudged(reason)
      case .identical(let evidence):
        .judged(.identicalCode(evidence.storedVerdict(decision, rule: rule).own))
      case .judged(let evidence): .judged(evidence.storedVerdict(decision, rule: rule).verdict)
      }
    return ComparisonRow(
      key: subject.key, metric: metric, source: subject.source,
      base: (pair.base ?? pair.elsewhere).flatMap(SideSummary.init),
      head: pair.head.flatMap(SideSummary.init), answer: answer)
  }
}

extension SeriesData {
  /// An unknown binary is nobody's copy.
  func ranSameCode(as other: SeriesData) -> Bool {
    let hashes = binaryHashes
    return hashes == other.binaryHashes && !hashes.contains("")
  }
}

extension SideSummary {
  /// - Returns: `nil` where no process has a finite value.
  init?(_ series: SeriesData) {
    let sessions = series.sessions.filter { !$0.processes.isEmpty }
    let processes = sessions.flatMap(\.processes)
    let values = processes.map(\.value).filter(\.isFinite)
    guard !values.isEmpty else { return nil }
    self.init(
      value: Quantile.median(values), processes: processes.count, sessions: sessions.count,
      samples: processes.reduce(0) { $0.addingSaturated($1.samples) })
  }
}
