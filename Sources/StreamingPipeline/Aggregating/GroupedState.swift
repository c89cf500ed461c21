/// The groups of one grouping and their aggregates.
struct GroupedState {
  private let plan: AggregationPlan.Grouped
  private(set) var table: GroupTable
  private(set) var aggregates: AggregateStates

  init(_ plan: AggregationPlan.Grouped, maxGroups: Int) {
    self.plan = plan
    table = GroupTable(keys: plan.keys, maxGroups: maxGroups)
    aggregates = AggregateStates(plan.aggregates)
    aggregates.grow(to: 1)
  }

  /// Finds the groups of a batch's records.
  mutating func assign(_ batch: Batch, _ lanes: Lanes) {
    table.assign(batch, lanes)
    aggregates.grow(to: table.count + 1)
  }

  /// Adds the records whose groups `assign` has just found.
  mutating func add(_ batch: Batch, _ lanes: Lanes) {
    table.withBins { aggregates.add(batch, lanes, bins: $0, plan.aggregates) }
  }

  /// An independent copy of this state. The two share buffers until one of them changes.
  func copy() -> GroupedState {
    var twin = self
    twin.aggregates = aggregates.copy()
    return twin
  }
}

extension GroupedState {
  /// Adds the groups of states by at least the same keys that have rejected no record: those of
  /// partitions, or that of a finer grouping. Groups are added in the order of their first records,
  /// so that the groups beyond the limit are those that would have been rejected record by record.
  mutating func merge(_ parts: [Self]) {
    var order: [(position: Int, part: Int, group: Int)] = []
    for (index, part) in parts.enumerated() {
      for (group, position) in part.table.firstPositions.enumerated() {
        order.append((position, index, group))
      }
    }
    order.sort { $0.position < $1.position }
    var bins = parts.map { [UInt32](repeating: 0, count: $0.table.count + 1) }
    let numbers = parts.map { table.numbers(of: $0.table) }
    for (position, part, group) in order {
      let bin = table.bin(of: group, numbers[part], position: position)
      bins[part][group + 1] = bin
      if bin == 0 { table.reject(parts[part].aggregates.segments[0].records[group + 1]) }
    }
    aggregates.grow(to: table.count + 1)
    for (part, bins) in zip(parts, bins) { aggregates.merge(part.aggregates, bins: bins) }
  }
}

extension GroupedState {
  /// The aggregates of every group.
  ///
  /// - Throws: `PipelineError.overflow`.
  func result() throws(PipelineError) -> GroupedResult {
    let (keys, aggregates) = windows ?? (table.keys, aggregates)
    let values = try plan.aggregates.values(aggregates, groups: keys.count)
    return GroupedResult(
      groups: zip(keys, values).map(GroupedResult.Group.init),
      rejectedRecords: table.rejectedRecords)
  }

  /// The groups of sliding windows, merged from the groups of their panes; nil where every pane is
  /// a window.
  private var windows: (keys: [[Value]], aggregates: AggregateStates)? {
    guard let window = plan.window, window.step < window.size else { return nil }
    var keys: [[Value]] = []
    var binOf: [[Value]: UInt32] = [:]
    // A pane is merged once for each of the windows that it may belong to.
    var rounds: [[UInt32]] = []
    for (group, key) in table.keys.enumerated() {
      var key = key
      for (round, start) in window.starts(holding: key[0]).enumerated() {
        key[0] = start
        if binOf[key] == nil {
          keys.append(key)
          binOf[key] = UInt32(keys.count)
        }
        if round == rounds.count { rounds.append([UInt32](repeating: 0, count: table.count + 1)) }
        rounds[round][group + 1] = binOf[key] ?? 0
      }
    }
    var merged = AggregateStates(plan.aggregates)
    merged.grow(to: keys.count + 1)
    for bins in rounds { merged.merge(aggregates, bins: bins) }
    return (keys, merged)
  }
}

extension Window {
  /// The starts of the windows that hold the pane that begins at `pane`; null belongs to the null
  /// window.
  fileprivate func starts(holding pane: Value) -> [Value] {
    switch pane {
    case .int64(let start): starts(holding: start).map { .int64($0) }
    case .timestamp(let start): starts(holding: start).map { .timestamp($0) }
    default: [.null]
    }
  }
}

extension GroupTable {
  /// Calls `body` with the bins of the last batch, without copying them.
  func withBins(_ body: (UnsafePointer<UInt32>) -> Void) {
    bins.withUnsafeBufferPointer { if let base = $0.baseAddress { body(base) } }
  }
}
