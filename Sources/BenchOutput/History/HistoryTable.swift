import BenchComparer
import BenchModel
import TextCoding

/// Histories as plain tables, for CSV and Markdown.
package struct HistoryTable {
  private let columns: [String]
  private let rows: [[SQLValue]]
  /// The columns that Markdown leaves out, since they repeat others for programs.
  private let machineOnly: Set<String>

  /// One row a series.
  package init(trend rows: [TrendRow]) {
    columns = [
      "series", "machine", "version", "commits", "latest_commit", "latest", "unit", "processes",
      "behind", "overall", "events", "last_event",
    ]
    machineOnly = ["version", "processes", "behind"]
    let titles = MachineTitles(rows.map(\.machine))
    self.rows = rows.sorted(by: TrendRow.isWorse).map { row in
      [
        .text(row.key.description), .text(titles[row.machine]), .integer(Int64(row.version)),
        .integer(Int64(row.commits)), .text(row.latestCommit.hash), .real(row.latest.median),
        .text(row.metric.unit.rawValue), .integer(Int64(row.latest.processes.count)),
        .integer(Int64(row.behind)), row.overall.map { ratio($0, \.estimate) } ?? .null,
        .integer(Int64(row.told.count)),
        row.told.first.map { .text(EventText.line($0)) } ?? .null,
      ]
    }
  }

  /// One row an event, latest first.
  package init(changes events: [HistoryEvent]) {
    columns = [
      "kind", "series", "machine", "from", "to", "commits", "authored", "before", "after", "unit",
      "change", "lower", "upper", "provisional", "accepted", "what_happened",
    ]
    machineOnly = ["change", "lower", "upper"]
    let titles = MachineTitles(events.map(\.machine))
    rows = events.sorted(by: HistoryEvent.isLater).map { event in
      [
        .text(event.kind.rawValue), .text(event.key.description), .text(titles[event.machine]),
        .text(event.from.hash), .text(event.to.hash), .integer(Int64(event.commits)),
        .text(Timestamp.day(event.to.authored)), .real(event.before), .real(event.after),
        .text(event.metric.unit.rawValue), ratio(event.change, \.estimate),
        ratio(event.change, \.lower), ratio(event.change, \.upper),
        .text(event.isProvisional ? "yes" : "no"),
        event.accepted.map { .text(AcceptanceText.standing($0)) } ?? .null,
        .text(EventText.change(event)),
      ]
    }
  }

  /// RFC 4180, numbers in full.
  package var csv: String {
    ([RowCSV.line(columns.map { .text($0) })] + rows.map(RowCSV.line)).joined()
  }

  /// A table of GitHub-flavoured Markdown, numbers as people read them.
  package var markdown: String {
    let shown = columns.indices.filter { !machineOnly.contains(columns[$0]) }
    let unit = columns.firstIndex(of: "unit")
    func line(_ cells: [String]) -> String { "| \(cells.joined(separator: " | ")) |\n" }
    let heading = shown.map { columns[$0].replacing("_", with: " ") }
    return line(heading) + line(shown.map { _ in "---" })
      + rows.map { row in
        line(shown.map { text(row[$0], column: columns[$0], unit: unit.map { row[$0] }) })
      }.joined()
  }

  private func text(_ value: SQLValue, column: String, unit: SQLValue?) -> String {
    switch value {
    case .null: return "–"
    case .real(let number) where column == "overall": return RelativeSize.signed(number)
    case .real(let number):
      guard case .text(let unit)? = unit else { return Digits.three(number) }
      return Quantity(number, Unit(rawValue: unit)).description
    case .text(let hash) where ["from", "to", "latest_commit"].contains(column):
      return "`\(hash.prefix(9))`"
    default: return MarkdownText.text(value.plainText)
    }
  }
}

/// A number of a relative change; null where it is one from or to zero, or no number holds it.
private func ratio(_ shift: RelativeShift, _ number: KeyPath<RelativeShift, Double>) -> SQLValue {
  let value = shift[keyPath: number]
  return shift.zero == nil && value.isFinite ? .real(value) : .null
}
