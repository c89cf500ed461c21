import BenchComparer
package import BenchModel
import TextCoding

/// `benchdb trend` for a terminal: what happened, and where each series stands.
package struct TrendText {
  private let rows: [TrendRow]
  private let line: CommitLine
  private let showsAll: Bool
  private let width: Int
  private let style: TerminalStyle
  /// A series that missed this many of the latest commits has no recent results.
  static let recent = 10

  package init(
    _ rows: [TrendRow], line: CommitLine, showsAll: Bool = false, width: Int = 80,
    style: TerminalStyle = .plain
  ) {
    self.rows = rows.sorted(by: TrendRow.isWorse)
    self.line = line
    self.showsAll = showsAll
    self.width = width
    self.style = style
  }

  package var text: String {
    let titles = MachineTitles(rows.map(\.machine))
    let machines = Dictionary(grouping: rows, by: \.machine).sorted {
      ($1.value.count, titles[$0.key]) < ($0.value.count, titles[$1.key])
    }
    let heading = [LineText.heading(line), verdict].flatMap { Elision.wrap($0, width: width) }
    let blocks = machines.map { machine, rows in
      ([style.text(Printable.text(titles[machine]), .heading)]
        + lines(rows)).joined(separator: "\n")
    }
    let footnotes = (coverage + LineText.footnotes(line)).flatMap {
      Elision.wrap($0, width: width)
    }
    return
      ([heading.joined(separator: "\n")] + blocks
      + (footnotes.isEmpty ? [] : [footnotes.joined(separator: "\n")]))
      .joined(separator: "\n\n") + "\n"
  }

  /// `2 of 34 series have shifted, 1 drifted, 31 held steady; 5 outliers.`
  private var verdict: String {
    let shifted = rows.count { $0.lasting.contains { $0.kind == .shift } }
    let drifting = rows.count { $0.lasting.contains { $0.kind == .drift } }
    let steady = rows.count { $0.lasting.isEmpty }
    let have = shifted == 1 ? "has" : "have"
    let outliers = rows.reduce(0) { $0 + $1.events.count - $1.lasting.count }
    return "\(Digits.grouped(shifted)) of \(English.series(rows.count, have, have)) shifted, "
      + "\(Digits.grouped(drifting)) drifted, \(Digits.grouped(steady)) held steady; "
      + "\(English.count(outliers, "outlier"))."
  }

  /// The lines of the table, without its titles where there is no row below them.
  private func lines(_ rows: [TrendRow]) -> [String] {
    let lines = table(rows).lines(width: width, style: style)
    return showsAll || rows.contains { !$0.lasting.isEmpty } ? lines : Array(lines.dropFirst())
  }

  private func table(_ rows: [TrendRow]) -> TextTable {
    var table = TextTable(columns: [
      .init("series", fitting: .elidable(minimum: 20)),
      .init("course", fitting: .expendable),
      .init("latest", alignment: .right),
      .init("overall", alignment: .right),
      .init("what happened (latest first)", fitting: .wrapping(minimum: 24)),
    ])
    for row in rows where showsAll || !row.lasting.isEmpty { table.add(cells(row)) }
    let folded = rows.count { $0.lasting.isEmpty }
    if !showsAll, folded > 0 {
      table.add(line: .init("⋯ \(Digits.grouped(folded)) steady", .dim))
    }
    return table
  }

  private func cells(_ row: TrendRow) -> [TextTable.Cell] {
    [
      .init(row.key.description), .init(DotStrip.course(row.course, width: courseWidth), .dim),
      .init(Quantity(row.latest.median, row.metric.unit).description),
      .init(row.overall.map { RelativeSize.signed($0.estimate) } ?? "–"),
      .init(happened(to: row), row.lasting.first.flatMap(EventText.role)),
    ]
  }

  /// The latest changes; all of them are the answer of `changes`.
  private func happened(to row: TrendRow) -> String {
    let shown = row.lasting.prefix(Self.mostEvents)
    guard !shown.isEmpty else { return "steady" }
    let earlier = row.lasting.count - shown.count
    return (shown.map(EventText.line) + (earlier > 0 ? ["\(earlier) earlier"] : []))
      .joined(separator: "; ")
  }

  private static let mostEvents = 2

  /// What the other columns leave of a terminal, in parts of what a row holds.
  private var courseWidth: Int { width >= 120 ? 24 : width >= 96 ? 12 : 8 }

  private var coverage: [String] {
    let old = rows.filter { $0.behind >= Self.recent }
    guard !old.isEmpty else { return [] }
    let names = old.prefix(5).map { "\($0.key) (last at \($0.latestCommit.shortHash))" }
    let more = old.count > names.count ? " and \(Digits.grouped(old.count - names.count)) more" : ""
    return [
      "without results of the latest \(Self.recent) commits: "
        + Printable.text(names.joined(separator: ", ")) + more
    ]
  }
}
