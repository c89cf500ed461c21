/// The stages after the producer, in the consumer's task: transformer, then aggregator.
struct StageChain {
  /// Weighing the groups may mean to look at each of them, so it is not done after every batch.
  private static let batchesBetweenWeighings = 16

  private var transformer: Transformer
  private var aggregator: Aggregator
  private var batches = 0
  /// About how many bytes the groups held when they were last weighed.
  private(set) var groupBytes = 0

  /// Checks options and definition; the source is not touched.
  init(_ definition: PipelineDefinition, options: PipelineOptions) throws(PipelineError) {
    try options.validate()
    transformer = try Transformer(
      definition.transforms, input: definition.source.schema, maxFailures: options.maxFailures)
    aggregator = try Aggregator(
      definition.aggregation, schema: transformer.schema, maxGroups: options.maxGroups,
      partitions: options.partitions)
  }

  /// The fields of what comes out.
  var schema: Schema { aggregator.schema }

  /// What the transformer did so far.
  var counts: TransformCounts { transformer.counts }

  /// How many records were rejected, since this was last asked, for want of a group.
  mutating func takeRejectedRecords() -> Int { aggregator.takeRejectedRecords() }

  /// Takes a batch through the stages.
  mutating func process(_ batch: Batch) throws -> Batch {
    let transformed = try transformer.apply(batch)
    defer {
      if batches.isMultiple(of: Self.batchesBetweenWeighings) { groupBytes = aggregator.heldBytes }
      batches += 1
    }
    return transformed.count > 0 ? try aggregator.add(transformed) : transformed
  }

  /// What was aggregated so far, apart from what goes on; its figures may be made elsewhere.
  func snapshot() -> AggregationState { aggregator.snapshot() }

  /// The figures over everything.
  func aggregation() throws(PipelineError) -> AggregationResult { try aggregator.result() }
}
