/// Counts nulls instead of values, so that a batch without nulls costs nothing.
final class NullCount: BinnedAccumulator<Int> {
  init(_ spec: AccumulatorSpec) { super.init(spec, empty: 0) }

  override var readsNulls: Bool { true }

  override func add(_ input: ColumnLanes, bins: UnsafePointer<UInt32>) {
    guard !input.nulls.isEmpty else { return }
    withStates { counts in
      for lane in input.nulls { counts[Int(bins[Int(lane)])] &+= 1 }
    }
  }

  override func combine(_ state: inout Int, _ other: Int) { state += other }

  override func merge(_ other: Accumulator, bins: [UInt32]) { mergeStates(other, bins) }
}

/// Sums whole numbers and decimal mantissas exactly: 2^64 of them fit into 128 bits.
final class IntegerSum: BinnedAccumulator<Int128> {
  init(_ spec: AccumulatorSpec) { super.init(spec, empty: 0) }

  override func add(_ input: ColumnLanes, bins: UnsafePointer<UInt32>) {
    withStates { sums in
      input.forEachInteger { lane, _, value in sums[Int(bins[lane])] &+= Int128(value) }
    }
  }

  override func addAll(_ input: ColumnLanes, bins: UnsafePointer<UInt32>) {
    var sum: Int128 = 0
    guard case .int64(let values) = input.column.storage else { return }
    withWindow(values, input.column) { values in
      // Placeholders of nulls are added and then subtracted again, which needs fewer tests than
      // rows.
      input.lanes.forEach { _, row in sum &+= Int128(values[row]) }
      for lane in input.nulls { sum &-= Int128(values[input.lanes.row(Int(lane))]) }
    }
    withStates { $0[1] &+= sum }
  }

  override func combine(_ state: inout Int128, _ other: Int128) { state &+= other }

  override func merge(_ other: Accumulator, bins: [UInt32]) { mergeStates(other, bins) }

  override func value(
    _ reading: Reading, bin: Int, present: Int
  ) throws(PipelineError) -> Value {
    try spec.value(reading, ofSum: states[bin], present)
  }
}

/// The sum, the least and the greatest of values that are stored as whole numbers, in one pass.
final class IntegerSummary: BinnedAccumulator<IntegerSummary.State> {
  struct State {
    var sum: Int128 = 0
    var least = Int64.max
    var greatest = Int64.min

    @inline(__always)
    mutating func add(_ value: Int64) {
      sum &+= Int128(value)
      least = min(least, value)
      greatest = max(greatest, value)
    }
  }

  init(_ spec: AccumulatorSpec) { super.init(spec, empty: State()) }

  override func add(_ input: ColumnLanes, bins: UnsafePointer<UInt32>) {
    withStates { states in
      input.forEachInteger { lane, _, value in states[Int(bins[lane])].add(value) }
    }
  }

  override func addAll(_ input: ColumnLanes, bins: UnsafePointer<UInt32>) {
    guard case .int64(let values) = input.column.storage else { return add(input, bins: bins) }
    var state = State()
    withWindow(values, input.column) { values in
      input.lanes.forEach(input.column, valid: { _, row in state.add(values[row]) }, null: { _ in })
    }
    withStates { combine(&$0[1], state) }
  }

  override func combine(_ state: inout State, _ other: State) {
    state.sum &+= other.sum
    state.least = min(state.least, other.least)
    state.greatest = max(state.greatest, other.greatest)
  }

  override func merge(_ other: Accumulator, bins: [UInt32]) { mergeStates(other, bins) }

  override func value(
    _ reading: Reading, bin: Int, present: Int
  ) throws(PipelineError) -> Value {
    guard present > 0 else { return .null }
    return switch reading {
    case .minimum: spec.type.value(stored: states[bin].least)
    case .maximum: spec.type.value(stored: states[bin].greatest)
    default: try spec.value(reading, ofSum: states[bin].sum, present)
    }
  }
}

/// Sums doubles exactly.
final class DoubleSum: Accumulator {
  private var sums = DoubleTotals()

  override var heldBytes: Int { sums.heldBytes }

  override func grow(to bins: Int) { sums.grow(to: bins) }

  override func add(_ input: ColumnLanes, bins: UnsafePointer<UInt32>) {
    sums.withTotals { totals, spill in
      input.forEachDouble { lane, _, value in
        let rest = totals[Int(bins[lane])].add(value)
        if rest != 0 { spill(bins[lane], rest) }
      }
    }
  }

  override func addAll(_ input: ColumnLanes, bins: UnsafePointer<UInt32>) {
    guard case .double(let values) = input.column.storage else { return }
    sums.withTotals { totals, spill in
      var total = totals[1]
      withWindow(values, input.column) { values in
        input.lanes.forEach(
          input.column,
          valid: { _, row in
            let rest = total.add(values[row])
            if rest != 0 { spill(1, rest) }
          }, null: { _ in })
      }
      totals[1] = total
    }
  }

  override func copy() -> Accumulator {
    let twin = DoubleSum(spec)
    twin.sums = sums
    return twin
  }

  override func merge(_ other: Accumulator, bins: [UInt32]) {
    let other = unsafeDowncast(other, to: DoubleSum.self)
    for bin in bins.indices.dropFirst() where bins[bin] != 0 {
      sums.merge(other.sums, bin: UInt32(bin), into: bins[bin])
    }
  }

  override func value(
    _ reading: Reading, bin: Int, present: Int
  ) throws(PipelineError) -> Value {
    guard present > 0 else { return .null }
    let sum = sums.value(bin)
    return .double(reading == .average ? sum / Double(present) : sum)
  }
}

extension AccumulatorSpec {
  /// The sum or the average of whole numbers or mantissas.
  ///
  /// - Throws: `PipelineError.overflow`.
  func value(
    _ reading: Reading, ofSum sum: Int128, _ present: Int
  ) throws(PipelineError) -> Value {
    guard present > 0 else { return .null }
    switch (reading, type) {
    case (.average, .decimal(let scale)):
      if let sum = Int64(exactly: sum),
        case let (dividend, overflow) = sum.multipliedReportingOverflow(by: 10_000), !overflow
      {
        let mantissa = divideHalfToEven(dividend, by: Int64(present))
        return .decimal(FixedDecimal(mantissa: Int128(mantissa), scale: scale + 4))
      }
      let (dividend, overflow) = sum.multipliedReportingOverflow(by: 10_000)
      if overflow { throw .overflow(aggregate: "\(aggregate)") }
      let mantissa = divideHalfToEven(dividend, by: Int128(present))
      return .decimal(FixedDecimal(mantissa: mantissa, scale: scale + 4))
    case (.average, _):
      // Converting 128 bits is a generic function, forty times as slow as converting 64.
      let sum = Int64(exactly: sum).map { Double($0) } ?? Double(sum)
      return .double(sum / Double(present))
    case (_, .decimal(let scale)): return .decimal(FixedDecimal(mantissa: sum, scale: scale))
    default:
      guard let sum = Int64(exactly: sum) else { throw .overflow(aggregate: "\(aggregate)") }
      return .int64(sum)
    }
  }
}

/// A quotient rounded to the nearest whole number, half to even; the divisor is positive.
@inlinable
package func divideHalfToEven<Number: FixedWidthInteger & SignedInteger>(
  _ dividend: Number, by divisor: Number
) -> Number {
  let (quotient, remainder) = dividend.quotientAndRemainder(dividingBy: divisor)
  let doubled = remainder.magnitude * 2
  let roundsUp =
    doubled > divisor.magnitude || (doubled == divisor.magnitude && quotient & 1 == 1)
  return quotient + (roundsUp ? (dividend < 0 ? -1 : 1) : 0)
}
