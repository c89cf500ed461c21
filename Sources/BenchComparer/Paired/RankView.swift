import BenchStatistics

/// One exact rank test of a shift on the log scale, with the estimate and the intervals that belong to it.
struct RankView {
  /// The part of an error level that this test may spend.
  let weight: Double
  /// The Hodges–Lehmann estimate, positive being worse.
  let estimate: Double
  /// The chance of a shift this far up, or down, without any.
  private let upperTail: Double
  private let lowerTail: Double
  /// Ascending: all differences, or all means of two differences, whose median is the estimate.
  private let candidates: [Double]
  private let distribution: RankDistribution

  /// The two sides as independent samples: the rank-sum test.
  init(base: [Double], head: [Double], weight: Double = 1) {
    let distribution = RankDistributions.shared.rankSum(x: base.count, y: head.count)
    let test = RankSum(base, head, untied: distribution)
    self.init(
      weight: weight, candidates: HodgesLehmann.differences(from: base, to: head),
      tails: (test.lowerTail, test.upperTail), distribution: distribution)
  }

  /// The differences within the rounds: the signed-rank test, to which nothing matters that a round's two processes share.
  init(differences: [Double], weight: Double) {
    let distribution = RankDistributions.shared.signedRank(count: differences.count)
    let test = SignedRank(differences, untied: distribution)
    self.init(
      weight: weight, candidates: HodgesLehmann.walshAverages(differences),
      tails: (test.lowerTail, test.upperTail), distribution: distribution)
  }

  private init(
    weight: Double, candidates: [Double], tails: (lower: Double, upper: Double),
    distribution: RankDistribution
  ) {
    self.weight = weight
    self.candidates = candidates.sorted()
    estimate = Quantile.median(ofSorted: self.candidates)
    (lowerTail, upperTail) = tails
    self.distribution = distribution
  }

  /// One-sided, and charged with what the other tests may spend; 1 where the estimate does not reach the floor.
  func pValue(_ direction: Shift, floor: Double) -> Double {
    switch direction {
    case .worse: estimate >= floor ? upperTail / weight : 1
    case .better: -estimate >= floor ? lowerTail / weight : 1
    }
  }

  /// The distribution-free interval that misses the truth on each side with a chance of at most `tail`; the full range where the
  /// processes are too few for that.
  func interval(tail: Double) -> ClosedRange<Double> {
    let trim = distribution.trim(tail: tail * weight) ?? 0
    return candidates[trim]...candidates[candidates.count - 1 - trim]
  }
}

/// Which way a series may have moved.
enum Shift: CaseIterable {
  case worse, better
}
