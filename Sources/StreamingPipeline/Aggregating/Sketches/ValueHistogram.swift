/// Counts numbers in buckets whose width is 1/128 of the power of two below them, so that the
/// middle of a bucket is within 1/256 of every number in it.
///
/// This is DDSketch (Masson, Rim and Lee, VLDB 2019) with the linear mapping: the upper bits of the
/// number are its bucket. Counts add up, so merging in any order gives the same.
package struct ValueHistogram: Sendable {
  /// The greatest relative error of a value.
  package static let relativeError = 1.0 / 256

  /// The low bits of a significand that are dropped: 7 of its 52 bits tell buckets apart.
  private static let droppedBits: UInt64 = 45

  private var negative = CountWindow()
  private var positive = CountWindow()
  private var least = Double.infinity
  private var greatest = -Double.infinity

  package init() {}

  /// The bytes it holds beside itself.
  package var heldBytes: Int { (negative.counts.count + positive.counts.count) * 8 }

  package mutating func add(_ value: Double) {
    least = min(least, value)
    greatest = max(greatest, value)
    let bucket = Self.bucket(value.magnitude)
    if value < 0 { negative.add(1, to: bucket) } else { positive.add(1, to: bucket) }
  }

  package mutating func merge(_ other: ValueHistogram) {
    negative.add(other.negative)
    positive.add(other.positive)
    least = min(least, other.least)
    greatest = max(greatest, other.greatest)
  }

  /// The value at a rank, counted from 0 for the least; the greatest value at ranks beyond.
  package func value(at rank: Int) -> Double {
    var rest = rank
    for (index, count) in negative.counts.enumerated().reversed() {
      if rest < count { return clamped(-Self.middle(negative.start + index)) }
      rest -= count
    }
    for (index, count) in positive.counts.enumerated() {
      if rest < count { return clamped(Self.middle(positive.start + index)) }
      rest -= count
    }
    return greatest
  }

  private func clamped(_ value: Double) -> Double { max(least, min(greatest, value)) }

  /// The bucket of a magnitude. Bucket 0 holds zero and everything below the normal numbers.
  private static func bucket(_ magnitude: Double) -> Int {
    magnitude < .leastNormalMagnitude ? 0 : Int(magnitude.bitPattern >> droppedBits)
  }

  private static func middle(_ bucket: Int) -> Double {
    guard bucket > 0 else { return 0 }
    let start = Double(bitPattern: UInt64(bucket) << droppedBits)
    let end = Double(bitPattern: UInt64(bucket + 1) << droppedBits)
    // The halves are added, so that the greatest bucket does not overflow.
    return end.isFinite ? start / 2 + end / 2 : start
  }
}

/// Counts by index, between the first and the last index that were counted.
private struct CountWindow: Sendable {
  private(set) var start = 0
  private(set) var counts: [Int] = []

  mutating func add(_ count: Int, to index: Int) {
    if index < start || index - start >= counts.count { cover(index) }
    counts[index - start] += count
  }

  mutating func add(_ other: CountWindow) {
    for (index, count) in other.counts.enumerated() where count > 0 {
      add(count, to: other.start + index)
    }
  }

  /// Makes room up to an index and half as much beyond, so that counts are rarely moved.
  private mutating func cover(_ index: Int) {
    let spare = max(16, counts.count / 2)
    if counts.isEmpty {
      start = max(0, index - spare / 2)
      counts = [Int](repeating: 0, count: index - start + spare / 2)
    } else if index < start {
      let first = max(0, index - spare)
      counts.insert(contentsOf: repeatElement(0, count: start - first), at: 0)
      start = first
    } else {
      counts.append(
        contentsOf: repeatElement(0, count: index - start - counts.count + spare))
    }
  }
}
