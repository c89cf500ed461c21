import BenchComparer
import BenchModel

/// One series of a comparison; see `ComparisonJSON`.
struct ComparisonRowJSON: Encodable {
  let series: String
  let benchmark: String
  let parameters: [String: String]
  let metric: String
  let unit: String
  let direction: Direction
  let isGate: Bool
  let judgement: Judged
  let source: Source?
  /// How this row was measured: `stored`, or `paired`, as suspects of a stored comparison may be.
  let mode: Comparison.Mode
  /// How the processes of a round ran beside each other: `lockstep`, `long-turns`, `together` or
  /// `apart`; left out for one after the other, as without rounds.
  let method: RoundMethod?
  let answer: String
  let text: String
  let base: Side?
  let head: Side?
  let change: Interval?
  /// The largest change that the interval allows where `answer` is "no_change".
  let noChangeLargerThan: JSONNumber?
  /// About how many more processes a side would decide, where `answer` is "suspected",
  /// "suspected_faster" or "inconclusive".
  let moreProcesses: Int?
  /// Why the row was not judged, where `answer` is "not_judged".
  let reason: AnswerKind?
  /// What was accepted of the change; where that is in force, `answer` is "accepted".
  let acceptance: Accepted?

  init(_ row: ComparisonRow) {
    series = row.key.description
    benchmark = row.key.benchmark.id
    parameters = row.key.benchmark.parameters
    metric = row.metric.name
    unit = row.metric.unit.rawValue
    direction = row.metric.direction
    isGate = row.metric.isGate
    judgement = Judged(row.metric.judgement)
    source = row.source.map { Source(file: $0.file, line: $0.line) }
    mode = row.mode
    method = row.method
    text = AnswerText.text(row)
    acceptance = row.acceptance.map(Accepted.init)
    base = row.base.map { Side($0, row.metric.unit) }
    head = row.head.map { Side($0, row.metric.unit) }
    answer = row.kind.isJudged ? row.kind.rawValue : "not_judged"
    reason = row.kind.isJudged ? nil : row.kind
    change = row.answer.change.map(Interval.init)
    if case .judged(let verdict) = row.answer {
      noChangeLargerThan = if case .noChange(_, let bound) = verdict { .ratio(bound) } else { nil }
      moreProcesses = verdict.moreProcesses
    } else {
      (noChangeLargerThan, moreProcesses) = (nil, nil)
    }
  }

  /// `{"rule":"statistical"}` or `{"rule":"exact","tolerance":…}`
  struct Judged: Encodable {
    let rule: String
    let tolerance: JSONNumber?

    init(_ judgement: Judgement) {
      switch judgement {
      case .statistical: (rule, tolerance) = ("statistical", nil)
      case .exact(let tolerance): (rule, self.tolerance) = ("exact", .ratio(tolerance))
      }
    }
  }

  struct Accepted: Encodable {
    let id, from, to, reason, by, accepted: String
    let until: String?
    let upTo: JSONNumber
    let standing: AcceptedChange.Standing

    init(_ change: AcceptedChange) {
      let acceptance = change.acceptance
      id = acceptance.idText
      (from, to) = (acceptance.from, acceptance.to)
      (reason, by) = (acceptance.reason, acceptance.author)
      (accepted, until) = (acceptance.accepted.description, acceptance.until?.description)
      upTo = .size(acceptance)
      standing = change.standing
    }
  }

  struct Source: Encodable {
    let file: String
    let line: Int
  }

  struct Side: Encodable {
    let value: JSONNumber
    let processes, sessions, samples: Int

    init(_ side: SideSummary, _ unit: Unit) {
      value = JSONNumber(side.value, unit.rawValue)
      (processes, sessions, samples) = (side.processes, side.sessions, side.samples)
    }
  }

  struct Interval: Encodable {
    let estimate, lower, upper, smallestDetectable: JSONNumber
    let zero: ZeroChangeJSON?

    init(_ change: Change) {
      let isRatio = change.zero == nil
      estimate = .ratio(isRatio ? change.estimate : nil)
      lower = .ratio(isRatio ? change.lower : nil)
      upper = .ratio(isRatio ? change.upper : nil)
      smallestDetectable = .ratio(change.smallestDetectable)
      zero = change.zero.map(ZeroChangeJSON.init)
    }
  }
}
