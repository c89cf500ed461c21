package import BenchComparer
package import BenchModel

/// What a paired comparison is asked to do.
package struct PairedOrder {
  package let purpose: RunPurpose
  /// How much a process measures. It has turns where processes take them.
  package private(set) var profile: Profile
  package let selection: Selection
  /// The most rounds that may be measured.
  package let mostRounds: Int
  /// How long measuring may take; building is not counted.
  package var timeLimit: Duration?
  package let rule: ComparisonRule
  /// Whether series are judged even where both sides run the same executable.
  package let judgesIdentical: Bool
  package let benchFrom: BenchFrom
  package let oneLayout: OneLayoutChoice
  /// Looks other than the usual ones.
  private let ownLooks: [PairedLook]?

  /// `looks`: `nil` for the usual ones.
  package init(
    purpose: RunPurpose, profile: Profile, selection: Selection, mostRounds: Int = .max,
    timeLimit: Duration?, rule: ComparisonRule, judgesIdentical: Bool, benchFrom: BenchFrom = .own,
    oneLayout: OneLayoutChoice = .corroborate, looks: [PairedLook]? = nil
  ) {
    self.purpose = purpose
    self.profile = profile
    self.selection = selection
    self.mostRounds = mostRounds
    self.timeLimit = timeLimit
    self.rule = rule
    ownLooks = looks
    self.judgesIdentical = judgesIdentical
    self.benchFrom = benchFrom
    self.oneLayout = oneLayout
  }

  /// Whether processes take turns.
  package var takesTurns: Bool { profile.turns != nil }

  /// The numbers of rounds after which is judged; the last one ends measuring.
  package var looks: [Int] {
    let all = ownLooks ?? (takesTurns ? PairedLook.ofTurns : PairedLook.standard)
    return all.map(\.rounds).filter { $0 <= mostRounds }
  }

  package var judge: PairedJudge {
    ownLooks.map { PairedJudge(rule: rule, looks: $0) }
      ?? PairedJudge(rule: rule, inTurns: takesTurns)
  }

  /// Throws `CommandFailure` where so few rounds are allowed that no look could convict.
  func refuseTooFewRounds() throws {
    guard takesTurns, ownLooks == nil else { return }
    try PairedLook.refuse(mostRounds: mostRounds)
  }

  /// The same order for processes that take so many turns that count, or none.
  package func taking(turns: Int?) -> PairedOrder {
    var order = self
    order.profile = profile.taking(turns: turns)
    return order
  }

  /// The most rounds that are measured.
  package var plannedRounds: Int { looks.last ?? 0 }

  /// The same order with the time that is left from `now` until `deadline`.
  package func limited(
    to deadline: ContinuousClock.Instant?, from now: ContinuousClock.Instant = .now
  ) -> PairedOrder {
    var order = self
    order.timeLimit = deadline.map { max(.zero, $0 - now) }
    return order
  }
}

extension PairedLook {
  /// Throws `CommandFailure` where no look of processes that take turns could convict within so
  /// many rounds.
  static func refuse(mostRounds: Int) throws {
    let least = ofTurns.first { $0.share > 0 }?.rounds ?? 1
    guard mostRounds < least else { return }
    throw CommandFailure(
      "\(mostRounds) rounds can't convict anything where processes take turns: it takes at least "
        + "\(least). Allow more with --rounds, or rounds in [compare] of benchdb.toml.")
  }
}
