import ArgumentParser
import BenchModel
import BenchWorkflows

/// What is measured and how much of it: the same for every command that measures.
struct MeasuringOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Only benchmarks of this suite; may be repeated.", valueName: "suite"))
  var suite: [String] = []

  @Option(
    help: ArgumentHelp(
      "Only benchmarks whose name and parameters match this regular expression.",
      valueName: "regex"))
  var filter: String?

  @Option(
    help: ArgumentHelp(
      "How much a process measures: smoke, quick or full (default: quick).", valueName: "name"),
    completion: .list(Profile.all.map(\.name)))
  var profile: String?

  @Option(
    help: ArgumentHelp(
      "Count this too, exactly and in processes of its own: instructions.", valueName: "counter"),
    completion: .list(Counter.allCases.map(\.rawValue)))
  var counter: String?

  var choice: MeasuringChoice {
    MeasuringChoice(suite: suite, filter: filter, profile: profile, counter: counter)
  }
}
