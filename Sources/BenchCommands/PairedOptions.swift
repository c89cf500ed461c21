import ArgumentParser
import BenchComparer
import BenchModel
import BenchOutput
import BenchWorkflows
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

  @Option(
    help: ArgumentHelp(
      "How many code layouts of each side to deal to the rounds, where `swift build` makes the "
        + "executable, 1 to 30 (default: \(Self.defaultLayouts); 1 varies none).",
      valueName: "count"))
  var layouts: String?

  /// Up to the third look every round has a layout of its own. Each layout counts as one
  /// observation, and fifteen a side are enough for the levels of a whole suite; ten just are.
  static let defaultLayouts = 15

  /// The first option that was given and that a stored comparison does not take: none but profile,
  /// time limit and layouts, and those only where it may measure something again.
  func firstGiven(whereConfirming isConfirming: Bool) -> String? {
    let amount =
      measuring.givenProfile + (timeLimit == nil ? [] : ["--time-limit"])
      + (layouts == nil ? [] : ["--layouts"])
    let others = measuring.givenSelection + (rounds == nil ? [] : ["--rounds"])
    return (others + (isConfirming ? [] : amount)).first
  }

  /// How much a process measures, in how many layouts and sessions.
  /// - Throws: `CommandFailure` for a value that is none.
  func profile(_ settings: Settings, sessions: Int = 1) throws -> Profile {
    try measuring.profile(settings).paired(
      layouts: settings.value(of: .layouts, flag: layouts) ?? Self.defaultLayouts,
      sessions: sessions)
  }

  /// What these options ask for.
  /// - Throws: `CommandFailure` for a value that is none.
  func order(
    purpose: RunPurpose, rule: ComparisonRule, judgesIdentical: Bool, settings: Settings,
    sessions: Int = 1, benchFrom: BenchFrom = .own
  ) throws -> PairedOrder {
    let most = try settings.value(of: .rounds, flag: rounds) ?? .max
    return PairedOrder(
      purpose: purpose, profile: try profile(settings, sessions: sessions),
      selection: try measuring.selection(settings),
      looks: PairedLook.standard.map(\.rounds).filter { $0 <= most },
      timeLimit: try settings.value(of: .timeLimit, flag: timeLimit).map { .seconds($0) },
      judge: PairedJudge(rule: rule), judgesIdentical: judgesIdentical, benchFrom: benchFrom)
  }
}

/// What only a comparison understands that measures side by side.
struct SessionOptions: ParsableArguments {
  @Option(
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

  /// The flags that were given and that nothing but `--paired` takes, or nothing but what may
  /// measure something again.
  func given(whereConfirming isConfirming: Bool) -> [String] {
    [sessions == nil ? nil : "--sessions", benchFrom == nil || isConfirming ? nil : "--bench-from"]
      .compactMap(\.self)
  }

  func sessions(_ settings: Settings) throws -> Int {
    try settings.value(of: .sessions, flag: sessions) ?? 1
  }

  func benchFrom(_ settings: Settings) throws -> BenchFrom {
    try settings.value(of: .benchFrom, flag: benchFrom) ?? .head
  }
}
