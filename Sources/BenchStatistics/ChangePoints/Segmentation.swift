/// Cuts a series into stretches of one level each.
package enum Segmentation {
  /// Finds the cuts for which the sum of squared distances from the segments' means, plus `penalty`
  /// for each cut, is the least there is.
  ///
  /// Exact, by optimal partitioning with pruning: Killick, Fearnhead and Eckley, "Optimal detection
  /// of changepoints with a linear computational cost" (JASA 107, 2012). A candidate start is
  /// dropped only once the segment that beats it is itself long enough to be cut off, without which
  /// a least length makes the pruning wrong. O(n) for many changes, O(n²) for none.
  ///
  /// `values`: in order, all finite;
  /// `penalty`: not negative, in squared units of the values;
  /// `minimumLength`: the least length of a segment, at least 1.
  ///
  /// - Returns: the indices at which the segments after the first begin, ascending.
  ///
  /// ```swift
  /// Segmentation.cuts([5, 5, 5, 9, 9, 9], penalty: 1)  // [3]
  /// ```
  package static func cuts(
    _ values: [Double], penalty: Double, minimumLength: Int = 3
  ) -> [Int] {
    precondition(minimumLength > 0, "a segment has at least one value")
    guard values.count >= 2 * minimumLength else { return [] }
    let sums = CenteredSums(values)
    let previous = bestStarts(sums, penalty: penalty, minimumLength: minimumLength)
    var cuts: [Int] = []
    var end = values.count
    while previous[end] > 0 {
      end = previous[end]
      cuts.append(end)
    }
    return cuts.reversed()
  }

  /// The index at which the last segment of every prefix begins in its best cutting, by the length
  /// of the prefix.
  private static func bestStarts(
    _ sums: CenteredSums, penalty: Double, minimumLength: Int
  ) -> [Int] {
    let count = sums.count
    var best = [Double](repeating: .infinity, count: count + 1)
    var previous = [Int](repeating: 0, count: count + 1)
    var candidates = Candidates(capacity: count)
    best[0] = -penalty
    for end in minimumLength...count {
      let start = end - minimumLength
      if best[start] < .infinity {
        candidates.append(start: start, best: best[start], sum: sums.value[start])
      }
      let (least, position) = candidates.cheapest(end: end, sum: sums.value[end])
      // The squares of the whole prefix are the same whatever is cut.
      best[end] = least + penalty
      previous[end] = position
      candidates.prune(end: end, beyond: best[end], lag: minimumLength)
    }
    return previous
  }
}

/// Running sums about the middle value, so that their squares lose no digits. The sum of squares is
/// left out: every cutting has the same.
private struct CenteredSums {
  let value: [Double]

  init(_ values: [Double]) {
    let center = Quantile.median(values)
    var sums = [0.0]
    sums.reserveCapacity(values.count + 1)
    var sum = 0.0
    for value in values {
      sum += value - center
      sums.append(sum)
    }
    value = sums
  }

  var count: Int { value.count - 1 }
}

/// The starts that the last segment may still have, side by side in memory.
///
/// Positions are kept as `Double`, which holds them exactly: the loops over all candidates, where
/// the time goes, then need no conversion and no branch, and are compiled to instructions for
/// several candidates at once.
private struct Candidates {
  private var starts: [Double] = []
  private var bests: [Double] = []
  private var sums: [Double] = []
  private var expiries: [Double] = []
  private var costs: [Double] = []

  init(capacity: Int) {
    starts.reserveCapacity(capacity)
    bests.reserveCapacity(capacity)
    sums.reserveCapacity(capacity)
    expiries.reserveCapacity(capacity)
    costs = [Double](repeating: 0, count: capacity + 1)
  }

  mutating func append(start: Int, best: Double, sum: Double) {
    starts.append(Double(start))
    bests.append(best)
    sums.append(sum)
    expiries.append(.infinity)
  }

  /// The least cost of a prefix up to `end`, and the start that gives it. A segment's cost is less
  /// its squared sum over its length.
  mutating func cheapest(end: Int, sum: Double) -> (cost: Double, start: Int) {
    let (count, end) = (starts.count, Double(end))
    var least = Double.infinity
    var position = 0.0
    costs.withUnsafeMutableBufferPointer { costs in
      starts.withUnsafeBufferPointer { starts in
        bests.withUnsafeBufferPointer { bests in
          sums.withUnsafeBufferPointer { sums in
            for index in 0..<count {
              let difference = sum - sums[index]
              costs[index] = bests[index] - difference * difference / (end - starts[index])
            }
            for index in 0..<count where costs[index] < least {
              least = costs[index]
              position = starts[index]
            }
          }
        }
      }
    }
    return (least, Int(position))
  }

  /// Marks what `end` as a start beats from now on, and drops what has been beaten for `lag` steps.
  mutating func prune(end: Int, beyond limit: Double, lag: Int) {
    let expiry = Double(end + lag)
    let count = expiries.count
    costs.withUnsafeBufferPointer { costs in
      expiries.withUnsafeMutableBufferPointer { expiries in
        for index in 0..<count {
          let marked = min(expiries[index], expiry)
          expiries[index] = costs[index] > limit ? marked : expiries[index]
        }
      }
    }
    let last = Double(end + 1)
    if let first = expiries.firstIndex(where: { $0 <= last }) { drop(upTo: last, from: first) }
  }

  private mutating func drop(upTo last: Double, from first: Int) {
    var kept = first
    for index in first..<starts.count where expiries[index] > last {
      starts[kept] = starts[index]
      bests[kept] = bests[index]
      sums[kept] = sums[index]
      expiries[kept] = expiries[index]
      kept += 1
    }
    starts.removeLast(starts.count - kept)
    bests.removeLast(bests.count - kept)
    sums.removeLast(sums.count - kept)
    expiries.removeLast(expiries.count - kept)
  }
}
