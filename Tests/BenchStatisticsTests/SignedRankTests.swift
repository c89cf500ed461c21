import BenchStatistics
import BenchTestSupport
import Testing

@Suite struct SignedRankTests {
  @Test("statistic and exact tails are SciPy's, with and without ties")
  func golden() throws {
    for known in try Golden.read().signedRanks {
      let test = SignedRank(known.values)
      #expect(agree(test.statistic, known.statistic), "\(known)")
      #expect(agree(test.upperTail, known.upper), "\(known)")
      #expect(agree(test.lowerTail, known.lower), "\(known)")
    }
  }

  @Test("up to seven differences have the tails that trying every choice of signs gives")
  func naive() {
    let seed: UInt64 = 12
    var random = SeededRandom(seed: seed)
    for count in 1...7 {
      for range in [1.0, 3, 1_000] {
        let values = (0..<count).map { _ in
          Double.random(in: -range...range, using: &random).rounded()
        }
        let (test, naive) = (SignedRank(values), naiveTails(values))
        #expect(agree(test.upperTail, naive.upper), "\(values), seed \(seed)")
        #expect(agree(test.lowerTail, naive.lower), "\(values), seed \(seed)")
      }
    }
  }

  @Test("differences of zero prove nothing", arguments: [[], [0], [0, 0, 0]])
  func zeros(values: [Double]) {
    let test = SignedRank(values)
    #expect(test.statistic == 0)
    #expect(test.upperTail == 1)
    #expect(test.lowerTail == 1)
  }
}

@Suite struct RankDistributionTests {
  @Test("the trims are those of the published tables")
  func trims() {
    // One-sided 2.5 %: critical values of U (Mann and Whitney 1947) and of V (Wilcoxon 1945).
    #expect(RankDistribution.rankSum(x: 3, y: 3).trim(tail: 0.025) == nil)
    #expect(RankDistribution.rankSum(x: 4, y: 4).trim(tail: 0.025) == 0)
    #expect(RankDistribution.rankSum(x: 5, y: 5).trim(tail: 0.025) == 2)
    #expect(RankDistribution.rankSum(x: 10, y: 10).trim(tail: 0.025) == 23)
    #expect(RankDistribution.rankSum(x: 20, y: 20).trim(tail: 0.025) == 127)
    #expect(RankDistribution.signedRank(count: 5).trim(tail: 0.025) == nil)
    #expect(RankDistribution.signedRank(count: 6).trim(tail: 0.025) == 0)
    #expect(RankDistribution.signedRank(count: 10).trim(tail: 0.025) == 8)
    #expect(RankDistribution.signedRank(count: 30).trim(tail: 0.025) == 137)
  }

  @Test("looking up gives what counting gives, tied or not")
  func lookUp() {
    let seed: UInt64 = 13
    var random = SeededRandom(seed: seed)
    for isTied in [false, true] {
      let values = (0..<12).map { _ in
        isTied ? Double(Int.random(in: -3...3, using: &random)) : random.nextNormal()
      }
      let (x, y) = (Array(values.prefix(5)), Array(values.suffix(7)))
      let sums = (RankSum(x, y), RankSum(x, y, untied: .rankSum(x: 5, y: 7)))
      let signs = (SignedRank(values), SignedRank(values, untied: .signedRank(count: 12)))
      #expect(agree(sums.0.upperTail, sums.1.upperTail), "seed \(seed)")
      #expect(agree(sums.0.lowerTail, sums.1.lowerTail), "seed \(seed)")
      #expect(agree(signs.0.upperTail, signs.1.upperTail), "seed \(seed)")
      #expect(agree(signs.0.lowerTail, signs.1.lowerTail), "seed \(seed)")
    }
  }

  @Test("both tails together count every arrangement, and the middle twice")
  func symmetry() {
    for (x, y) in [(1, 1), (2, 5), (6, 6), (30, 30)] {
      let distribution = RankDistribution.rankSum(x: x, y: y)
      for value in 0..<(x * y) {
        let sum = distribution.lowerTail(value) + distribution.upperTail(value + 1)
        #expect(agree(sum, 1))
      }
    }
  }
}

/// The share of all choices of signs in which the positive ranks' sum is at least, or at most, the
/// one seen.
private func naiveTails(_ values: [Double]) -> (lower: Double, upper: Double) {
  let sizes = values.filter { $0 != 0 }.map(abs)
  let ranks = sizes.map { size in
    Double(sizes.count { $0 < size }) + Double(sizes.count { $0 == size } + 1) / 2
  }
  let signs = values.filter { $0 != 0 }.map { $0 > 0 }
  func sum(_ isPositive: [Bool]) -> Double {
    zip(ranks, isPositive).reduce(0) { $1.1 ? $0 + $1.0 : $0 }
  }
  let seen = sum(signs)
  let all = (0..<(1 << ranks.count)).map { choice in
    sum(ranks.indices.map { choice >> $0 & 1 == 1 })
  }
  let count = Double(all.count)
  return (Double(all.count { $0 <= seen }) / count, Double(all.count { $0 >= seen }) / count)
}
