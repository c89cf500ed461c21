/// Counts numbers in buckets whose width is 1/128 of the power of two below them, so that the
/// middle of a bucket is within 1/256 of every number in it.
///
/// This is DDSketch (Masson, Rim and Lee, VLDB 2019) with the linear mapping: the bucket is read
/// off the upper bits of the number. Counts add, so that merging in any order gives the same.
package struct ValueHistogram: Sendable {
  /// The relative error of a value.
  package static let relativeError = 1.0 / 256

  /// Of the 52 bits of a significand 7 tell buckets apart.
  private static let droppedBits: UInt64 = 45

  private var negative = CountWindow()
  private var positive = CountWindow()
  private var least = Double.infinity
  private var greatest = -Double.infinity

  package init() {}

  /// What it takes in memory beside itself.
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

  /// The value at a rank, counted from 0 for the least; the last at ranks beyond.
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

  /// Bucket 0 holds zero and what is less than any normal number.
  private static func bucket(_ magnitude: Double) -> Int {
    magnitude < .leastNormalMagnitude ? 0 : Int(magnitude.bitPattern >> droppedBits)
  }

  private static func middle(_ bucket: Int) -> Double {
    guard bucket > 0 else { return 0 }
    let start = Double(bitPattern: UInt64(bucket) << droppedBits)
    let end = Double(bitPattern: UInt64(bucket + 1) << droppedBits)
    // Halves are added, so that the greatest bucket does not overflow.
    return end.isFinite ? start / 2 + end / 2 : start
  }
}

/// Counts by index, from the first index that was counted to the last.
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

  /// Makes room to an index and half as much beyond, so that few moves are made.
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
