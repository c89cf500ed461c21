/// The progress of a run.
public struct PipelineProgress: Sendable {
  /// The records that the transformer read, filtered out and failed on.
  public internal(set) var transformed = TransformCounts()
  /// The number of records handed to the consumer.
  public internal(set) var delivered = 0
  /// The number of records that the source has, where it is known.
  public let total: Int?
  /// The time from the first demand to the end, or until now; nil before the first demand.
  public internal(set) var duration: Duration?

  /// The percentage of the source that has been read, 0 to 100; nil where its size is not known.
  public var percent: Double? {
    total.map { $0 == 0 ? 100 : Double(transformed.read) / Double($0) * 100 }
  }
}

/// The state of a run at one moment.
public struct PipelineState: Sendable {
  /// The id of the run, different for every run of this process.
  public let id: UInt64
  /// The status of the run.
  public let status: PipelineStatus
  /// The time of the first demand, in microseconds since 1970-01-01T00:00:00Z; nil before it.
  public let startMicroseconds: Int64?
  /// The progress of the run.
  public let progress: PipelineProgress
  /// The number of records that the consumer's side has asked for and not received.
  public let demand: Int
  /// The number of records that were read and not delivered.
  public let buffered: Int
  /// The bytes that buffers and groups hold.
  public let bytes: Int
  /// The most records that the next read asks for: fewer than `chunkSize` while memory is short.
  public let chunkSize: Int
}

/// The aggregates of a run while it goes on.
public struct AggregationSnapshot: Sendable {
  /// The aggregates over the records read so far, all of them in whole batches.
  public let aggregates: AggregationResult
  /// The percentage of the source that they cover, 0 to 100; nil where its size is not known.
  public let percent: Double?
  /// Whether they are final: the run has ended, and nothing will change them.
  public let isStable: Bool

  /// The number of records that they cover.
  public var records: Int { aggregates.records }
}

/// A record for which a row-wise closure threw. It is dropped and counted; the first ten are kept.
public struct FailedRecord: Sendable {
  /// The position of the record in the source, counted from 0.
  public let position: Int
  /// The value of the schema's key field, if there is one.
  public let key: Value?
  /// The error that was thrown.
  public let error: any Error
}

/// The counts of what a transformer has done so far.
public struct TransformCounts: Sendable {
  /// The number of failures that are kept with their errors.
  public static let retainedFailures = 10

  /// The number of records that entered the transformer.
  public internal(set) var read = 0
  /// The number of records that a filter dropped.
  public internal(set) var filtered = 0
  /// The number of records that were dropped because a closure threw.
  public internal(set) var failed = 0
  /// The first ten failures.
  public internal(set) var failures: [FailedRecord] = []
}
