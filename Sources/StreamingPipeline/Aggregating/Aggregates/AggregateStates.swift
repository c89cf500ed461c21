/// The accumulators of one plan and the number of records in each bin.
struct AggregateStates {
  /// One segment's state.
  struct Segment {
    let accumulators: [Accumulator]
    var records: [Int] = []

    init(_ accumulators: [Accumulator]) { self.accumulators = accumulators }

    mutating func grow(to bins: Int) {
      guard bins > records.count else { return }
      // At least doubling keeps it rare that a batch with new groups has to grow the array again.
      let room = max(bins, 2 * records.count)
      records += [Int](repeating: 0, count: room - records.count)
      for accumulator in accumulators { accumulator.grow(to: room) }
    }
  }

  private(set) var segments: [Segment]
  /// The bins, with 0 for lanes whose value is null, for the column that was read last.
  private var present: [UInt32] = []
  /// The lanes of that column whose value is null.
  private var nulls: [UInt32] = []
  /// An array of ones: bin 1 for every lane.
  private var ones: [UInt32] = []

  init(_ plan: AggregatePlan) {
    segments = plan.segments.map { Segment($0.specs.map { $0.make() }) }
  }

  /// Makes room for this many bins, bin 0 included.
  mutating func grow(to bins: Int) {
    for index in segments.indices { segments[index].grow(to: bins) }
  }

  /// Adds every record of a batch to bin 1.
  mutating func addAll(_ batch: Batch, _ lanes: Lanes, _ plan: AggregatePlan) {
    if ones.count < lanes.count { ones = [UInt32](repeating: 1, count: lanes.count) }
    let ones = ones
    ones.withUnsafeBufferPointer { ones in
      guard let bins = ones.baseAddress else { return }
      add(batch, lanes, bins: bins, plan, isOneBin: true)
    }
  }

  /// Adds every record of a batch to its bin.
  mutating func add(
    _ batch: Batch, _ lanes: Lanes, bins: UnsafePointer<UInt32>, _ plan: AggregatePlan,
    isOneBin: Bool = false
  ) {
    for index in segments.indices {
      guard let test = plan.segments[index].test else {
        add(batch, lanes, bins: bins, toSegment: index, isOneBin)
        continue
      }
      lanes.withNarrowed(by: test, batch, bins) { lanes, bins in
        add(batch, lanes, bins: bins, toSegment: index, isOneBin)
      }
    }
  }

  private mutating func add(
    _ batch: Batch, _ lanes: Lanes, bins: UnsafePointer<UInt32>, toSegment index: Int,
    _ isOneBin: Bool
  ) {
    guard lanes.count > 0 else { return }
    if isOneBin {
      segments[index].records[1] += lanes.count
    } else {
      segments[index].records.withUnsafeMutableBufferPointer { records in
        for lane in 0..<lanes.count { records[Int(bins[lane])] &+= 1 }
      }
    }
    let accumulators = segments[index].accumulators
    withScratch(lanes.count) { replaced, nulls in
      var index = -1
      var input: ColumnLanes?
      for accumulator in accumulators {
        if index != accumulator.spec.column {
          index = accumulator.spec.column
          let column = batch.columns[index]
          let found = lanes.findNulls(of: column, into: nulls)
          input = ColumnLanes(
            column: column, lanes: lanes, position: batch.position,
            nulls: UnsafeBufferPointer(start: nulls, count: found))
          if found > 0 { replaced.update(from: bins, count: lanes.count) }
          for index in 0..<found { replaced[Int(nulls[index])] = 0 }
        }
        guard let input else { continue }
        let isPatched = !input.nulls.isEmpty && !accumulator.readsNulls
        let own = isPatched ? UnsafePointer(replaced) : bins
        isOneBin ? accumulator.addAll(input, bins: own) : accumulator.add(input, bins: own)
      }
    }
  }

  /// Calls `body` with buffers for a bin and for a null of every lane, which are reused for later
  /// batches.
  private mutating func withScratch(
    _ lanes: Int,
    _ body: (UnsafeMutablePointer<UInt32>, UnsafeMutablePointer<UInt32>) -> Void
  ) {
    if present.count < lanes {
      present = [UInt32](repeating: 0, count: lanes)
      nulls = present
    }
    present.withUnsafeMutableBufferPointer { present in
      nulls.withUnsafeMutableBufferPointer { nulls in
        guard let present = present.baseAddress, let nulls = nulls.baseAddress else { return }
        body(present, nulls)
      }
    }
  }
}

// MARK: Copying and merging
extension AggregateStates {
  /// An independent copy. The two share buffers until one of them changes.
  func copy() -> AggregateStates {
    var twin = self
    twin.segments = segments.map { segment in
      var copy = Segment(segment.accumulators.map { $0.copy() })
      copy.records = segment.records
      return copy
    }
    return twin
  }

  /// Adds the state of bin `i` of another, for every bin in use, to bin `bins[i]`. States that map
  /// to bin 0 are dropped.
  mutating func merge(_ other: AggregateStates, bins: [UInt32]) {
    for index in segments.indices {
      let theirs = other.segments[index]
      for bin in bins.indices.dropFirst() {
        segments[index].records[Int(bins[bin])] += theirs.records[bin]
      }
      for (mine, their) in zip(segments[index].accumulators, theirs.accumulators) {
        mine.merge(their, bins: bins)
      }
    }
  }

  /// An estimate of the bytes that the accumulators hold.
  var heldBytes: Int {
    segments.reduce(0) { sum, segment in
      segment.accumulators.reduce(sum + segment.records.count * 8) { $0 + $1.heldBytes }
    }
  }
}

extension Lanes {
  /// Calls `body` with the lanes for which a condition holds, and their bins.
  fileprivate func withNarrowed(
    by test: PreparedCondition, _ batch: Batch, _ bins: UnsafePointer<UInt32>,
    _ body: (Lanes, UnsafePointer<UInt32>) -> Void
  ) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: count + 1) { mask in
      withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 2 * count + 1) { buffer in
        guard let mask = mask.baseAddress, let rows = buffer.baseAddress else { return }
        test.evaluate(batch, self, into: mask)
        let kept = rows + count
        var found = 0
        forEach { lane, row in
          rows[found] = UInt32(truncatingIfNeeded: row)
          kept[found] = bins[lane]
          found &+= Int(mask[lane] >> 1)
        }
        body(Lanes(count: found, selection: UnsafePointer(rows)), UnsafePointer(kept))
      }
    }
  }
}
