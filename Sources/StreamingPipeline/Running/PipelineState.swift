/// AggregateStates about a run so far.
public struct PipelineProgress: Sendable {
  /// What the transformer did: records in, filtered and failed.
  public internal(set) var transformed = TransformCounts()
  /// Records handed to the consumer.
  public internal(set) var delivered = 0
  /// How many records the source has, where that is known.
  public let total: Int?
  /// Time from the first demand to the end, or until now; nil before the first demand.
  public internal(set) var duration: Duration?

  /// How much of the source has been read, 0 to 100; nil where its size is not known.
  public var percent: Double? {
    total.map { $0 == 0 ? 100 : Double(transformed.read) / Double($0) * 100 }
  }
}

/// What is known about a run at one moment.
public struct PipelineState: Sendable {
  /// Different for every run of this process.
  public let id: UInt64
  /// Where it is in its life.
  public let status: PipelineStatus
  /// When the first record was asked for, in microseconds since 1970-01-01T00:00:00Z; nil before.
  public let startMicroseconds: Int64?
  /// How far it has come.
  public let progress: PipelineProgress
  /// Records the consumer's side has asked for and not received.
  public let demand: Int
  /// Records that were read and not delivered.
  public let buffered: Int
  /// Bytes that buffers and groups hold.
  public let bytes: Int
  /// The most records the next read asks for: smaller than `chunkSize` while memory is short.
  public let chunkSize: Int
}

/// The figures of a run while it goes on.
public struct AggregationSnapshot: Sendable {
  /// The figures over the records taken in so far, all of them whole batches.
  public let aggregates: AggregationResult
  /// How much of the source they cover, 0 to 100; nil where its size is not known.
  public let percent: Double?
  /// Whether they are final: the run has ended, and nothing will change them.
  public let isStable: Bool

  /// How many records they are over.
  public var records: Int { aggregates.records }
}
