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

  func selection(_ settings: Settings) throws -> Selection {
    Selection(
      suites: suite.isEmpty ? try settings.value(of: .suite, flag: nil) ?? [] : suite,
      filter: try settings.value(of: .filter, flag: filter))
  }

  /// With the counter that was asked for.
  /// - Throws: `CommandFailure` for a name that is none.
  func profile(_ settings: Settings) throws -> Profile {
    let counter = try settings.value(of: .counter, flag: counter)
    return try Profile.chosen(flag: profile, settings: settings)
      .counting(counter.map { [$0] } ?? [])
  }

  /// The flags that select benchmarks and were given.
  var givenSelection: [String] {
    [suite.isEmpty ? nil : "--suite", filter.map { _ in "--filter" }].compactMap(\.self)
  }

  var givenProfile: [String] {
    [profile.map { _ in "--profile" }, counter.map { _ in "--counter" }].compactMap(\.self)
  }
}
