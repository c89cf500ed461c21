import ArgumentParser
import BenchWorkflows

/// `benchdb record`: build, measure in fresh processes, store every sample.
struct RecordCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "record",
    abstract: "Measure a revision and store every sample.",
    discussion: """
      Builds the executables that benchdb.toml names, measures every benchmark in fresh worker \
      processes spread over the whole session, and stores each process as soon as it has ended. \
      Ctrl-C keeps what is finished; --resume completes it.

      Examples:
        benchdb record                          everything, with the default profile
        benchdb record --profile smoke          a first look, in seconds
        benchdb record --suite throughput --filter 'grouped.*100000'
        benchdb record --commit HEAD~1          in a worktree, not in your checkout
        benchdb record --counter instructions   count those too, exactly
        benchdb record --time-limit 5min        fewer processes, if need be
        benchdb record --against main           and side by side with main
        benchdb record --resume                 complete the interrupted run
      """)

  @OptionGroup var options: GlobalOptions

  @OptionGroup var measuring: MeasuringOptions

  @Option(
    help: ArgumentHelp("Measure this revision instead of the checkout.", valueName: "revision"))
  var commit: String?

  @Flag(help: "Complete the latest interrupted run.")
  var resume = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Orders the processes; drawn at random by default.", valueName: "number"))
  var seed: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Fresh processes a benchmark, instead of the profile's.", valueName: "count")
  )
  var processes: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "About how long measuring may take: fewer processes a benchmark are run, and none is left "
        + "out.", valueName: "time"))
  var timeLimit: String?

  @Option(
    help: ArgumentHelp(
      "Then measure both side by side, so that `compare` judges the rounds.",
      valueName: "revision"))
  var against: String?

  @Flag(help: "Show every metric in the summary, not only those that gate.")
  var all = false

  func run() throws {
    try RecordRequest(
      measuring: measuring.choice, commit: commit, isResuming: resume, seed: seed,
      processes: processes, timeLimit: timeLimit, showsAll: all, against: against,
      in: Workspace(options)
    ).run()
  }
}
