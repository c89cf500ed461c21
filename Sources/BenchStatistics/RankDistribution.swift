/// The distribution of a rank statistic if nothing but chance orders the values and no two tie.
///
/// Counting takes far longer than looking up: a value of this is worth keeping for as long as tests
/// of the same sizes are made.
package struct RankDistribution: Sendable {
  /// The chance of at most so much, for every value from 0.
  private let lowerTails: [Double]

  /// The distribution of the rank-sum test's statistic: in how many of the `x · y` pairs the
  /// second side is above the first.
  ///
  /// `x`: at least 1; `y`: at least 1.
  package static func rankSum(x: Int, y: Int) -> RankDistribution {
    let ranks = Array(stride(from: 2, through: 2 * (x + y), by: 2))
    let counts = RankSum.arrangements(ranks, choose: y)
    return RankDistribution(
      counts: stride(from: y * (y + 1), to: counts.count, by: 2).map { counts[$0] })
  }

  /// The distribution of the signed-rank test's statistic: the sum of the ranks of the positive
  /// differences among `count`.
  package static func signedRank(count: Int) -> RankDistribution {
    let counts = SignedRank.signings(Array(stride(from: 2, through: 2 * count, by: 2)))
    return RankDistribution(
      counts: stride(from: 0, to: counts.count, by: 2).map { counts[$0] })
  }

  private init(counts: [Double]) {
    let total = counts.reduce(0, +)
    var below = 0.0
    lowerTails = counts.map { count in
      below += count
      return below / total
    }
  }

  /// The chance of a statistic of at most `value`, which is one that can be.
  package func lowerTail(_ value: Int) -> Double { lowerTails[value] }

  /// The chance of a statistic of at least `value`. The distribution is symmetric, and small tails
  /// keep their precision by it.
  package func upperTail(_ value: Int) -> Double { lowerTails[lowerTails.count - 1 - value] }

  /// How many of the smallest (and as many of the largest) pairs' values the distribution-free
  /// interval leaves out that misses the truth on each side with a chance of at most `tail`; `nil`
  /// where even the full range misses it more often.
  package func trim(tail: Double) -> Int? {
    let beyond = lowerTails.partitioningIndex { $0 > tail }
    return beyond == 0 ? nil : beyond - 1
  }
}

extension [Double] {
  /// The first index from which on `belongs` holds, or the end.
  fileprivate func partitioningIndex(where belongs: (Double) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if belongs(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
