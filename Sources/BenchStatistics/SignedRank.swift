/// The signed-rank test for pairs, exact with ties: Wilcoxon, "Individual comparisons by ranking
/// methods" (Biometrics Bulletin 1, 1945).
///
/// Differences of zero say nothing and are left out. Tied sizes share the mean of their ranks, and
/// the null distribution is that of the ranks at hand: all ways of giving them signs are counted by
/// dynamic programming over their sum, doubled so that it is whole.
package struct SignedRank: Sendable, Hashable {
  /// The sum of the ranks of the positive differences.
  package let statistic: Double
  /// The chance of a statistic at least as large, if every difference is as likely to be positive
  /// as negative.
  package let upperTail: Double
  /// The chance of a statistic at most as large.
  package let lowerTail: Double

  /// Tests whether `differences` tend to lie above or below zero.
  ///
  /// `differences`: in any order; without one that is not zero both tails are 1; `untied`: the
  /// distribution for so many differences, to look up instead of counting where none is zero and
  /// none tie.
  package init(_ differences: [Double], untied: RankDistribution? = nil) {
    let signed = differences.filter { $0 != 0 }
    let ranks = RankSum.doubledMidRanks(signed.map(abs))
    let sum = zip(signed, ranks).reduce(0) { $1.0 > 0 ? $0 + $1.1 : $0 }
    statistic = Double(sum) / 2
    if let untied, ranks.count == differences.count, RankSum.isUntied(ranks) {
      (lowerTail, upperTail) = (untied.lowerTail(sum / 2), untied.upperTail(sum / 2))
    } else {
      let counts = Self.signings(ranks)
      let total = counts.reduce(0, +)
      lowerTail = min(1, counts[...sum].reduce(0, +) / total)
      upperTail = min(1, counts[sum...].reduce(0, +) / total)
    }
  }

  /// The number of ways in which the ranks with a positive sign add up to each sum, by the sum from
  /// 0.
  static func signings(_ ranks: [Int]) -> [Double] {
    var counts = [Double](repeating: 0, count: ranks.reduce(1, +))
    counts[0] = 1
    var largest = 0
    for rank in ranks {
      largest += rank
      for sum in stride(from: largest, through: rank, by: -1) { counts[sum] += counts[sum - rank] }
    }
    return counts
  }
}
