package import BenchModel
import BenchStatistics

/// The judge of paired sessions: the same looks, levels and floors for every series, and one answer
/// for the same rounds.
///
/// A sequential test at looks fixed in advance. At a look a series is slower where its one-sided
/// p-value is at most the look's share of α divided by the number of judged gate series, and its
/// shift reaches the floor; it is unchanged where an interval lies within the margin that misses
/// the truth with a chance of at most the look's share of 5 %. At the last look Holm's procedure
/// replaces the division. So `rule.alpha` bounds the chance that unchanged code turns red in the
/// whole comparison, for any noise that treats the two processes of a round alike, and a bound of a
/// change is wrong with a chance of at most 2.5 %. An α of 5 % would break the promise of 1 %
/// wherever noise exceeds the floor, and gains little: in the simulation of `RankEvidence` +5 % was
/// found in 90 to 100 % at α = 1 %, in 95 to 100 % at α = 5 %.
package struct PairedJudge: Sendable {
  private let rule: ComparisonRule
  private let looks: [PairedLook]

  /// A judge at the looks of a session whose processes took turns, or of one whose did not.
  package init(rule: ComparisonRule = ComparisonRule(), inTurns: Bool) {
    self.init(rule: rule, looks: inTurns ? PairedLook.ofTurns : PairedLook.standard)
  }

  /// `looks`: at least one, rounds ascending, shares adding up to at most 1.
  package init(
    rule: ComparisonRule = ComparisonRule(), looks: [PairedLook] = PairedLook.standard
  ) {
    precondition(!looks.isEmpty, "a paired comparison needs a look")
    precondition(
      zip(looks, looks.dropFirst()).allSatisfy { $0.rounds < $1.rounds }, "looks must ascend")
    precondition(looks.reduce(0) { $0 + $1.share } <= 1 + 1e-9, "looks share one alpha")
    self.rule = rule
    self.looks = looks
  }

  /// What the first `rounds` rounds decide: every look up to there is taken again, so an answer
  /// depends on nothing but the stored rounds, and an interrupted comparison goes on as if it had
  /// not been.
  /// - Parameters:
  ///   - series: one value a key.
  ///   - rounds: `nil` for as many as the longest series has. Series decided earlier may have
  ///     fewer.
  ///   - judgeIdentical: judges series even where both sides ran the same binary, to calibrate.
  /// - Returns: what to say now, and what to measure next.
  package func decision(
    on series: [PairedSeries], after rounds: Int? = nil, judgeIdentical: Bool = false
  ) -> PairedDecision {
    let judgements = series.map {
      PairedSeriesJudgement($0, rule: rule, judgeIdentical: judgeIdentical)
    }
    let rounds = rounds ?? series.map(\.rounds.count).max() ?? 0
    var progress = PairedProgress(judgements, rule: rule)
    for look in looks where look.rounds <= rounds && progress.contaminated.isEmpty {
      progress.take(look, isLast: look == looks.last)
    }
    let next = looks.first { $0.rounds > rounds }
    let undecided = next == nil ? [] : progress.undecided
    return PairedDecision(
      rounds: rounds, undecided: undecided, nextLook: undecided.isEmpty ? nil : next?.rounds,
      comparison: comparison(progress, rounds: rounds))
  }

  private func comparison(_ progress: PairedProgress, rounds: Int) -> Comparison {
    let last = looks[looks.count - 1]
    let rounds = min(rounds, progress.contaminatedAfter ?? last.rounds)
    let rows = progress.judgements.indices.compactMap {
      progress.row($0, rounds: rounds, last: last)
    }
    return Comparison(
      mode: .paired, rule: rule, rows: rows.sorted(by: ComparisonRow.isWorse),
      counts: ComparisonCounts(of: rows),
      warnings: ComparisonWarning.all(
        on: progress, rows: rows, rounds: rounds, planned: last.rounds))
  }
}

/// When a paired comparison may be decided: a number of rounds fixed in advance, and the share of
/// α that is spent there.
package struct PairedLook: Sendable, Hashable {
  package let rounds: Int
  /// The share of the whole comparison's α; those of all looks add up to at most 1, which is
  /// Bonferroni's bound over the looks.
  package let share: Double
  /// The share of the 2.5 % that each end of an interval may miss, by which a series is called
  /// unchanged.
  package let unchangedShare: Double
  /// Whether a series is called unchanged only where its estimate does not reach the conviction
  /// floor, because a later look may convict it.
  package let leavesOpenBeyondFloor: Bool

  package init(
    rounds: Int, share: Double, unchangedShare: Double? = nil, leavesOpenBeyondFloor: Bool = false
  ) {
    self.rounds = rounds
    self.share = share
    self.unchangedShare = unchangedShare ?? share
    self.leavesOpenBeyondFloor = leavesOpenBeyondFloor
  }

  /// After 6 rounds most unchanged series are decided, after 30 nearly all changed ones: with
  /// deviations up to 3 % between processes 90 % or more of +5 % are found by then, whatever the
  /// shape of the noise.
  package static let standard = [
    PairedLook(rounds: 6, share: 0.10), PairedLook(rounds: 10, share: 0.20),
    PairedLook(rounds: 15, share: 0.20), PairedLook(rounds: 20, share: 0.25),
    PairedLook(rounds: 30, share: 0.25),
  ]

  /// The looks at rounds whose processes took turns.
  ///
  /// Their numbers are judged by signed ranks, of which n rounds have 2ⁿ arrangements: too few to
  /// convict one of 25 series before the fifteenth, but enough after eight to see that nothing
  /// changed. Shares and rounds were chosen by simulation of 163 plans with deviations of a round
  /// of 0.2 to 5 % in four shapes (normal, with 10 % outliers of six times the deviation, Student
  /// t with three degrees of freedom, and a difference of lognormals). In a suite of 25, +2 % is
  /// found by the last look in 99, 99, 98 and 85 % at deviations of 0.2, 0.4, 0.8 and 1.5 %, and
  /// unchanged series of the first three take 8 to 11 rounds. Back-loaded shares find 1 % more than
  /// equal ones, front-loaded ones 2 % less. A change of 1.5 % is within the margin of 'no change',
  /// and would be called that at the early looks in more than half of the cases; so at these an
  /// estimate beyond the floor stays open.
  package static let ofTurns = [
    PairedLook(rounds: 8, share: 0, unchangedShare: 0.2, leavesOpenBeyondFloor: true),
    PairedLook(rounds: 10, share: 0, unchangedShare: 0.2, leavesOpenBeyondFloor: true),
    PairedLook(rounds: 15, share: 0.35, unchangedShare: 0.2, leavesOpenBeyondFloor: true),
    PairedLook(rounds: 20, share: 0.25, unchangedShare: 0.2, leavesOpenBeyondFloor: true),
    PairedLook(rounds: 30, share: 0.4, unchangedShare: 0.2),
  ]

  /// The looks at rounds that somebody else has measured, who looked at nothing in between: one at
  /// the end, or the usual ones where there are more rounds than these need.
  package static func afterwards(rounds: Int) -> [PairedLook] {
    let last = standard[standard.count - 1].rounds
    return rounds < last ? [PairedLook(rounds: max(1, rounds), share: 1)] : standard
  }

  /// The chance of a truth beyond each end of the interval by which this look calls a series
  /// unchanged: its share of 2.5 %, half of the 5 % that both ends may miss.
  var tail: Double { 0.025 * unchangedShare }
}

/// How a paired comparison stands after some rounds.
package struct PairedDecision: Sendable {
  package let rounds: Int
  /// The gate series that the next rounds should measure; empty when all is said.
  package let undecided: [SeriesKey]
  /// After how many rounds the next decision may fall; `nil` when all is said.
  package let nextLook: Int?
  /// What is to be said if no more rounds follow.
  package let comparison: Comparison
}
