/// When a paired comparison may be decided: a number of rounds fixed in advance, and the share of α
/// that is spent there.
package struct PairedLook: Sendable, Hashable {
  package let rounds: Int
  /// Of the whole comparison's α; the shares of all looks add up to at most 1, which is
  /// Bonferroni's bound over the looks.
  package let share: Double

  package init(rounds: Int, share: Double) {
    self.rounds = rounds
    self.share = share
  }

  /// After 6 rounds most unchanged series are decided, after 30 nearly all changed ones: with
  /// deviations up to 3 % between processes 90 % or more of +5 % are found by then, whatever the
  /// shape of the noise.
  package static let standard = [
    PairedLook(rounds: 6, share: 0.10), PairedLook(rounds: 10, share: 0.20),
    PairedLook(rounds: 15, share: 0.20), PairedLook(rounds: 20, share: 0.25),
    PairedLook(rounds: 30, share: 0.25),
  ]
}
