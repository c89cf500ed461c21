import BenchStatistics
import Synchronization

/// A cache of the distributions counted so far. All series of a comparison have the same few sizes,
/// and counting one takes longer than all else about a series.
final class RankDistributions: Sendable {
  static let shared = RankDistributions()

  private enum Statistic: Hashable {
    case rankSum(x: Int, y: Int)
    case signedRank(count: Int)
  }

  private let known = Mutex<[Statistic: RankDistribution]>([:])

  func rankSum(x: Int, y: Int) -> RankDistribution {
    cached(.rankSum(x: x, y: y)) { .rankSum(x: x, y: y) }
  }

  func signedRank(count: Int) -> RankDistribution {
    cached(.signedRank(count: count)) { .signedRank(count: count) }
  }

  private func cached(
    _ statistic: Statistic, count: () -> RankDistribution
  ) -> RankDistribution {
    known.withLock { known in
      if let distribution = known[statistic] { return distribution }
      let distribution = count()
      known[statistic] = distribution
      return distribution
    }
  }
}
