/// Counts different values.
final class DistinctCount: BinnedAccumulator<DistinctSketch> {
  private var hashes: [UInt64] = []
  private var hashed: StringDictionary?

  init(_ spec: AccumulatorSpec) { super.init(spec, empty: DistinctSketch()) }

  override var heldBytes: Int {
    super.heldBytes + states.reduce(0) { $0 + $1.heldBytes }
  }

  override func add(_ input: ColumnLanes, bins: UnsafePointer<UInt32>) {
    if case .dictionary(_, let dictionary) = input.column.storage { hash(dictionary) }
    let hashes = hashes
    withStates { states in
      input.forEachHash(hashes) { lane, hash in
        if bins[lane] != 0 { states[Int(bins[lane])].insert(hash) }
      }
    }
  }

  private func hash(_ dictionary: StringDictionary) {
    guard hashed !== dictionary else { return }
    hashed = dictionary
    hashes = dictionary.hashes
  }

  override func combine(_ state: inout DistinctSketch, _ other: DistinctSketch) {
    state.merge(other)
  }

  override func value(
    _ reading: Reading, bin: Int, present: Int
  ) throws(PipelineError) -> Value { .int64(Int64(states[bin].count)) }
}

/// Stores values for percentiles.
final class Ranked: BinnedAccumulator<RankedValues> {
  init(_ spec: AccumulatorSpec) { super.init(spec, empty: RankedValues()) }

  override var heldBytes: Int {
    super.heldBytes + states.reduce(0) { $0 + $1.heldBytes }
  }

  override func add(_ input: ColumnLanes, bins: UnsafePointer<UInt32>) {
    withStates { states in
      if spec.type == .double {
        input.forEachDouble { lane, _, value in
          if bins[lane] != 0, !value.isNaN {
            states[Int(bins[lane])].add(value.orderedBits) { Double(orderedBits: $0) }
          }
        }
      } else {
        input.forEachInteger { lane, _, value in
          if bins[lane] != 0 { states[Int(bins[lane])].add(value) { Double($0) } }
        }
      }
    }
  }

  override func combine(_ state: inout RankedValues, _ other: RankedValues) {
    if spec.type == .double {
      state.merge(other) { Double(orderedBits: $0) }
    } else {
      state.merge(other) { Double($0) }
    }
  }

  override func value(
    _ reading: Reading, bin: Int, present: Int
  ) throws(PipelineError) -> Value {
    guard present > 0, case .percentile(let share) = reading else { return .null }
    guard let neighbours = states[bin].neighbours(share) else { return .double(.nan) }
    switch neighbours {
    case .counted(let lower, let upper, let millionths):
      let found = interpolated(lower, upper, millionths)
      guard case .decimal(let scale) = spec.type else { return .double(found) }
      let mantissa = Int128((found * 10_000).rounded())
      return .decimal(FixedDecimal(mantissa: mantissa, scale: scale + 4))
    case .kept(let lower, let upper, let millionths):
      return value(lower, upper, millionths)
    }
  }

  private func value(_ lower: Int64, _ upper: Int64, _ millionths: Int) -> Value {
    switch spec.type {
    case .double:
      return .double(
        interpolated(Double(orderedBits: lower), Double(orderedBits: upper), millionths))
    case .decimal(let scale):
      let part = (Int128(upper) - Int128(lower)) * Int128(millionths)
      let mantissa = Int128(lower) * 10_000 + divideHalfToEven(part, by: 100)
      return .decimal(FixedDecimal(mantissa: mantissa, scale: scale + 4))
    default:
      let scaled =
        Int128(lower) * 1_000_000 + (Int128(upper) - Int128(lower)) * Int128(millionths)
      return .double(Double(scaled) / 1_000_000)
    }
  }

  /// Interpolates between two numbers. Equal numbers are returned as they are, so that infinities
  /// survive.
  private func interpolated(_ lower: Double, _ upper: Double, _ millionths: Int) -> Double {
    if lower == upper || millionths == 0 { return lower }
    let share = Double(millionths) / 1_000_000
    return lower * (1 - share) + upper * share
  }
}

extension StringDictionary {
  /// The hash of every entry.
  var hashes: [UInt64] {
    values.map { value in
      var value = value
      return value.withUTF8 { textHash($0) }
    }
  }
}

extension ColumnLanes {
  /// Calls `body` with a hash of every lane whose row is not null. Equal values have equal hashes
  /// however they are stored. `entries` are the hashes of the column's dictionary.
  @inline(__always)
  func forEachHash(_ entries: [UInt64], _ body: (_ lane: Int, _ hash: UInt64) -> Void) {
    switch column.storage {
    case .dictionary(let codes, _):
      withWindow(codes, column) { codes in
        lanes.forEach(
          column, valid: { lane, row in body(lane, entries[Int(codes[row])]) }, null: { _ in })
      }
    case .strings: forEachText { lane, _, text in body(lane, textHash(text)) }
    case .double(let values):
      withWindow(values, column) { values in
        lanes.forEach(
          column, valid: { lane, row in body(lane, mixed(keyBits(values[row]))) }, null: { _ in })
      }
    case .int64, .int32, .bool:
      guard column.validity != nil else {
        return forEachInteger { lane, _, value in body(lane, mixed(UInt64(bitPattern: value))) }
      }
      forEachInteger { lane, row, value in
        if !column.isNull(row) { body(lane, mixed(UInt64(bitPattern: value))) }
      }
    }
  }
}

/// The key of a double: every NaN has the same key, and both zeros have the same key.
@inline(__always)
func keyBits(_ value: Double) -> UInt64 {
  if value.isNaN { return Double.nan.bitPattern }
  return value == 0 ? 0 : value.bitPattern
}
