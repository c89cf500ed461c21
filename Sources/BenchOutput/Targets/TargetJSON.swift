package import BenchComparer
import BenchModel

/// `benchdb check` for programs: `schemaVersion` 1, `kind` "check", the run, the counts, the exit,
/// and `targets` in the order of the configuration.
///
/// `verdict` is `met`, `missed`, `inconclusive` or `not_measured`; `measured`, `lower` and `upper`
/// are left out where there is no value. `limit` is what people read; `below` and `above` are its
/// numbers, left out where it has none on that side.
package enum TargetJSON {
  package static func text(
    _ check: TargetCheck, setting: TargetSetting, exit: TargetExit
  ) -> String {
    JSONDocument.text(
      "check",
      Document(
        run: setting.run.text, revision: setting.revision,
        profile: setting.profile, machine: setting.machine, text: check.sentence,
        met: check.met, missed: check.missed, inconclusive: check.undecided,
        notMeasured: check.unmeasured, exit: exit.status.rawValue,
        targets: check.rows.map(Row.init)))
  }

  private struct Document: Encodable {
    let run, revision, profile, machine, text: String
    let met, missed, inconclusive, notMeasured: Int
    let exit: Int32
    let targets: [Row]
  }

  private struct Row: Encodable {
    let target, benchmark, metric, statistic, series, limit: String
    let verdict: AnswerKind
    let reason: String?
    let below, above, measured, lower, upper: JSONNumber?
    let processes: Int?

    init(_ row: TargetRow) {
      let unit = row.target.unitName
      target = row.target.name
      benchmark = row.benchmark?.description ?? row.target.benchmark.description
      metric = row.target.metric
      statistic = row.target.statistic.rawValue
      series = TargetWords.subject(row)
      verdict = row.verdict.kind
      limit = TargetWords.limit(row.target)
      below = row.target.bound.highest.map { JSONNumber($0, unit) }
      above = row.target.bound.lowest.map { JSONNumber($0, unit) }
      reason = TargetWords.reason(row)
      measured = row.estimate.map { JSONNumber($0.value, unit) }
      lower = row.estimate.map { JSONNumber($0.lower, unit) }
      upper = row.estimate.map { JSONNumber($0.upper, unit) }
      processes = row.estimate?.processes
    }
  }
}

extension Target.Bound {
  fileprivate var lowest: Double? {
    switch self {
    case .below: nil
    case .above(let limit), .between(let limit, _): limit
    }
  }

  fileprivate var highest: Double? {
    switch self {
    case .above: nil
    case .below(let limit), .between(_, let limit): limit
    }
  }
}

extension Target {
  fileprivate var unitName: String {
    switch measure {
    case .ratio, .spread: "ratio"
    case .slope: "exponent"
    case .rate: Unit.perSecond.rawValue
    case .value, .per: unit?.rawValue ?? "ratio"
    }
  }
}
