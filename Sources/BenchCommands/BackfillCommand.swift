import ArgumentParser
import BenchWorkflows

/// `benchdb backfill`: record the commits of a range that were never recorded.
struct BackfillCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backfill",
    abstract: "Record the commits of a range that were never recorded.",
    discussion: """
      Goes through the first parents of B that are not in A, newest first, and records those that \
      were not recorded on this machine class yet, as `benchdb record --commit` does. A commit \
      that does not build is noted and skipped, now and later. After Ctrl-C, or when the time is \
      over, the same command goes on.

      What `benchdb compare` takes for HEAD, and a baseline, stay as they are.

      Examples:
        benchdb backfill v1.0..HEAD                 everything, newest first
        benchdb backfill v1.0..HEAD --steps 20      twenty evenly spaced commits
        benchdb backfill main~100..main --profile smoke --time-limit 2h
      """)

  @OptionGroup var options: GlobalOptions

  @Argument(help: "Two revisions with two dots between them; the first is left out.")
  var range: String

  @OptionGroup var measuring: MeasuringOptions

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Only so many commits of the range, evenly spaced, its newest and oldest among them.",
      valueName: "count"))
  var steps: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Begin no commit after this long, such as 2h; the same command goes on later.",
      valueName: "duration"))
  var timeLimit: String?

  @Flag(help: "Build commits again that did not build before.")
  var retryFailed = false

  func validate() throws {
    guard steps ?? 1 > 0 else {
      throw ValidationError("--steps: expected a whole number above 0, such as 20.")
    }
  }

  func run() throws {
    try BackfillRequest(
      range, steps: steps, measuring: measuring.choice, timeLimit: timeLimit,
      retriesFailed: retryFailed, in: Workspace(options)
    ).run()
  }
}
