import ArgumentParser
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
    let page = try page.file(in: workspace)
    let answer = try TrendRequest(history.selection, drawsPage: page != nil, in: workspace).run()
    try page?.write(answer.page)
    answer.write(history.format, to: workspace.console)
  }
}
