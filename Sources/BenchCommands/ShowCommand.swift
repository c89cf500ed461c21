import ArgumentParser
import BenchWorkflows

/// `benchdb show`: one run, or the history of one series.
struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show a run, or the history of a benchmark.",
    discussion: """
      Without an argument, the latest run. Otherwise the first digits of a run as `benchdb list` \
      gives them, or the name of a benchmark or series as `benchdb show` gives it; a name that \
      fits several shows them all.

      Examples:
        benchdb show
        benchdb show 1a2b3c4d --all
        benchdb show throughput/grouped
        benchdb show 'throughput/grouped records=100000 · cpu' --last 3
        benchdb show throughput/grouped --why       code or machine? compare's sides
        benchdb show throughput/grouped --why v1.2 HEAD
      """)

  @OptionGroup var options: GlobalOptions

  @Argument(help: "A run or a series.")
  var subject: String?

  @Argument(help: "With --why, what to compare with.", completion: .default)
  var base: String?

  @Argument(
    help: "With --why, what is explained (default: what is checked out).", completion: .default)
  var head: String?

  @Flag(help: "Say whether the code or the machine changed the values, by what was counted.")
  var why = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Of a series, only the latest sessions.", valueName: "count"))
  var last = 10

  @Flag(help: "Show every metric, not only those that gate.")
  var all = false

  @Option(help: ArgumentHelp("text or json.", valueName: "format"))
  var format: OutputFormat = .text

  func validate() throws {
    guard last > 0 else { throw ValidationError("--last: expected a whole number above 0.") }
    guard why || base == nil else {
      throw ValidationError("a second name is a side to compare with, and needs --why.")
    }
    guard !why || subject != nil else {
      throw ValidationError("--why needs a series or a benchmark, as in `show throughput --why`.")
    }
  }

  func run() throws {
    let workspace = try Workspace(options)
    let answer =
      if why, let subject {
        try WhyRequest(subject, base: base, head: head, in: workspace).run()
      } else {
        try ShowRequest(subject, last: last, showsAll: all, in: workspace).run()
      }
    try answer.write(format, to: workspace.console)
  }
}
