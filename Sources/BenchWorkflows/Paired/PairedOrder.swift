package import BenchComparer
package import BenchModel

/// What a paired comparison is asked to do.
package struct PairedOrder {
  package let purpose: RunPurpose
  package let profile: Profile
  package let selection: Selection
  /// The numbers of rounds after which is judged; the last one ends measuring.
  package let looks: [Int]
  /// How long measuring may take; building is not counted.
  package var timeLimit: Duration?
  package let judge: PairedJudge
  /// Whether series are judged even where both sides run the same executable.
  package let judgesIdentical: Bool
  package let benchFrom: BenchFrom
  package let oneLayout: OneLayoutChoice

  package init(
    purpose: RunPurpose, profile: Profile, selection: Selection, looks: [Int], timeLimit: Duration?,
    judge: PairedJudge, judgesIdentical: Bool, benchFrom: BenchFrom = .own,
    oneLayout: OneLayoutChoice = .corroborate
  ) {
    self.purpose = purpose
    self.profile = profile
    self.selection = selection
    self.looks = looks
    self.timeLimit = timeLimit
    self.judge = judge
    self.judgesIdentical = judgesIdentical
    self.benchFrom = benchFrom
    self.oneLayout = oneLayout
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
