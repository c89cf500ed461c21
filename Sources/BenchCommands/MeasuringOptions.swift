import ArgumentParser
import BenchModel

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

  func selection(_ settings: Settings) throws -> Selection {
    Selection(
      suites: suite.isEmpty ? try settings.value(of: .suite, flag: nil) ?? [] : suite,
      filter: try settings.value(of: .filter, flag: filter))
  }

  /// - Throws: `CommandFailure` for a name that is none.
  func profile(_ settings: Settings) throws -> Profile {
    try Profile.chosen(flag: profile, settings: settings)
  }

  /// The flags that select benchmarks and were given.
  var givenSelection: [String] {
    [suite.isEmpty ? nil : "--suite", filter.map { _ in "--filter" }].compactMap(\.self)
  }

  var givenProfile: [String] { profile == nil ? [] : ["--profile"] }
}
