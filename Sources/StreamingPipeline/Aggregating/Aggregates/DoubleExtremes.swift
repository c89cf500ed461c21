/// The least and the greatest double. Both begin as NaN, which any number replaces.
final class DoubleExtremes: BinnedAccumulator<DoubleExtremes.State> {
  struct State {
    var least = Double.nan
    var greatest = Double.nan

    @inline(__always)
    mutating func add(_ value: Double) {
      least = value < least || least.isNaN ? value : least
      greatest = value > greatest || greatest.isNaN ? value : greatest
    }
  }

  init(_ spec: AccumulatorSpec) { super.init(spec, empty: State()) }

  override func add(_ input: ColumnLanes, bins: UnsafePointer<UInt32>) {
    withStates { states in
      input.forEachDouble { lane, _, value in states[Int(bins[lane])].add(value) }
    }
  }

  override func combine(_ state: inout State, _ other: State) {
    if !other.least.isNaN { state.add(other.least) }
    if !other.greatest.isNaN { state.add(other.greatest) }
  }

  override func value(
    _ reading: Reading, bin: Int, present: Int
  ) throws(PipelineError) -> Value {
    guard present > 0 else { return .null }
    let found = reading == .minimum ? states[bin].least : states[bin].greatest
    // The result must not depend on which of the zeros or of the NaNs came first.
    return .double(found.isNaN ? .nan : found == 0 ? 0 : found)
  }
}

/// The least or the greatest text, by its bytes.
final class TextExtremum: BinnedAccumulator<[UInt8]?> {
  private let isMinimum: Bool

  init(_ spec: AccumulatorSpec, isMinimum: Bool) {
    self.isMinimum = isMinimum
    super.init(spec, empty: nil)
  }

  override func add(_ input: ColumnLanes, bins: UnsafePointer<UInt32>) {
    let isMinimum = isMinimum
    withStates { states in
      input.forEachText { lane, _, text in
        guard bins[lane] != 0 else { return }
        let bin = Int(bins[lane])
        if Self.wins(text, over: states[bin], isMinimum) { states[bin] = Array(text) }
      }
    }
  }

  override func combine(_ state: inout [UInt8]?, _ other: [UInt8]?) {
    guard let other else { return }
    other.withUnsafeBufferPointer { text in
      if Self.wins(text, over: state, isMinimum) { state = other }
    }
  }

  private static func wins(
    _ text: UnsafeBufferPointer<UInt8>, over best: [UInt8]?, _ isMinimum: Bool
  ) -> Bool {
    guard let best else { return true }
    return isMinimum
      ? text.lexicographicallyPrecedes(best) : best.lexicographicallyPrecedes(text)
  }

  override func value(
    _ reading: Reading, bin: Int, present: Int
  ) throws(PipelineError) -> Value {
    states[bin].map { .string(String(decoding: $0, as: UTF8.self)) } ?? .null
  }
}

extension ColumnLanes {
  /// Calls `body` with every lane of a column of text whose row is not null.
  @inline(__always)
  func forEachText(
    _ body: (_ lane: Int, _ row: Int, _ text: UnsafeBufferPointer<UInt8>) -> Void
  ) {
    switch column.storage {
    case .dictionary(let codes, let dictionary):
      lanes.forEach(
        column,
        valid: { lane, row in
          var text = dictionary.values[Int(codes[column.offset + row])]
          text.withUTF8 { body(lane, row, $0) }
        }, null: { _ in })
    case .strings(let strings):
      strings.bytes.withUnsafeBufferPointer { bytes in
        lanes.forEach(
          column,
          valid: { lane, row in body(lane, row, strings.text(column.offset + row, in: bytes)) },
          null: { _ in })
      }
    default: break
    }
  }
}

extension PackedStrings {
  /// Calls `body` with the bytes of a row, without copying them.
  @inline(__always)
  func text(
    _ row: Int, in bytes: UnsafeBufferPointer<UInt8>
  ) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: bytes[Int(offsets[row])..<Int(offsets[row + 1])])
  }
}
