import BenchStatistics

/// One exact rank test of a shift on the log scale, with the estimate and the intervals that belong
/// to it.
///
/// Most questions are answered by counting on which side of a bound the candidates lie; single ones
/// are selected for those that need the values themselves.
struct RankView {
  /// The part of an error level that this test may spend.
  let weight: Double
  /// The chance of a shift this far up, or down, without any.
  private let tails: TailsOnDemand
  /// All differences, or all means of two differences, whose median is the estimate.
  private let candidates: RankedCandidates
  private let distribution: RankDistribution

  /// The two sides as independent samples: the rank-sum test.
  init(base: [Double], head: [Double], weight: Double = 1) {
    let distribution = RankDistributions.shared.rankSum(x: base.count, y: head.count)
    self.init(
      weight: weight, candidates: HodgesLehmann.differences(from: base, to: head),
      tails: TailsOnDemand {
        let test = RankSum(base, head, untied: distribution)
        return (test.lowerTail, test.upperTail)
      }, distribution: distribution)
  }

  /// The differences within the rounds: the signed-rank test, to which nothing matters that a
  /// round's two processes share.
  init(differences: [Double], weight: Double) {
    let distribution = RankDistributions.shared.signedRank(count: differences.count)
    self.init(
      weight: weight, candidates: HodgesLehmann.walshAverages(differences),
      tails: TailsOnDemand {
        let test = SignedRank(differences, untied: distribution)
        return (test.lowerTail, test.upperTail)
      }, distribution: distribution)
  }

  private init(
    weight: Double, candidates: [Double], tails: TailsOnDemand, distribution: RankDistribution
  ) {
    self.weight = weight
    self.candidates = RankedCandidates(candidates)
    self.tails = tails
    self.distribution = distribution
  }

  /// The Hodges–Lehmann estimate, positive being worse.
  var estimate: Double { candidates.median }

  /// One-sided, and charged with what the other tests may spend; 1 where the estimate does not
  /// reach the floor.
  func pValue(_ direction: Shift, floor: Double) -> Double {
    switch direction {
    case .worse: estimateIs(atLeast: floor) ? tails.ofTest.upper / weight : 1
    case .better: estimateIs(atMost: -floor) ? tails.ofTest.lower / weight : 1
    }
  }

  /// The distribution-free interval that misses the truth on each side with a chance of at most
  /// `tail`; the full range where the processes are too few for that.
  func interval(tail: Double) -> ClosedRange<Double> {
    let trim = trim(tail)
    return candidates[trim]...candidates[candidates.count - 1 - trim]
  }

  /// Whether that interval lies between `-floor` and `floor`.
  ///
  /// Never of so few values that even their full range misses the truth more often.
  func isWithin(_ floor: Double, tail: Double) -> Bool {
    guard let trim = distribution.trim(tail: tail * weight) else { return false }
    return candidates.count { $0 >= floor } <= trim && candidates.count { $0 <= -floor } <= trim
  }

  private func trim(_ tail: Double) -> Int { distribution.trim(tail: tail * weight) ?? 0 }

  /// The median lies between the two values in the middle: it is looked up only where they lie on
  /// both sides of the bound.
  private func estimateIs(atLeast bound: Double) -> Bool {
    let above = candidates.count { $0 >= bound }
    if above > candidates.count / 2 { return true }
    return above >= candidates.count / 2 && estimate >= bound
  }

  private func estimateIs(atMost bound: Double) -> Bool {
    let below = candidates.count { $0 <= bound }
    if below > candidates.count / 2 { return true }
    return below >= candidates.count / 2 && estimate <= bound
  }
}

/// Numbers of which single ones are asked for by their rank, so that not all of them have to be put
/// in order.
private final class RankedCandidates {
  private var numbers: [Double]
  private var known: [Int: Double] = [:]
  private(set) lazy var median = Quantile.median(ofSorted: [self[(count - 1) / 2], self[count / 2]])

  init(_ numbers: [Double]) { self.numbers = numbers }

  var count: Int { numbers.count }

  /// The number of this rank, from 0.
  subscript(rank: Int) -> Double {
    if let number = known[rank] { return number }
    let number = Selection.element(at: rank, of: &numbers)
    known[rank] = number
    return number
  }

  func count(where belongs: (Double) -> Bool) -> Int {
    numbers.reduce(0) { belongs($1) ? $0 + 1 : $0 }
  }
}

/// The tails of a test that is made when they are first asked for: most series never reach the
/// floor, and with ties the test counts every arrangement anew.
private final class TailsOnDemand {
  private let test: () -> (lower: Double, upper: Double)
  private(set) lazy var ofTest = test()

  init(_ test: @escaping () -> (lower: Double, upper: Double)) { self.test = test }
}

/// The direction in which a series may have moved.
enum Shift: CaseIterable {
  case worse, better
}
