import BenchStatistics
import Synchronization

/// The ranks of the distribution-free 95 % interval by the sides' sizes. Counting arrangements
/// takes longer than all else about a series, and all series of a comparison have the same few
/// sizes.
final class RankTrims: Sendable {
  static let shared = RankTrims()

  private struct Sizes: Hashable {
    let x: Int
    let y: Int
  }

  private let known = Mutex<[Sizes: Int?]>([:])

  /// - Returns: `nil` where the sides are too small for 95 %, or so large that the scale estimate
  ///   alone is good enough.
  func trim(x: Int, y: Int) -> Int? {
    guard x + y <= RankSum.largestExactCount else { return nil }
    return known.withLock { known in
      let sizes = Sizes(x: x, y: y)
      if let trim = known[sizes] { return trim }
      let trim = RankSum.trim(x: x, y: y, confidence: 0.95)
      known[sizes] = .some(trim)
      return trim
    }
  }
}
