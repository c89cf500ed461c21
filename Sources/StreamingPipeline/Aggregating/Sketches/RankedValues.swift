/// The values of a group, stored up to `exactLimit` and counted in a histogram beyond.
///
/// Values are whole numbers in the order of the numbers they stand for: numbers and mantissas
/// themselves, or `orderedBits` of doubles. Which of the two forms is used depends only on the
/// number of values, so the answer does not depend on their order or on merges.
package struct RankedValues: Sendable {
  /// The most values that are stored.
  package static let exactLimit = 10_000

  private var kept: [Int64] = []
  private var histogram: ValueHistogram?
  /// The number of values.
  package private(set) var count = 0

  package init() {}

  /// The bytes it holds beside itself.
  package var heldBytes: Int { kept.capacity * 8 + (histogram?.heldBytes ?? 0) }

  /// Adds a value; `number` converts a stored value into the number it stands for.
  package mutating func add(_ value: Int64, _ number: (Int64) -> Double) {
    count += 1
    if histogram != nil {
      histogram?.add(number(value))
    } else {
      kept.append(value)
      if count > Self.exactLimit { goOver(number) }
    }
  }

  package mutating func merge(_ other: RankedValues, _ number: (Int64) -> Double) {
    count += other.count
    if histogram == nil, other.histogram == nil, count <= Self.exactLimit {
      kept += other.kept
      return
    }
    goOver(number)
    for value in other.kept { histogram?.add(number(value)) }
    if let theirs = other.histogram { histogram?.merge(theirs) }
  }

  private mutating func goOver(_ number: (Int64) -> Double) {
    var counted = histogram ?? ValueHistogram()
    for value in kept { counted.add(number(value)) }
    kept = []
    histogram = counted
  }

  /// The values at the two ranks next to a share of the values, and the share's distance from the
  /// lower to the upper, in millionths.
  package func neighbours(_ share: PercentileShare) -> Neighbours? {
    guard count > 0 else { return nil }
    let (lower, fraction) = share.rank(of: count)
    let upper = min(lower + 1, count - 1)
    if let histogram {
      return .counted(histogram.value(at: lower), histogram.value(at: upper), fraction)
    }
    let sorted = kept.sorted()
    return .kept(sorted[lower], sorted[upper], fraction)
  }

  package enum Neighbours: Equatable {
    case kept(Int64, Int64, millionths: Int)
    case counted(Double, Double, millionths: Int)

    static func kept(_ lower: Int64, _ upper: Int64, _ fraction: Int) -> Self {
      .kept(lower, upper, millionths: fraction)
    }

    static func counted(_ lower: Double, _ upper: Double, _ fraction: Int) -> Self {
      .counted(lower, upper, millionths: fraction)
    }
  }
}

/// A share of the values, in millionths of a percent, so that ranks are exact.
package struct PercentileShare: Hashable, Sendable {
  private static let whole = 100_000_000
  private let parts: Int

  /// - Throws: `PipelineError.invalidOption` outside 0...100.
  package init(percent: Double) throws(PipelineError) {
    guard percent >= 0, percent <= 100 else {
      throw .invalidOption(name: "percentile", value: "\(percent)", permitted: "0...100")
    }
    parts = Int((percent * Double(Self.whole / 100)).rounded())
  }

  /// The rank below this share of `count` values, and the distance to the next, in millionths.
  func rank(of count: Int) -> (lower: Int, millionths: Int) {
    let (high, low) = (count - 1).multipliedFullWidth(by: parts)
    let (rank, rest) = Self.whole.dividingFullWidth((high, low))
    return (rank, rest / (Self.whole / 1_000_000))
  }
}

extension Double {
  /// The bits of a double as a whole number in the same order. Both zeros have the same bits.
  @inline(__always)
  package var orderedBits: Int64 {
    let bits = Int64(bitPattern: (self == 0 ? 0 : self).bitPattern)
    return bits < 0 ? bits ^ Int64.max : bits
  }

  /// The number with these ordered bits.
  @inline(__always)
  package init(orderedBits bits: Int64) {
    self.init(bitPattern: UInt64(bitPattern: bits < 0 ? bits ^ Int64.max : bits))
  }
}
