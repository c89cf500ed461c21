package import BenchComparer
package import BenchModel

/// `benchdb trend` and `benchdb changes` for programs: `schemaVersion` 1, `kind` "trend" or
/// "changes".
///
/// Both have `line` (`name`, `order`, `commits`, `first`, `last`, `elsewhere`) and `rule`. A trend
/// has `series`: `series`, `benchmark`, `parameters`, `metric`, `unit`, `direction`, `isGate`,
/// `version`, `machine`, `commits`, `commitsUntilTold` (how many more it takes until a change could
/// be told), `latest`, `behind`, `overall` and `events`; changes have `events`, latest first. An
/// event has its `kind` ("shift", "drift", "excursion", "outlier"), `from` and `to`,
/// `commits`, `before`, `after`, `change` (`estimate`, `lower`, `upper`; positive is worse),
/// `isProvisional`, its `text` and, where somebody accepted it, its `acceptance` as `benchdb
/// compare` has it.
package enum HistoryJSON {
  package static func trend(
    _ rows: [TrendRow], line: CommitLine, rule: HistoryRule
  ) -> String {
    let titles = MachineTitles(rows.map(\.machine))
    return JSONDocument.text(
      "trend",
      Trend(
        line: LineJSON(line), rule: RuleJSON(rule),
        series: rows.sorted(by: TrendRow.isWorse).map { TrendRowJSON($0, titles) }))
  }

  /// `series`: how many were judged.
  package static func changes(
    _ events: [HistoryEvent], series: Int, line: CommitLine, rule: HistoryRule
  ) -> String {
    let titles = MachineTitles(events.map(\.machine))
    return JSONDocument.text(
      "changes",
      Changes(
        line: LineJSON(line), rule: RuleJSON(rule), series: series,
        events: events.sorted(by: HistoryEvent.isLater).map { EventJSON($0, titles) }))
  }

  private struct Trend: Encodable {
    let line: LineJSON
    let rule: RuleJSON
    let series: [TrendRowJSON]
  }

  private struct Changes: Encodable {
    let line: LineJSON
    let rule: RuleJSON
    let series: Int
    let events: [EventJSON]
  }
}

private struct LineJSON: Encodable {
  let name: String
  let order: CommitLine.Order
  let commits: Int
  let first, last: String?
  let elsewhere: [String]

  init(_ line: CommitLine) {
    name = line.name
    order = line.order
    commits = line.commits.count
    first = line.commits.first?.commit.hash
    last = line.commits.last?.commit.hash
    elsewhere = line.elsewhere.map(\.hash)
  }
}

private struct RuleJSON: Encodable {
  let alpha, floor: JSONNumber
  let minimumSegment, settledAfter: Int

  init(_ rule: HistoryRule) {
    alpha = .ratio(rule.alpha)
    floor = .ratio(rule.floor)
    minimumSegment = rule.minimumSegment
    settledAfter = rule.settledAfter
  }
}

private struct EventJSON: Encodable {
  let kind: HistoryEvent.Kind
  let series, benchmark, metric, machine: String
  let parameters: [String: String]
  let from, to: String
  /// Null where it is not known.
  let authored: String?
  let commits: Int
  let before, after: JSONNumber
  let change: ShiftJSON
  let isProvisional: Bool
  let text: String
  let acceptance: ComparisonRowJSON.Accepted?

  init(_ event: HistoryEvent, _ titles: MachineTitles) {
    kind = event.kind
    series = event.key.description
    benchmark = event.key.benchmark.id
    metric = event.metric.name
    machine = titles[event.machine]
    parameters = event.key.benchmark.parameters
    from = event.from.hash
    to = event.to.hash
    authored = event.to.authored.map(Timestamp.machine)
    commits = event.commits
    before = JSONNumber(event.before, event.metric.unit.rawValue)
    after = JSONNumber(event.after, event.metric.unit.rawValue)
    change = ShiftJSON(event.change)
    isProvisional = event.isProvisional
    text = EventText.change(event)
    acceptance = event.accepted.map(ComparisonRowJSON.Accepted.init)
  }
}

private struct TrendRowJSON: Encodable {
  let series, benchmark, metric, unit: String
  let parameters: [String: String]
  let direction: Direction
  let isGate: Bool
  let version: Int
  let machine: MachineClassJSON
  let commits, commitsUntilTold, behind: Int
  let latest: Latest
  let overall: ShiftJSON?
  let events: [EventJSON]

  struct Latest: Encodable {
    let commit: String
    let value, lower, upper: JSONNumber
    let processes: Int
    let isDirty: Bool
  }

  init(_ row: TrendRow, _ titles: MachineTitles) {
    series = row.key.description
    benchmark = row.key.benchmark.id
    metric = row.metric.name
    unit = row.metric.unit.rawValue
    parameters = row.key.benchmark.parameters
    direction = row.metric.direction
    isGate = row.metric.isGate
    version = row.version
    machine = MachineClassJSON(row.machine)
    commits = row.commits
    commitsUntilTold = row.commitsUntilTold
    behind = row.behind
    latest = Latest(
      commit: row.latestCommit.hash, value: JSONNumber(row.latest.median, unit),
      lower: JSONNumber(row.latest.interval.lowerBound, unit),
      upper: JSONNumber(row.latest.interval.upperBound, unit),
      processes: row.latest.processes.count, isDirty: row.latest.location.isDirty)
    overall = row.overall.map(ShiftJSON.init)
    events = row.events.map { EventJSON($0, titles) }
  }
}
