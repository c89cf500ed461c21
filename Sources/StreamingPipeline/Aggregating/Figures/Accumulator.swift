/// One column's values on their way into an accumulator.
struct ColumnLanes {
  let column: Column
  let lanes: Lanes
  /// Where the first row of the column stands in the stream.
  let position: Int
  /// The lanes whose value is null, ascending; accumulators are told, others look them up.
  var nulls = UnsafeBufferPointer<UInt32>(start: nil, count: 0)
}

/// The running state of one primitive (a sum, an extremum, a count of nulls) for every bin.
///
/// Bin 0 takes the records that belong to no group and those whose value is null, so that the
/// loops need not ask; what it holds is never read. The virtual call is made once a batch; the
/// loops are in the subclasses, each over one concrete type. What a figure needs of several is
/// read from several: an average of a field shares the sum that is asked for beside it.
///
/// Nothing depends on the order in which records are added or states merged: a first value is the
/// one at the least position.
class Accumulator {
  let spec: AccumulatorSpec

  init(_ spec: AccumulatorSpec) { self.spec = spec }

  /// Whether it wants to see the bins of nulls, too.
  var readsNulls: Bool { false }

  /// An estimate of what it holds.
  var heldBytes: Int { 0 }

  /// Makes room for this many bins.
  func grow(to bins: Int) {}

  /// Adds every lane to its own bin.
  func add(_ input: ColumnLanes, bins: UnsafePointer<UInt32>) {}

  /// Adds every lane to bin 1, where that can be done faster; `bins` says the same.
  func addAll(_ input: ColumnLanes, bins: UnsafePointer<UInt32>) { add(input, bins: bins) }

  /// The same state once more; buffers are shared until one of the two changes.
  func copy() -> Accumulator { spec.make() }

  /// Adds what another accumulator of the same spec has in its bin `i` to bin `bins[i]`, from
  /// bin 1 on; bin 0 is where what belongs nowhere goes.
  func merge(_ other: Accumulator, bins: [UInt32]) {}

  /// The figure of a bin of which `present` values are not null.
  ///
  /// - Throws: `PipelineError.overflow`.
  func value(_ reading: Reading, bin: Int, present: Int) throws(PipelineError) -> Value { .null }
}

/// What is read from an accumulator.
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
    // An array and not `repeatElement`: this is not specialised for the subclasses, and an array's
    // elements are then still copied in one go.
    states += [State](repeating: empty, count: bins - states.count)
  }

  override func copy() -> Accumulator {
    let twin = unsafeDowncast(spec.make(), to: BinnedAccumulator<State>.self)
    twin.states = states
    return twin
  }

  override func merge(_ other: Accumulator, bins: [UInt32]) { mergeStates(other, bins) }

  /// What `merge` does. A subclass that is merged often calls this from an override of its own:
  /// there it is compiled for its type of state.
  @inline(__always)
  final func mergeStates(_ other: Accumulator, _ bins: [UInt32]) {
    let theirs = unsafeDowncast(other, to: BinnedAccumulator<State>.self).states
    withStates { states in
      for bin in bins.indices.dropFirst() where bins[bin] != 0 {
        combine(&states[Int(bins[bin])], theirs[bin])
      }
    }
  }

  /// Adds another state to one.
  func combine(_ state: inout State, _ other: State) {}

  /// Calls `body` with the states of all bins, to be changed in place.
  @inline(__always)
  final func withStates(_ body: (UnsafeMutablePointer<State>) -> Void) {
    states.withUnsafeMutableBufferPointer { states in
      if let base = states.baseAddress { body(base) }
    }
  }
}

extension ColumnLanes {
  /// Calls `body` with every lane of a column that is stored as whole numbers or truth values,
  /// nulls included: they hold a placeholder.
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

  /// Calls `body` with every lane of a column of doubles, nulls included.
  @inline(__always)
  func forEachDouble(_ body: (_ lane: Int, _ row: Int, _ value: Double) -> Void) {
    guard case .double(let values) = column.storage else { return }
    withWindow(values, column) { values in
      lanes.forEach { lane, row in body(lane, row, values[row]) }
    }
  }
}
