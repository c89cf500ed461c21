import ArgumentParser
import BenchWorkflows

/// `benchdb list`: the runs that are stored.
struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the stored runs, latest first.",
    discussion: """
      Examples:
        benchdb list --last 5
        benchdb list --commit HEAD~1 --format json
      """)

  @OptionGroup var options: GlobalOptions

  @Option(
    parsing: .unconditional, help: ArgumentHelp("No more than this many.", valueName: "count"))
  var last = 20

  @Option(help: ArgumentHelp("Only runs of this revision.", valueName: "revision"))
  var commit: String?

  @Option(help: ArgumentHelp("text or json.", valueName: "format"))
  var format: OutputFormat = .text

  func validate() throws {
    guard last > 0 else { throw ValidationError("--last: expected a whole number above 0.") }
  }

  func run() throws {
    let workspace = try Workspace(options)
    try ListRequest(last: last, commit: commit, in: workspace).run()
      .write(format, to: workspace.console)
  }
}
