/// An exact sum of doubles, represented by two doubles as long as two suffice: the errors of adding
/// to the first are added to the second, each found exactly by Knuth's two-sum. What the second
/// cannot hold either is returned, so that the caller adds it elsewhere.
///
/// Two doubles hold 106 bits, which sums of numbers of usual sizes never exceed.
struct DoubleTotal {
  private var high = 0.0
  private var low = 0.0

  /// Adds a number.
  ///
  /// - Returns: the remainder that the caller must add to a `WideSum`, usually 0.
  @inline(__always)
  mutating func add(_ value: Double) -> Double {
    let total = high + value
    let added = total - high
    let lost = (high - (total - added)) + (value - added)
    let lower = low + lost
    let lowerAdded = lower - low
    let rest = (low - (lower - lowerAdded)) + (lost - lowerAdded)
    // NaN is not 0 either, so infinities, NaN and overflow leave both sums as they were.
    if rest == 0 {
      high = total
      low = lower
      return 0
    }
    return keep(value, total, lower, rest)
  }

  @inline(never)
  private mutating func keep(
    _ value: Double, _ total: Double, _ lower: Double, _ rest: Double
  ) -> Double {
    guard rest.isFinite, total.isFinite, lower.isFinite else { return value }
    high = total
    low = lower
    return rest
  }

  /// The sum, rounded once, since adding two doubles rounds once.
  var value: Double { high + low }

  /// The two doubles whose sum this is.
  var parts: (high: Double, low: Double) { (high, low) }

  /// Adds both parts to a wide sum.
  func add(to sum: inout WideSum) {
    sum.add(high)
    sum.add(low)
  }
}

/// Exact sums of doubles by bin: two doubles each, and a wide sum for the few bins that need one.
package struct DoubleTotals: Sendable {
  private(set) var totals: [DoubleTotal] = []
  package fileprivate(set) var spills: [UInt32: WideSum] = [:]

  package init() {}

  package mutating func grow(to bins: Int) {
    totals.append(contentsOf: repeatElement(DoubleTotal(), count: bins - totals.count))
  }

  var heldBytes: Int {
    totals.count * MemoryLayout<DoubleTotal>.stride + spills.count * WideSum.bytes
  }

  /// Calls `body` with a function that adds a value to a bin.
  @inline(__always)
  mutating func withTotals(
    _ body: (_ totals: UnsafeMutablePointer<DoubleTotal>, _ spill: (UInt32, Double) -> Void) -> Void
  ) {
    var spills: [UInt32: WideSum] = [:]
    swap(&spills, &self.spills)
    totals.withUnsafeMutableBufferPointer { totals in
      guard let base = totals.baseAddress else { return }
      body(base) { bin, rest in spills[bin, default: WideSum()].add(rest) }
    }
    swap(&spills, &self.spills)
  }

  package mutating func add(_ value: Double, to bin: UInt32) {
    let rest = totals[Int(bin)].add(value)
    if rest != 0 || rest.isNaN { spills[bin, default: WideSum()].add(rest) }
  }

  /// Adds the sum of bin `bin` of `other` to bin `target`.
  package mutating func merge(_ other: DoubleTotals, bin: UInt32, into target: UInt32) {
    let (high, low) = other.totals[Int(bin)].parts
    add(high, to: target)
    add(low, to: target)
    if let spill = other.spills[bin] { spills[target, default: WideSum()].add(spill) }
  }

  /// The whole sum of a bin.
  func wide(_ bin: UInt32) -> WideSum {
    var sum = spills[bin] ?? WideSum()
    totals[Int(bin)].add(to: &sum)
    return sum
  }

  /// The sum of a bin, rounded once.
  package func value(_ bin: Int) -> Double {
    spills[UInt32(bin)] == nil ? totals[bin].value : wide(UInt32(bin)).value
  }
}

extension DoubleTotals {
  /// Adds the square of a value that is too great or too small to square as a double.
  mutating func addSquare(of value: Double, to bin: UInt32) {
    spills[bin, default: WideSum()].add(squareOf: value)
  }
}
