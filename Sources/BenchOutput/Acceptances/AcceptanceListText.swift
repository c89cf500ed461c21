package import BenchModel

/// `benchdb accept --list` for a terminal.
package enum AcceptanceListText {
  /// One line an acceptance; `today` says which are over.
  package static func text(
    _ acceptances: [Acceptance], on today: Day, width: Int = 80, style: TerminalStyle = .plain
  ) -> String {
    guard !acceptances.isEmpty else {
      return "Nothing is accepted. next: benchdb accept SERIES, after benchdb compare\n"
    }
    var table = TextTable(columns: [
      .init("series", fitting: .elidable(minimum: 16)), .init("up to", alignment: .right),
      .init("commits"), .init("until"), .init("by", fitting: .elidable(minimum: 8)),
      .init("reason", fitting: .elidable(minimum: 12)), .init("id", fitting: .droppable),
    ])
    table.indent = 0
    for acceptance in acceptances {
      let isOver = acceptance.isExpired(on: today)
      let until = acceptance.until?.description ?? "–"
      table.add([
        .init(acceptance.series.description), .init(AcceptanceText.size(acceptance)),
        .init(AcceptanceText.range(acceptance)),
        .init(isOver ? "\(until), over" : until, isOver ? .warning : nil),
        .init(acceptance.author), .init(acceptance.reason, .dim),
        .init(String(acceptance.idText.prefix(8)), .dim),
      ])
    }
    return table.lines(width: width, style: style).joined(separator: "\n") + "\n"
  }
}
