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

  /// The first option that was given and that a stored comparison does not take: none but profile and time limit, and those only where it
  /// may measure something again.
  func firstGiven(whereConfirming isConfirming: Bool) -> String? {
    let measuring = [profile.map { _ in "--profile" }, timeLimit.map { _ in "--time-limit" }]
    let others = [
      suite.isEmpty ? nil : "--suite", filter.map { _ in "--filter" },
      rounds.map { _ in "--rounds" },
    ]
    return (others + (isConfirming ? [] : measuring)).compactMap(\.self).first
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
