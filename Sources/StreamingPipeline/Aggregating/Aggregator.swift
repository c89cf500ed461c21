/// Computes an aggregation over batches, global and grouped in one pass.
struct Aggregator {
  private struct Grouped {
    var table: GroupTable
    let plan: AggregatePlan
    var records: [Int] = [0]
  }

  private let global: AggregatePlan
  private var groupings: [Grouped] = []
  private var records = 0
  private var reportedRejections = 0

  /// - Throws: `PipelineError` for fields that do not exist, functions that do not work on a
  ///   field's type and groupings without a key.
  init(_ aggregation: Aggregation, schema: Schema, maxGroups: Int) throws(PipelineError) {
    global = try AggregatePlan(aggregation.global, schema: schema)
    for accumulator in global.accumulators { accumulator.grow(to: 2) }
    for grouping in aggregation.groupings {
      guard !grouping.keys.isEmpty else {
        throw .invalidOption(name: "grouping keys", value: "none", permitted: "at least one field")
      }
      var keys: [(column: Int, type: FieldType)] = []
      for key in grouping.keys {
        let column = try schema.requirePosition(of: key, usedBy: "grouping")
        keys.append((column, schema.fields[column].type))
      }
      let plan = try AggregatePlan(grouping.aggregates, schema: schema)
      for accumulator in plan.accumulators { accumulator.grow(to: 1) }
      groupings.append(Grouped(table: GroupTable(keys: keys, maxGroups: maxGroups), plan: plan))
    }
  }

  /// Takes the records of a batch in.
  mutating func add(_ batch: Batch) {
    records += batch.count
    batch.withLanes { lanes in
      for accumulator in global.accumulators {
        accumulator.addAll(batch.columns[accumulator.column], lanes)
      }
      for index in groupings.indices {
        Self.add(batch, lanes, to: &groupings[index])
      }
    }
  }

  private static func add(_ batch: Batch, _ lanes: Lanes, to grouped: inout Grouped) {
    grouped.table.assign(batch, lanes)
    let bins = grouped.table.count + 1
    if bins > grouped.records.count {
      grouped.records.append(contentsOf: repeatElement(0, count: bins - grouped.records.count))
      for accumulator in grouped.plan.accumulators { accumulator.grow(to: bins) }
    }
    grouped.table.bins.withUnsafeBufferPointer { bins in
      guard let bins = bins.baseAddress else { return }
      grouped.records.withUnsafeMutableBufferPointer { records in
        for lane in 0..<lanes.count { records[Int(bins[lane])] &+= 1 }
      }
      for accumulator in grouped.plan.accumulators {
        accumulator.add(batch.columns[accumulator.column], lanes, bins: bins)
      }
    }
  }

  /// The figures over everything taken in so far.
  ///
  /// - Throws: `PipelineError.overflow`.
  func result() throws(PipelineError) -> AggregationResult {
    var results: [GroupedResult] = []
    for grouped in groupings {
      var groups: [GroupedResult.Group] = []
      for group in 0..<grouped.table.count {
        let values = try grouped.plan.values(bin: group + 1, records: grouped.records[group + 1])
        groups.append(GroupedResult.Group(key: grouped.table.key(of: group), values: values))
      }
      results.append(
        GroupedResult(groups: groups, rejectedRecords: grouped.table.rejectedRecords))
    }
    return AggregationResult(
      records: records, global: try global.values(bin: 1, records: records), groupings: results)
  }
}

// What a run watches while it goes on.
extension Aggregator {
  /// What a group is taken to hold: its keys, their numbers and the state of a few figures.
  private static let bytesPerGroup = 600

  /// An estimate of the bytes that groups hold.
  var heldBytes: Int {
    var count = 0
    for index in groupings.indices { count += groupings[index].table.count }
    return count * Self.bytesPerGroup
  }

  /// How many records were rejected since this was last asked, because they would have opened one
  /// group more than is permitted; counted for each grouping.
  mutating func takeRejectedRecords() -> Int {
    var rejected = 0
    for index in groupings.indices { rejected += groupings[index].table.rejectedRecords }
    defer { reportedRejections = rejected }
    return rejected - reportedRejections
  }
}
