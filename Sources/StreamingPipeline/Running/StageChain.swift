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
      definition.aggregation, schema: transformer.schema, maxGroups: options.maxGroups)
  }

  /// The fields of what comes out.
  var schema: Schema { transformer.schema }

  /// What the transformer did so far.
  var counts: TransformCounts { transformer.counts }

  /// How many records were rejected, since this was last asked, for want of a group.
  mutating func takeRejectedRecords() -> Int { aggregator.takeRejectedRecords() }

  /// Takes a batch through the stages.
  mutating func process(_ batch: Batch) throws -> Batch {
    let transformed = try transformer.apply(batch)
    if transformed.count > 0 { aggregator.add(transformed) }
    if batches % Self.batchesBetweenWeighings == 0 { groupBytes = aggregator.heldBytes }
    batches += 1
    return transformed
  }

  /// The figures so far.
  func aggregation() throws(PipelineError) -> AggregationResult { try aggregator.result() }
}
