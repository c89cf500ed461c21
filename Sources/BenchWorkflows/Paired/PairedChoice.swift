package import BenchComparer
package import BenchModel

/// What is measured side by side and how much of it, as the command line says; what is `nil` is
/// looked up in the settings.
package struct PairedChoice: Sendable {
  package var measuring = MeasuringChoice()
  package var rounds: String?
  package var timeLimit: String?
  package var layouts: String?
  /// The number of sessions in which a change must show.
  package var sessions: String?
  /// Whose benchmarks both sides run.
  package var benchFrom: String?
  /// What durations are worth where each side has one layout.
  package var oneLayout: String?

  package init(
    measuring: MeasuringChoice = MeasuringChoice(), rounds: String? = nil,
    timeLimit: String? = nil, layouts: String? = nil, sessions: String? = nil,
    benchFrom: String? = nil, oneLayout: String? = nil
  ) {
    self.oneLayout = oneLayout
    self.measuring = measuring
    self.rounds = rounds
    self.timeLimit = timeLimit
    self.layouts = layouts
    self.sessions = sessions
    self.benchFrom = benchFrom
  }

  /// Up to the third look every round has a layout of its own. Each layout counts as one
  /// observation, and fifteen a side are enough for the levels of a whole suite; ten just are.
  package static let defaultLayouts = 15

  /// The first option that was given and that a stored comparison does not take: none but profile,
  /// time limit, layouts and whose benchmarks run, and those only where it may measure something
  /// again.
  package func firstGiven(whereConfirming isConfirming: Bool) -> String? {
    let amount =
      measuring.givenProfile + (timeLimit == nil ? [] : ["--time-limit"])
      + (layouts == nil ? [] : ["--layouts"])
    let others = measuring.givenSelection + (rounds == nil ? [] : ["--rounds"])
    let ofSessions =
      (sessions == nil ? [] : ["--sessions"])
      + (benchFrom == nil || isConfirming ? [] : ["--bench-from"])
    return (others + (isConfirming ? [] : amount) + ofSessions).first
  }

  /// How much a process measures, in how many layouts and sessions.
  /// - Throws: `CommandFailure` for a value that is none.
  package func profile(
    _ settings: Settings, sessions: Int = 1, usualLayouts: Int = Self.defaultLayouts
  ) throws -> Profile {
    try measuring.profile(settings).paired(
      layouts: settings.value(of: .layouts, flag: layouts) ?? usualLayouts,
      sessions: sessions)
  }

  /// What these options ask for.
  /// - Throws: `CommandFailure` for a value that is none.
  package func order(
    purpose: RunPurpose, rule: ComparisonRule, judgesIdentical: Bool, settings: Settings,
    sessions: Int = 1, benchFrom: BenchFrom = .own
  ) throws -> PairedOrder {
    let most = try settings.value(of: .rounds, flag: rounds) ?? .max
    return PairedOrder(
      purpose: purpose, profile: try profile(settings, sessions: sessions),
      selection: try measuring.selection(settings),
      mostRounds: most, timeLimit: try duration(settings), rule: rule,
      judgesIdentical: judgesIdentical, benchFrom: benchFrom,
      oneLayout: try oneLayoutChoice(settings))
  }

  /// How long measuring may take; `nil` where nothing limits it.
  package func duration(_ settings: Settings) throws -> Duration? {
    try settings.value(of: .timeLimit, flag: timeLimit).map { .seconds($0) }
  }

  package func sessionCount(_ settings: Settings) throws -> Int {
    try settings.value(of: .sessions, flag: sessions) ?? 1
  }

  package func oneLayoutChoice(_ settings: Settings) throws -> OneLayoutChoice {
    try settings.value(of: .oneLayout, flag: oneLayout) ?? .corroborate
  }

  package func chosenBenchmarks(_ settings: Settings) throws -> BenchFrom {
    try settings.value(of: .benchFrom, flag: benchFrom) ?? .head
  }
}
