import ArgumentParser
import BenchComparer
import BenchModel
import BenchReport
import Foundation

/// What the commands understand that measure side by side.
struct PairedOptions: ParsableArguments {
  @OptionGroup var measuring: MeasuringOptions

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
    let amount = measuring.givenProfile + (timeLimit == nil ? [] : ["--time-limit"])
    let others = measuring.givenSelection + (rounds == nil ? [] : ["--rounds"])
    return (others + (isConfirming ? [] : amount)).first
  }

  /// What these options ask for.
  /// - Throws: `CommandFailure` for a value that is none.
  func order(
    purpose: RunPurpose, rule: ComparisonRule, judgesIdentical: Bool, settings: Settings
  ) throws -> PairedOrder {
    let most = try settings.value(of: .rounds, flag: rounds) ?? .max
    return PairedOrder(
      purpose: purpose, profile: try measuring.profile(settings),
      selection: try measuring.selection(settings),
      looks: PairedLook.standard.map(\.rounds).filter { $0 <= most },
      timeLimit: try settings.value(of: .timeLimit, flag: timeLimit).map { .seconds($0) },
      judge: PairedJudge(rule: rule), judgesIdentical: judgesIdentical)
  }
}
