import BenchStatistics
import BenchTestSupport
import Testing

@Suite struct RankSumTests {
  @Test("statistic and exact tails are SciPy's, with and without ties")
  func golden() throws {
    for known in try Golden.read().rankSums {
      let test = RankSum(known.x, known.y)
      #expect(agree(test.statistic, known.statistic), "\(known)")
      #expect(agree(test.upperTail, known.upper), "\(known)")
      #expect(agree(test.lowerTail, known.lower), "\(known)")
    }
  }

  @Test("every split of up to seven values has the tails that counting arrangements gives")
  func naive() {
    let seed: UInt64 = 11
    var random = SeededRandom(seed: seed)
    for count in 2...7 {
      for size in 1..<count {
        for range in [1.0, 3, 1_000] {
          let values = (0..<count).map { _ in Double.random(in: 0...range, using: &random).rounded()
          }
          let (x, y) = (Array(values.dropLast(size)), Array(values.suffix(size)))
          let (test, naive) = (RankSum(x, y), naiveTails(x, y))
          #expect(agree(test.upperTail, naive.upper), "\(x) \(y), seed \(seed)")
          #expect(agree(test.lowerTail, naive.lower), "\(x) \(y), seed \(seed)")
        }
      }
    }
  }

  @Test("values all alike prove nothing")
  func allTied() {
    let test = RankSum([1, 1, 1], [1, 1])
    #expect(test.upperTail == 1)
    #expect(test.lowerTail == 1)
  }

  @Test("beyond what is counted the tails are SciPy's normal approximation")
  func large() throws {
    for known in try Golden.read().largeRankSums {
      #expect(known.x.count + known.y.count > RankSum.largestExactCount)
      let test = RankSum(known.x, known.y)
      #expect(agree(test.statistic, known.statistic))
      #expect(agree(test.upperTail, known.upper))
      #expect(agree(test.lowerTail, known.lower))
    }
  }
}

/// The share of all ways to give the values to the sides in which y's number of wins is at least,
/// or at most, the one seen.
private func naiveTails(_ x: [Double], _ y: [Double]) -> (lower: Double, upper: Double) {
  func wins(_ x: [Double], _ y: [Double]) -> Double {
    y.reduce(0) { sum, y in sum + x.reduce(0) { $0 + (y > $1 ? 1 : y == $1 ? 0.5 : 0) } }
  }
  let values = x + y
  let seen = wins(x, y)
  let choices = (0..<(1 << values.count)).filter { $0.nonzeroBitCount == y.count }
  let all = choices.map { choice in
    let isY = values.indices.map { choice >> $0 & 1 == 1 }
    return wins(
      zip(values, isY).filter { !$0.1 }.map(\.0), zip(values, isY).filter(\.1).map(\.0))
  }
  let count = Double(all.count)
  return (
    Double(all.count { $0 <= seen }) / count, Double(all.count { $0 >= seen }) / count
  )
}
