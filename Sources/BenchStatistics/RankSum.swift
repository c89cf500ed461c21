#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The rank-sum test of Wilcoxon (1945) and of Mann and Whitney (1947), exact with ties.
///
/// Tied values share the mean of their ranks, and the null distribution is that of the ranks at
/// hand: all ways of giving them to the two sides are counted by dynamic programming over the size
/// of a side and its sum. Sums of doubled mid-ranks are whole numbers, so nothing is rounded before
/// the counts are divided.
///
/// ```swift
/// RankSum([1, 2, 3], [4, 5, 6]).upperTail  // 0.05: one of the 20 arrangements
/// ```
///
/// Sources: Wilcoxon, "Individual comparisons by ranking methods" (Biometrics Bulletin 1, 1945);
/// Mann and Whitney, "On a test of whether one of two random variables is stochastically larger
/// than the other" (Annals of Mathematical Statistics 18, 1947).
package struct RankSum: Sendable, Hashable {
  /// The rank sum of `y`, less the smallest it could be: the number of pairs in which `y` is above
  /// `x`, ties counting a half.
  package let statistic: Double
  /// The chance of a statistic at least as large, if the sides do not differ.
  package let upperTail: Double
  /// The chance of a statistic at most as large, if the sides do not differ.
  package let lowerTail: Double

  /// The number of values, on both sides together, up to which every arrangement is counted. Beyond
  /// it the normal approximation with the correction for ties is off by less than a thousandth of
  /// the tails that matter.
  package static let largestExactCount = 120

  /// Tests whether `y` tends to lie above or below `x`.
  ///
  /// `x`: at least one value; `y`: at least one value; `untied`: the distribution for these sizes,
  /// to look up instead of counting where no values tie.
  package init(_ x: [Double], _ y: [Double], untied: RankDistribution? = nil) {
    precondition(!x.isEmpty && !y.isEmpty, "a rank-sum test needs values on both sides")
    let ranks = Self.doubledMidRanks(x + y)
    let sum = ranks.suffix(y.count).reduce(0, +)
    statistic = Double(sum) / 2 - Double(y.count * (y.count + 1)) / 2
    if let untied, Self.isUntied(ranks) {
      let wins = sum / 2 - y.count * (y.count + 1) / 2
      (lowerTail, upperTail) = (untied.lowerTail(wins), untied.upperTail(wins))
    } else if ranks.count <= Self.largestExactCount {
      (lowerTail, upperTail) = Self.exactTails(ranks, choose: y.count, sum: sum)
    } else {
      (lowerTail, upperTail) = Self.normalTails(ranks, choose: y.count, sum: sum)
    }
  }

  /// Twice the mid-rank of every value, ranks counted from 1.
  static func doubledMidRanks(_ values: [Double]) -> [Int] {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var ranks = [Int](repeating: 0, count: values.count)
    var start = 0
    while start < order.count {
      var end = start + 1
      while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
      for position in start..<end { ranks[order[position]] = start + end + 1 }
      start = end
    }
    return ranks
  }

  /// Whether no two values share a rank.
  static func isUntied(_ doubledRanks: [Int]) -> Bool {
    var isTaken = [Bool](repeating: false, count: doubledRanks.count + 1)
    for rank in doubledRanks {
      // Half a rank belongs to a tie of an even number.
      if !rank.isMultiple(of: 2) || isTaken[rank / 2] { return false }
      isTaken[rank / 2] = true
    }
    return true
  }

  /// The number of ways in which `choose` of the ranks add up to each sum, by the sum from 0.
  /// Counts beyond 2⁵³ are rounded, by a relative 10⁻¹⁶ each.
  static func arrangements(_ ranks: [Int], choose: Int) -> [Double] {
    // Counters with a few values have ranks with a large common step; counted in steps, their sums
    // are few.
    let least = ranks.min() ?? 0
    let step = ranks.reduce(0) { greatestCommonDivisor($0, $1 - least) }
    let steps = ranks.map { step == 0 ? 0 : ($0 - least) / step }
    var table = ArrangementTable(steps, choose: choose)
    for rank in steps { table.add(rank) }
    let counted = table.counts
    var counts = [Double](repeating: 0, count: choose * least + (counted.count - 1) * step + 1)
    for (sum, count) in counted.enumerated() { counts[choose * least + sum * step] = count }
    return counts
  }

  private static func exactTails(
    _ ranks: [Int], choose: Int, sum: Int
  ) -> (lower: Double, upper: Double) {
    let counts = arrangements(ranks, choose: choose)
    let total = counts.reduce(0, +)
    let lower = counts[...sum].reduce(0, +) / total
    let upper = counts[sum...].reduce(0, +) / total
    return (min(lower, 1), min(upper, 1))
  }

  /// The normal approximation with continuity correction and the variance of the ranks at hand,
  /// which is that with ties.
  private static func normalTails(
    _ ranks: [Int], choose: Int, sum: Int
  ) -> (lower: Double, upper: Double) {
    let count = Double(ranks.count)
    let mean = count + 1
    let squares = ranks.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
    let chosen = Double(choose)
    let variance = chosen * (count - chosen) / (count * (count - 1)) * squares
    guard variance > 0 else { return (1, 1) }
    let distance = Double(sum) - chosen * mean
    let deviation = variance.squareRoot()
    return (
      Normal.upperTail(-(distance + 1) / deviation), Normal.upperTail((distance - 1) / deviation)
    )
  }
}

private func greatestCommonDivisor(_ first: Int, _ second: Int) -> Int {
  second == 0 ? first : greatestCommonDivisor(second, first % second)
}
