import ArgumentParser
import BenchWorkflows

/// What the commands understand that measure side by side.
struct PairedOptions: ParsableArguments {
  @OptionGroup var measuring: MeasuringOptions

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "No more rounds than this, 6 to 30 (default: 30). It is judged after 6, 10, 15, 20 and 30.",
      valueName: "count"))
  var rounds: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "End measuring after this long, such as 5min; the same command goes on later.",
      valueName: "duration"))
  var timeLimit: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "How many code layouts of each side to build and assign to the rounds, 1 to 30 (default: "
        + "\(PairedChoice.defaultLayouts); 1 varies none). A build command that is not `swift build` "
        + "gets the seed of each in BENCHDB_LAYOUT.",
      valueName: "count"))
  var layouts: String?

  var choice: PairedChoice {
    PairedChoice(
      measuring: measuring.choice, rounds: rounds, timeLimit: timeLimit, layouts: layouts)
  }
}

/// What only a comparison understands that measures side by side.
struct SessionOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "A change must show in so many sessions, measured one after the other, 1 to 10 (default: 1).",
      valueName: "count"))
  var sessions: String?

  @Option(
    help: ArgumentHelp(
      "Whose benchmarks both sides run: head, where they build against BASE, or own, each side's "
        + "(default: head).",
      valueName: "side"),
    completion: .list(BenchFrom.allCases.map(\.rawValue)))
  var benchFrom: String?

  @Option(
    help: ArgumentHelp(
      "What durations are worth where each side has one code layout: corroborate, where an exact "
        + "count moved with them, or trust, as they are (default: corroborate).",
      valueName: "choice"),
    completion: .list(OneLayoutChoice.allCases.map(\.rawValue)))
  var oneLayout: String?
}
