/// The stages after the producer, in the consumer's task: transformer, then aggregator.
struct StageChain {
  /// Estimating the bytes of groups may visit each of them, so it is not done after every batch.
  private static let batchesBetweenWeighings = 16

  private var transformer: Transformer
  private var aggregator: Aggregator
  private var batches = 0
  /// The estimated bytes of the groups when they were last visited.
  private(set) var groupBytes = 0

  /// Checks options and definition. The source is not opened.
  init(_ definition: PipelineDefinition, options: PipelineOptions) throws(PipelineError) {
    try options.validate()
    transformer = try Transformer(
      definition.transforms, input: definition.source.schema, maxFailures: options.maxFailures)
    aggregator = try Aggregator(
      definition.aggregation, schema: transformer.schema, maxGroups: options.maxGroups,
      partitions: options.partitions)
  }

  /// The fields of the batches that leave the chain.
  var schema: Schema { aggregator.schema }

  /// The counts of the transformer so far.
  var counts: TransformCounts { transformer.counts }

  /// The number of records rejected since the last call for lack of a group.
  mutating func takeRejectedRecords() -> Int { aggregator.takeRejectedRecords() }

  /// Passes a batch through the stages.
  mutating func process(_ batch: Batch) throws -> Batch {
    let transformed = try transformer.apply(batch)
    defer {
      if batches.isMultiple(of: Self.batchesBetweenWeighings) { groupBytes = aggregator.heldBytes }
      batches += 1
    }
    return transformed.count > 0 ? try aggregator.add(transformed) : transformed
  }

  /// A copy of the aggregation's state, from which results can be computed elsewhere.
  func snapshot() -> AggregationState { aggregator.snapshot() }

  /// The aggregates over all records.
  func aggregation() throws(PipelineError) -> AggregationResult { try aggregator.result() }
}
