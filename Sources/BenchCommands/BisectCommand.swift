import ArgumentParser
import BenchModel
import BenchWorkflows

/// `benchdb bisect`: find the commit that made a series slower.
struct BisectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bisect",
    abstract: "Find the commit that made a series slower.",
    discussion: """
      First measures BAD side by side with GOOD, to see that it is slower and by how much. Then \
      builds a commit in the middle, measures it side by side with GOOD until it is clear on \
      which side of the middle it lies, and so on until one commit is left, which is measured \
      beside its parent. Commits that do not build are skipped, those with the same executable \
      as another are not measured. Your checkout is not touched.

      Only the benchmark of SERIES is measured, by its gate metric unless SERIES names another. \
      Everything is stored: after Ctrl-C, or when the time is over, the same command goes on.

      Exits with 0 when the commit is found or BAD is not slower, with 5 when that can't be told \
      or several commits are left.

      Examples:
        benchdb bisect v1.2..HEAD throughput/grouped
        benchdb bisect main~50..main 'throughput/grouped · allocations'
        benchdb bisect v1.2..HEAD throughput/grouped --time-limit 30min --format json
      """)

  @OptionGroup var options: GlobalOptions

  @Argument(help: "A commit that was fast, two dots, and one that is slow.")
  var range: String

  @Argument(help: "A series, or a benchmark, as `benchdb show` names it.")
  var series: String

  @Option(
    help: ArgumentHelp(
      "How much a process measures: smoke, quick or full (default: quick).", valueName: "name"),
    completion: .list(Profile.all.map(\.name)))
  var profile: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "No more rounds of two commits than this, 6 to 30 (default: 30).", valueName: "count"))
  var rounds: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Begin no probe after this long, building included, such as 30min; the same command goes on "
        + "later.", valueName: "duration"))
  var timeLimit: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "BAD is slower only if it is by more than this (default: 2%).", valueName: "percentage"))
  var floor: String?

  @Flag(help: "Follow first parents only: the answer is a merge where a branch made it slower.")
  var firstParent = false

  @Flag(help: "Build commits again that did not build before.")
  var retryFailed = false

  @Flag(help: "Measure everything anew, whatever earlier bisections measured.")
  var again = false

  @Option(help: ArgumentHelp("text or json.", valueName: "format"))
  var format: OutputFormat = .text

  func run() throws {
    let workspace = try Workspace(options)
    try BisectRequest(
      range, of: series, profile: profile, rounds: rounds, timeLimit: timeLimit, floor: floor,
      followsFirstParents: firstParent, retriesFailed: retryFailed, measuresAnew: again,
      in: workspace
    ).run().write(format, to: workspace.console)
  }
}
