/// An event in a run.
public struct PipelineEvent: Sendable {
  /// What happened.
  public enum Kind: Sendable {
    /// The first record was asked for. The total is the number of records, where it is known.
    case started(total: Int?)
    /// The source was read once.
    case chunkFetched(records: Int, bytes: Int, duration: Duration)
    /// A batch went through transformer and aggregator. `buffered` records wait behind it.
    case batchTransformed(
      read: Int, delivered: Int, filtered: Int, failed: Int, duration: Duration, buffered: Int)
    /// The aggregates over all records were computed.
    case aggregationComputed(records: Int, groups: Int, duration: Duration)
    /// The buffer exceeded 80 % of its size.
    case bufferNearlyFull(records: Int, size: Int)
    /// Records needed new groups when there were already `maxGroups`. The number adds up all
    /// groupings, and the event comes at most once for each batch.
    case groupLimitReached(rejected: Int)
    /// More than 80 % of the memory limit is held. Reads are now of `chunk` records.
    case memoryWarning(bytes: Int, limit: Int, chunk: Int)
    /// The number of records read in this time, reported about once a second, and at the end over
    /// all.
    case throughput(records: Int, duration: Duration)
    /// The source failed. The read is tried again after `delay`, for the `retry`-th time.
    case sourceError(any Error, retry: Int, of: Int, delay: Duration)
    /// The run was paused.
    case paused(PipelineStatus.Pause)
    /// This cause of a pause has ended.
    case resumed(PipelineStatus.Pause)
    /// Every record was delivered.
    case completed
    /// The run was stopped or cancelled, or its consumer went away.
    case stopped
    /// The run ended with an error.
    case failed(any Error)
  }

  /// The id of the run.
  public let runID: UInt64
  /// The time since the first demand; zero for what happened before.
  public let time: Duration
  /// What happened.
  public let kind: Kind

  /// Makes an event as a run does, in order to test listeners.
  public init(runID: UInt64, time: Duration, kind: Kind) {
    self.runID = runID
    self.time = time
    self.kind = kind
  }
}
