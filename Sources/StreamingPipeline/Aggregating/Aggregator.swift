/// Computes an aggregation over batches, global and grouped in one pass, with or without
/// partitions.
package struct Aggregator {
  /// The fields of the batches that leave the aggregator: running totals are added.
  package let schema: Schema
  private var totals: [RunningTotalColumn] = []
  private var operands: OperandColumns
  private var state: AggregationState
  private var partitions: PartitionedAggregation?
  private var reportedRejections = 0

  /// - Throws: `PipelineError` for operands that do not exist, functions that do not work on an
  ///   operand's type, groupings without a key, and an estimate of more groups than is permitted.
  package init(
    _ aggregation: Aggregation, schema: Schema, maxGroups: Int, partitions: Int = 1
  ) throws(PipelineError) {
    var schema = schema
    for total in aggregation.runningTotals {
      let column = try RunningTotalColumn(total, input: schema)
      schema = column.schema
      totals.append(column)
    }
    self.schema = schema
    var operands = OperandColumns(schema)
    let plan = try AggregationPlan(aggregation, maxGroups: maxGroups, operands: &operands)
    self.operands = operands
    state = AggregationState(plan)
    if partitions > 1, !plan.isEmpty {
      self.partitions = PartitionedAggregation(plan, workers: partitions)
    }
  }

  /// Adds the records of a batch and returns them with their running totals.
  ///
  /// - Throws: what computing a column throws, and `PipelineError.overflow` for a running total.
  package mutating func add(_ batch: Batch) throws -> Batch {
    var batch = batch
    for index in totals.indices { batch = try totals[index].add(to: batch) }
    let evaluated = try operands.evaluate(batch)
    if let partitions {
      partitions.hand(evaluated)
      if partitions.isFull { unite(partitions) }
    } else {
      state.add(evaluated)
    }
    return batch
  }

  /// Continues without partitions, because from here on the order of the records matters.
  private mutating func unite(_ partitions: PartitionedAggregation) {
    state = partitions.merged()
    self.partitions = nil
  }

  /// A copy of the state so far, which may be read at any time from any task: what is added
  /// afterwards does not change it. Without partitions this takes as long for many groups as for
  /// few. With partitions, queued batches are aggregated first.
  package func snapshot() -> AggregationState { partitions?.merged() ?? state.copy() }

  /// The aggregates over all records added so far.
  ///
  /// - Throws: `PipelineError.overflow`.
  package func result() throws(PipelineError) -> AggregationResult {
    try (partitions?.merged() ?? state).result()
  }

  /// The number of records rejected since the last call because they would have opened one group
  /// more than is permitted, added up over all groupings. With partitions it may be less than in
  /// the result: only merging shows that two workers together have too many groups.
  package mutating func takeRejectedRecords() -> Int {
    let rejected = state.rejectedRecords
    defer { reportedRejections = rejected }
    return rejected - reportedRejections
  }

  /// An estimate of the bytes that groups hold. Computing it visits every group that keeps values.
  package var heldBytes: Int { partitions?.heldBytes ?? state.heldBytes }
}
