import ArgumentParser
import BenchWorkflows

/// `benchdb export`: everything that is stored, as benchdb JSON Lines.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write results as benchdb JSON Lines, for any other tool.",
    discussion: """
      One line a process and series, after a header that holds baselines and acceptances. \
      `benchdb import` of an export into an empty database gives the same database.

      Examples:
        benchdb export > results.jsonl
        benchdb export --commit v1.2 --output v1.2.jsonl
        benchdb export --exact --all --output baseline.jsonl
      """)

  @OptionGroup var options: GlobalOptions

  @Option(help: ArgumentHelp("Only runs that measured this revision.", valueName: "revision"))
  var commit: String?

  @Option(
    name: .customLong("run"),
    help: ArgumentHelp("Only this run; the first digits of its id.", valueName: "run"))
  var runID: String?

  @Flag(help: "Everything, which is the default: baselines and acceptances too.")
  var all = false

  @Flag(help: "Only gate series that are judged exactly, such as allocations.")
  var exact = false

  @Option(
    help: ArgumentHelp("Write to this file instead of standard output.", valueName: "file"),
    completion: .file(extensions: ["jsonl"]))
  var output: String?

  func validate() throws {
    guard [commit != nil, runID != nil, all].filter(\.self).count <= 1 else {
      throw ValidationError("--commit, --run and --all can't be given together.")
    }
  }

  func run() throws {
    try ExportRequest(
      commit: commit, run: runID, isExactOnly: exact, output: output, in: Workspace(options)
    ).write()
  }
}
