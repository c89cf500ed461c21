/// After how many rounds a probe may be decided, and the share of its error rate that is spent
/// there.
package struct ProbeLook: Sendable, Hashable {
  package let rounds: Int
  package let share: Double

  /// Four rounds have six processes of GOOD, two of them of the A/A control, and four of the
  /// commit: of their 210 arrangements one is complete separation, so that the first look needs 1 ÷
  /// 210 = 0.48 % of the one per cent. What is left decides what is less clear.
  package static let standard = [
    ProbeLook(rounds: 4, share: 0.48), ProbeLook(rounds: 6, share: 0.12),
    ProbeLook(rounds: 8, share: 0.08), ProbeLook(rounds: 11, share: 0.08),
    ProbeLook(rounds: 15, share: 0.08), ProbeLook(rounds: 20, share: 0.08),
    ProbeLook(rounds: 30, share: 0.08),
  ]
}
