/// The stages after the producer, in the consumer's task: transformer, then aggregator.
///
/// In pull execution it owns the producer too: demand goes down by a call and a batch comes up as
/// its result, so there is backpressure without a buffer.
struct StageChain {
  private let source: any Source
  private let options: PipelineOptions
  private var producer: Producer?
  private var transformer: Transformer
  private var aggregator: Aggregator

  /// Checks options and definition; the source is not touched.
  init(_ definition: PipelineDefinition, options: PipelineOptions) throws(PipelineError) {
    try options.validate()
    source = definition.source
    self.options = options
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

  /// Reads up to `demand` records and takes them through the stages; nil at the end.
  mutating func pull(atMost demand: Int) throws -> (batch: Batch, taken: Int)? {
    if producer == nil { producer = try Producer(source, options: options) }
    guard let batch = try producer?.next(atMost: demand) else { return nil }
    return (try process(batch), batch.rowCount)
  }

  /// Takes a batch through the stages.
  mutating func process(_ batch: Batch) throws -> Batch {
    let transformed = try transformer.apply(batch)
    return transformed.count > 0 ? try aggregator.add(transformed) : transformed
  }

  /// Lets go of the source.
  mutating func close() { producer = nil }

  /// The figures so far.
  func aggregation() throws(PipelineError) -> AggregationResult { try aggregator.result() }
}
