import BenchComparer
package import BenchModel

/// `benchdb changes` for a terminal: what happened over history, latest first.
package struct ChangesText {
  private let events: [HistoryEvent]
  private let series: Int
  private let line: CommitLine
  private let showsAll: Bool
  private let width: Int
  private let style: TerminalStyle

  /// `series`: how many were judged.
  package init(
    _ events: [HistoryEvent], series: Int, line: CommitLine, showsAll: Bool = false,
    width: Int = 80, style: TerminalStyle = .plain
  ) {
    self.events = events.sorted(by: HistoryEvent.isLater)
    self.series = series
    self.line = line
    self.showsAll = showsAll
    self.width = width
    self.style = style
  }

  package var text: String {
    let heading = Elision.wrap("\(LineText.heading(line)). \(verdict)", width: width)
    let footnotes = LineText.footnotes(line).flatMap { Elision.wrap($0, width: width) }
    let blocks =
      [heading] + (shown.isEmpty && outliers == 0 ? [] : [table.lines(width: width, style: style)])
      + (footnotes.isEmpty ? [] : [footnotes])
    return blocks.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  private var outliers: Int { events.count { $0.kind == .outlier } }
  private var shown: [HistoryEvent] {
    showsAll ? events : events.filter { $0.kind != .outlier }
  }

  private var verdict: String {
    let shifts = events.count { $0.kind == .shift }
    let drifts = events.count { $0.kind == .drift }
    return "\(English.count(shifts, "level shift")), \(English.count(drifts, "drift")) and "
      + "\(English.count(outliers, "outlier")) in \(Digits.grouped(series)) series."
  }

  private var table: TextTable {
    var table = TextTable(columns: [
      .init("commit", fitting: .fixed), .init("authored", fitting: .droppable),
      .init("series", fitting: .elidable(minimum: 16)), .init("before", alignment: .right),
      .init("after", alignment: .right), .init("what happened", fitting: .wrapping(minimum: 26)),
    ])
    for event in shown { table.add(cells(event)) }
    if !showsAll, outliers > 0 {
      table.add(line: .init("⋯ \(English.count(outliers, "outlier"))", .dim))
    }
    return table
  }

  private func cells(_ event: HistoryEvent) -> [TextTable.Cell] {
    let unit = event.metric.unit
    let place =
      event.kind == .shift && event.commits == 1 ? "" : " " + EventText.commits(event)
    let standing = EventText.standing(event).map { ", \($0)" } ?? ""
    return [
      .init(event.to.shortHash), .init(Timestamp.day(event.to.authored), .dim),
      .init(event.key.description), .init(Quantity(event.before, unit).description),
      .init(Quantity(event.after, unit).description),
      .init(EventText.change(event) + place + standing, EventText.role(event)),
    ]
  }
}

extension HistoryEvent {
  /// Latest first; of one commit, lasting changes first and the worst of them first.
  package static func isLater(_ left: HistoryEvent, _ right: HistoryEvent) -> Bool {
    if left.place != right.place { return left.place > right.place }
    let (one, other) = (left.kind == .outlier, right.kind == .outlier)
    if one != other { return other }
    if left.change.estimate != right.change.estimate {
      return left.change.estimate > right.change.estimate
    }
    return left.key < right.key
  }
}
