/// The options of a run. Every option is checked when the pipeline starts.
///
/// ```swift
/// var options = PipelineOptions(execution: .prefetch)
/// options.partitions = 2
/// options.memoryLimit = 64_000_000
/// options.timeout = .seconds(600)
/// ```
public struct PipelineOptions: Sendable {
  /// The task in which the source is read.
  public enum Execution: String, Sendable, CaseIterable {
    /// The source is read in the consumer's own task: asking for a batch reads, transforms and
    /// returns it. A slow consumer stops the source by not asking; only the rest of a chunk is
    /// buffered.
    case pull
    /// The source is read in a task of its own that fills a bounded buffer while the consumer
    /// works.
    case prefetch
  }

  /// The most records that one read of the source returns.
  public var chunkSize = 1_000
  /// The most records that may be asked for and not received; no batch is larger.
  public var maxDemand = 500
  /// More records are asked for when this many or fewer are outstanding.
  public var minDemand = 100
  /// The most records that may be read and not delivered; this also limits a single read.
  public var bufferSize = 1_000
  /// The most bytes that buffers and groups may hold. Above 80 % of it chunks become smaller. Above
  /// it the source is not read until enough has been delivered.
  public var memoryLimit = 500_000_000
  /// The most groups of one grouping.
  public var maxGroups = 10_000
  /// The number of cores that compute aggregates; the answer is the same for any number.
  public var partitions = 1
  /// The most records that may fail in the transformer before the run fails; nil for any number.
  public var maxFailures: Int?
  /// The number of times that a source that failed is tried again from its last key.
  public var retries = 3
  /// The wait before the first retry. Each further retry in a row waits twice as long.
  public var retryDelay: Duration = .seconds(1)
  /// The longest time in which the source may deliver nothing while the consumer waits; nil for no
  /// limit.
  public var stallTimeout: Duration? = .seconds(30)
  /// The longest time that the run may take from its first demand, pauses included; nil for no
  /// limit.
  public var timeout: Duration?
  /// Whether events are made for `PipelineRun.events` and `onEvent`.
  public var telemetry = true
  /// A closure that is called with every event, in the task in which it happens. It should return
  /// soon.
  public var onEvent: (@Sendable (PipelineEvent) -> Void)?
  /// The clock that all times come from.
  public var clock = PipelineClock.continuous
  /// The task in which the source is read.
  public var execution: Execution

  /// Makes the default options.
  public init(execution: Execution = .pull) { self.execution = execution }

  /// - Throws: `PipelineError.invalidOption`, naming the option, its value and what is permitted.
  func validate() throws(PipelineError) {
    try PipelineError.require("chunkSize", chunkSize, in: 1...Int(Int32.max))
    try PipelineError.require("maxDemand", maxDemand, in: 1...Int(Int32.max))
    try PipelineError.require("minDemand", minDemand, in: 0...(maxDemand - 1))
    try PipelineError.require("bufferSize", bufferSize, in: 1...Int(Int32.max))
    try PipelineError.require("memoryLimit", memoryLimit, in: 1...Int.max)
    try PipelineError.require("maxGroups", maxGroups, in: 1...Int(Int32.max))
    try PipelineError.require("partitions", partitions, in: 1...PartitionedAggregation.mostWorkers)
    if let maxFailures { try PipelineError.require("maxFailures", maxFailures, in: 0...Int.max) }
    // By default, an eleventh wait in a row would be longer than a quarter of an hour.
    try PipelineError.require("retries", retries, in: 0...10)
    try requirePositive("retryDelay", retryDelay)
    if let stallTimeout { try requirePositive("stallTimeout", stallTimeout) }
    if let timeout { try requirePositive("timeout", timeout) }
  }
}

/// Rejects a duration that is not positive.
private func requirePositive(_ name: String, _ value: Duration) throws(PipelineError) {
  guard value > .zero else {
    throw .invalidOption(name: name, value: "\(value)", permitted: "more than 0 seconds")
  }
}
