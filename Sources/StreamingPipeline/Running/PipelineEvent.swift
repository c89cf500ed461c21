/// Something that happened in a run.
public struct PipelineEvent: Sendable {
  /// What happened.
  public enum Kind: Sendable {
    /// The first record was asked for; how many there are, where that is known.
    case started(total: Int?)
    /// One read of the source.
    case chunkFetched(records: Int, bytes: Int, duration: Duration)
    /// One batch went through transformer and aggregator. `buffered` records wait behind it.
    case batchTransformed(
      read: Int, delivered: Int, filtered: Int, failed: Int, duration: Duration, buffered: Int)
    /// The figures over all records were made.
    case aggregationComputed(records: Int, groups: Int, duration: Duration)
    /// The buffer went over 80 % of its size.
    case bufferNearlyFull(records: Int, size: Int)
    /// Records needed new groups and `maxGroups` were there; counted for each grouping, and told
    /// once a batch.
    case groupLimitReached(rejected: Int)
    /// Over 80 % of the memory limit is held; reads are now of `chunk` records.
    case memoryWarning(bytes: Int, limit: Int, chunk: Int)
    /// How fast it goes: records read in this time. About once a second, and at the end over all.
    case throughput(records: Int, duration: Duration)
    /// The source failed; the read is tried again after `delay`, for the `retry`-th time.
    case sourceError(any Error, retry: Int, of: Int, delay: Duration)
    /// The run is held.
    case paused(PipelineStatus.Pause)
    /// What held it does so no longer.
    case resumed(PipelineStatus.Pause)
    /// Every record was delivered.
    case completed
    /// It was stopped or cancelled, or its consumer went away.
    case stopped
    /// It ended by an error.
    case failed(any Error)
  }

  /// The run.
  public let runID: UInt64
  /// When, counted from the first demand; zero for what happened before.
  public let time: Duration
  /// What happened.
  public let kind: Kind

  /// An event, as a run makes it; for testing what listens.
  public init(runID: UInt64, time: Duration, kind: Kind) {
    self.runID = runID
    self.time = time
    self.kind = kind
  }
}
