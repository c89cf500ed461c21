import ArgumentParser
import BenchWorkflows
import TextCoding

/// `benchdb check`: is a run what the project wants, whatever it was before?
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Judge a run by the targets of benchdb.toml.",
    discussion: """
      Every [[target]] names benchmarks, a metric and a limit. A target is met, or missed, only \
      where the whole 95 % interval over fresh processes lies on one side of its limit; otherwise \
      it cannot be told. A benchmark that failed or answered wrong misses its targets.

      Without an argument the latest run is judged. Nothing is measured: `benchdb record` does that.

      Exits with 1 when a target is missed, with 4 when none could be judged and, under \
      --require-conclusive, with 5 when one cannot be told or was not measured.

      Examples:
        benchdb record --profile full && benchdb check
        benchdb check --suite latency
        benchdb check 1a2b3c4d --format markdown
        benchdb check --require-conclusive --format junit > targets.xml
        benchdb check --report results --html performance.html
      """)

  @OptionGroup var options: GlobalOptions

  @Argument(help: "The first digits of a run (default: the latest).")
  var subject: String?

  @Option(help: ArgumentHelp("Only targets of this suite; may be repeated.", valueName: "suite"))
  var suite: [String] = []

  @Flag(help: "Exit with 5 when a target cannot be told or was not measured.")
  var requireConclusive = false

  @Flag(help: "Exit with 0 whatever is found.")
  var exitZero = false

  @Option(help: ArgumentHelp("text, json, markdown, junit or github.", valueName: "format"))
  var format: CheckFormat = .text

  @Option(
    help: ArgumentHelp(
      "Also show this report over the run, in Markdown and on the page; may be repeated.",
      valueName: "definition"))
  var report: [String] = []

  @OptionGroup var page: PageOptions

  func validate() throws {
    guard report.isEmpty || format == .markdown || page.html != nil else {
      throw ValidationError("--report belongs to --format markdown or --html.")
    }
  }

  func run() throws {
    let workspace = try Workspace(options)
    let page = try page.file(in: workspace)
    let answer = try CheckRequest(
      subject, suites: suite, requiresConclusive: requireConclusive, exitsWithZero: exitZero,
      reports: report, in: workspace
    ).run()
    try page?.write(answer.page)
    try answer.write(format, to: workspace.console)
    try answer.conclude(on: workspace.console)
  }
}
