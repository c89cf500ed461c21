/// Computes an aggregation over batches, global and grouped in one pass, here or in partitions.
package struct Aggregator {
  /// The fields of what comes out: running totals are added.
  package let schema: Schema
  private var totals: [RunningTotalColumn] = []
  private var operands: OperandColumns
  private var state: AggregationState
  private var partitions: PartitionedAggregation?
  private var reportedRejections = 0

  /// - Throws: `PipelineError` for operands that do not exist, functions that do not work on an
  ///   operand's type, groupings without a key, and more groups than are permitted to be expected.
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

  /// Takes the records of a batch in and returns them, with their running totals.
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

  /// Goes on alone, where the order of the records begins to matter.
  private mutating func unite(_ partitions: PartitionedAggregation) {
    state = partitions.merged()
    self.partitions = nil
  }

  /// The figures over everything taken in so far, to be read whenever and wherever: what is added
  /// afterwards does not change them. Without partitions this takes no longer for many groups than
  /// for few; with them what is queued is worked off first.
  package func snapshot() -> AggregationState { partitions?.merged() ?? state.copy() }

  /// The figures over everything taken in so far.
  ///
  /// - Throws: `PipelineError.overflow`.
  package func result() throws(PipelineError) -> AggregationResult {
    try (partitions?.merged() ?? state).result()
  }

  /// How many records were rejected since this was last asked, because they would have opened one
  /// group more than is permitted; counted for each grouping. With partitions it may count less
  /// than the result: where two workers together have too many groups shows when they are merged.
  package mutating func takeRejectedRecords() -> Int {
    let rejected = state.rejectedRecords
    defer { reportedRejections = rejected }
    return rejected - reportedRejections
  }

  /// An estimate of the bytes that groups hold. It looks at every group that keeps values.
  package var heldBytes: Int { partitions?.heldBytes ?? state.heldBytes }
}
