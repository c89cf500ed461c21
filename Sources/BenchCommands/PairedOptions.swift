import ArgumentParser
import BenchComparer
import BenchModel
import BenchReport
import Foundation

/// What the commands understand that measure side by side.
struct PairedOptions: ParsableArguments {
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
      "No more rounds than this, 6 to 30 (default: 30). It is judged after 6, 10, 15, 20 and 30.",
      valueName: "count"))
  var rounds: String?

  @Option(
    help: ArgumentHelp(
      "End measuring after this long, such as 5min; the same command goes on later.",
      valueName: "duration"))
  var timeLimit: String?

  /// The first option that was given, for commands that take none of them just now.
  var firstGiven: String? {
    [
      suite.isEmpty ? nil : "--suite", filter.map { _ in "--filter" },
      profile.map { _ in "--profile" }, rounds.map { _ in "--rounds" },
      timeLimit.map { _ in "--time-limit" },
    ].compactMap(\.self).first
  }

  /// What these options ask for.
  /// - Throws: `CommandFailure` for a value that is none.
  func order(
    purpose: RunPurpose, rule: ComparisonRule, judgesIdentical: Bool, settings: Settings
  ) throws -> PairedOrder {
    let most = try settings.value(of: .rounds, flag: rounds) ?? .max
    return PairedOrder(
      purpose: purpose, profile: try Profile.chosen(flag: profile, settings: settings),
      selection: Selection(suites: suite, filter: filter),
      looks: PairedLook.standard.map(\.rounds).filter { $0 <= most },
      timeLimit: try settings.value(of: .timeLimit, flag: timeLimit).map { .seconds($0) },
      judge: PairedJudge(rule: rule), judgesIdentical: judgesIdentical)
  }
}
