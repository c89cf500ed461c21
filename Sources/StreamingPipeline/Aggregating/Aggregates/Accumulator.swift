/// One column's values on their way into an accumulator.
struct ColumnLanes {
  let column: Column
  let lanes: Lanes
  /// The position in the stream of the column's first row.
  let position: Int
  /// The lanes whose value is null, ascending. Only accumulators that read nulls get them; others
  /// look them up.
  var nulls = UnsafeBufferPointer<UInt32>(start: nil, count: 0)
}

/// The running state of one primitive (a sum, an extremum, a count of nulls) for every bin.
///
/// Bin 0 takes the records that belong to no group and those whose value is null, so that the loops
/// need no test; its state is never read. The virtual call is made once for each batch; the loops
/// are in the subclasses, each over one concrete type. An aggregate that needs several primitives
/// reads several accumulators: the average of a field shares the sum that is asked for beside it.
///
/// Nothing depends on the order in which records are added or states are merged: a first value is
/// the one at the lowest position.
class Accumulator {
  let spec: AccumulatorSpec

  init(_ spec: AccumulatorSpec) { self.spec = spec }

  /// Whether the accumulator also needs the bins of nulls.
  var readsNulls: Bool { false }

  /// An estimate of the bytes it holds.
  var heldBytes: Int { 0 }

  /// Makes room for this many bins.
  func grow(to bins: Int) {}

  /// Adds the value of every lane to the lane's bin.
  func add(_ input: ColumnLanes, bins: UnsafePointer<UInt32>) {}

  /// Adds every lane to bin 1, where that can be done faster than by `bins`, which say the same.
  func addAll(_ input: ColumnLanes, bins: UnsafePointer<UInt32>) { add(input, bins: bins) }

  /// An independent copy. The two share buffers until one of them changes.
  func copy() -> Accumulator { spec.make() }

  /// Adds the state of bin `i` of another accumulator of the same spec to bin `bins[i]`, from bin 1
  /// on. States that belong nowhere go to bin 0.
  func merge(_ other: Accumulator, bins: [UInt32]) {}

  /// The aggregate of a bin of which `present` values are not null.
  ///
  /// - Throws: `PipelineError.overflow`.
  func value(_ reading: Reading, bin: Int, present: Int) throws(PipelineError) -> Value { .null }
}

/// The value to read from an accumulator.
enum Reading: Hashable, Sendable {
  case sum
  case average
  case minimum
  case maximum
  case variance
  case standardDeviation
  case edge
  case distinctCount
  case percentile(PercentileShare)
}

/// An accumulator whose bins are values of one type.
class BinnedAccumulator<State>: Accumulator {
  fileprivate(set) final var states: [State] = []
  private final let empty: State

  init(_ spec: AccumulatorSpec, empty: State) {
    self.empty = empty
    super.init(spec)
  }

  override var heldBytes: Int { states.count * MemoryLayout<State>.stride }

  override func grow(to bins: Int) {
    guard bins > states.count else { return }
    // This is an array and not `repeatElement` because the method is not specialised for the
    // subclasses, and the elements of an array are then still copied in one go.
    states += [State](repeating: empty, count: bins - states.count)
  }

  override func copy() -> Accumulator {
    let twin = unsafeDowncast(spec.make(), to: BinnedAccumulator<State>.self)
    twin.states = states
    return twin
  }

  override func merge(_ other: Accumulator, bins: [UInt32]) { mergeStates(other, bins) }

  /// Does what `merge` does. A subclass that is merged often calls this from an override of its
  /// own, where it is compiled for the subclass's type of state.
  @inline(__always)
  final func mergeStates(_ other: Accumulator, _ bins: [UInt32]) {
    let theirs = unsafeDowncast(other, to: BinnedAccumulator<State>.self).states
    withStates { states in
      for bin in bins.indices.dropFirst() where bins[bin] != 0 {
        combine(&states[Int(bins[bin])], theirs[bin])
      }
    }
  }

  /// Adds another state to a state.
  func combine(_ state: inout State, _ other: State) {}

  /// Calls `body` with the states of all bins, which it may change.
  @inline(__always)
  final func withStates(_ body: (UnsafeMutablePointer<State>) -> Void) {
    states.withUnsafeMutableBufferPointer { states in
      if let base = states.baseAddress { body(base) }
    }
  }
}

extension ColumnLanes {
  /// Calls `body` with every lane of a column that is stored as whole numbers or truth values.
  /// Lanes whose row is null come with a placeholder.
  @inline(__always)
  func forEachInteger(_ body: (_ lane: Int, _ row: Int, _ value: Int64) -> Void) {
    switch column.storage {
    case .int64(let values):
      withWindow(values, column) { values in
        lanes.forEach { lane, row in body(lane, row, values[row]) }
      }
    case .int32(let values):
      withWindow(values, column) { values in
        lanes.forEach { lane, row in body(lane, row, Int64(values[row])) }
      }
    case .bool(let values):
      withWindow(values, column) { values in
        lanes.forEach { lane, row in body(lane, row, values[row] ? 1 : 0) }
      }
    case .double, .dictionary, .strings: break
    }
  }

  /// Calls `body` with every lane of a column of doubles. Lanes whose row is null come with a
  /// placeholder.
  @inline(__always)
  func forEachDouble(_ body: (_ lane: Int, _ row: Int, _ value: Double) -> Void) {
    guard case .double(let values) = column.storage else { return }
    withWindow(values, column) { values in
      lanes.forEach { lane, row in body(lane, row, values[row]) }
    }
  }
}
