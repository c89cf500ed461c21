import ArgumentParser
import BenchOutput
import BenchWorkflows

/// `benchdb trend`: how every series went over the commits, and where it stands.
struct TrendCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trend",
    abstract: "Show how every series went over the commits, and where it stands.",
    discussion: """
      Commits are taken in the order of first parents. Each series is cut where its level shifted \
      for good; single values that are far off are outliers, and a slope that no step explains is \
      a drift. Series that changed come first, the worst of them on top.

      Examples:
        benchdb trend
        benchdb trend --since v1.2 --all
        benchdb trend --branch main --last 100 --suite throughput
        benchdb trend --format csv > trend.csv
        benchdb trend --html trend.html         the same as a page, with charts
      """)

  @OptionGroup var options: GlobalOptions
  @OptionGroup var history: HistoryOptions
  @OptionGroup var page: PageOptions

  func run() throws {
    let workspace = try Workspace(options)
    try page.check(in: workspace)
    let reading = try ReadHistory(history.selection, in: workspace)
    var rows: [TrendRow] = []
    var document = page.html == nil ? nil : try TrendDocument(reading, in: workspace)
    try reading.forEach { series, family in
      try document?.add(series, of: family)
      if let row = TrendRow(series, on: reading.line, accepted: reading.accepted) {
        rows.append(row)
      }
    }
    let console = workspace.console
    if let document { try page.write(in: workspace, document.write) }
    switch history.format {
    case .text:
      let text = TrendText(
        rows, line: reading.line, showsAll: history.all, width: console.width,
        style: console.style)
      console.answer(text.text)
    case .json:
      console.answer(HistoryJSON.trend(rows, line: reading.line, rule: reading.rule))
    case .csv: console.answer(HistoryTable(trend: rows).csv)
    case .markdown: console.answer(HistoryTable(trend: rows).markdown)
    }
  }
}
