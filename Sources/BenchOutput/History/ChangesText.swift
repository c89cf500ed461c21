import BenchComparer
package import BenchModel
import TextCoding

/// `benchdb changes` for a terminal: what happened over history, latest first.
package struct ChangesText {
  private let events: [HistoryEvent]
  private let series: Int
  private let machines: [MachineClass]
  private let line: CommitLine
  private let showsAll: Bool
  private let width: Int
  private let style: TerminalStyle

  /// `series`: how many were judged;
  /// `machines`: on which classes of machines.
  package init(
    _ events: [HistoryEvent], series: Int, machines: [MachineClass], line: CommitLine,
    showsAll: Bool = false,
    width: Int = 80, style: TerminalStyle = .plain
  ) {
    self.events = events.sorted(by: HistoryEvent.isLater)
    self.series = series
    self.machines = machines
    self.line = line
    self.showsAll = showsAll
    self.width = width
    self.style = style
  }

  package var text: String {
    let heading = Elision.wrap("\(LineText.heading(line)). \(verdict)", width: width)
    let footnotes = LineText.footnotes(line).flatMap { Elision.wrap($0, width: width) }
    let table = shown.isEmpty && outliers == 0 ? [] : table.lines(width: width, style: style)
    let blocks = [heading, legend, table, footnotes].filter { !$0.isEmpty }
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

  /// `#1 AMD EPYC, 2 cores, Linux 6`, a line a class, where there are several: their names would
  /// fill a column.
  private var legend: [String] {
    guard machines.count > 1 else { return [] }
    let titles = MachineTitles(machines)
    return machines.enumerated().flatMap { index, machine in
      Elision.wrap("#\(index + 1) \(Printable.excerpt(titles[machine]))", width: width - 2)
        .map { "  " + $0 }
    }
  }

  private var table: TextTable {
    let columns: [TextTable.Column] = [
      .init("commit", fitting: .fixed), .init("authored", fitting: .droppable),
      .init("series", fitting: .elidable(minimum: 22)), .init("on", fitting: .fixed),
      .init("before → after", alignment: .right, fitting: .expendable),
      .init("what happened", fitting: .wrapping(minimum: 26)),
    ]
    var table = TextTable(columns: machines.count > 1 ? columns : columns.without(Self.on))
    for event in shown { table.add(cells(event)) }
    if !showsAll, outliers > 0 {
      table.add(line: .init("⋯ \(English.count(outliers, "outlier"))", .dim))
    }
    return table
  }

  private func cells(_ event: HistoryEvent) -> [TextTable.Cell] {
    let unit = event.metric.unit
    let position =
      event.kind == .shift && event.commits == 1 ? "" : " " + EventText.commits(event)
    let happened = ([EventText.change(event) + position] + EventText.standing(event))
      .joined(separator: ", ")
    let cells: [TextTable.Cell] = [
      .init(event.to.shortHash), .init(Timestamp.day(event.to.authored), .dim),
      .init(event.key.description),
      .init(machines.firstIndex(of: event.machine).map { "#\($0 + 1)" } ?? "", .dim),
      .init("\(Quantity(event.before, unit)) → \(Quantity(event.after, unit))"),
      .init(happened, EventText.role(event)),
    ]
    return machines.count > 1 ? cells : cells.without(Self.on)
  }

  /// The index of the column of machines, which is left out where there is one class only.
  private static let on = 3
}

extension Array {
  fileprivate func without(_ index: Int) -> [Element] {
    Array(self[..<index] + self[(index + 1)...])
  }
}

extension HistoryEvent {
  /// Latest first; of one commit, lasting changes first and the worst of them first.
  package static func isLater(_ left: HistoryEvent, _ right: HistoryEvent) -> Bool {
    if left.position != right.position { return left.position > right.position }
    let (one, other) = (left.kind == .outlier, right.kind == .outlier)
    if one != other { return other }
    if left.change.estimate != right.change.estimate {
      return left.change.estimate > right.change.estimate
    }
    return left.key < right.key
  }
}
