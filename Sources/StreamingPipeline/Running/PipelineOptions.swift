/// How a pipeline runs. Every option is checked when it starts.
public struct PipelineOptions: Sendable {
  /// Where the source is read.
  public enum Execution: String, Sendable, CaseIterable {
    /// In the consumer's own task: asking for a batch reads, transforms and returns it. A slow
    /// consumer stops the source by not asking; nothing is buffered but the rest of a chunk.
    case pull
    /// In a task of its own that fills a bounded buffer while the consumer works.
    case prefetch
  }

  /// The most records one read of the source returns.
  public var chunkSize = 1_000
  /// The most records the consumer's side has asked for and not received: a batch is never larger.
  public var maxDemand = 500
  /// Records are asked for again when those still outstanding are this many or fewer.
  public var minDemand = 100
  /// The most records the source's side holds that have not been delivered; it also bounds a read.
  public var bufferSize = 1_000
  /// The most bytes that buffers and groups may hold. Over 80 % of it chunks become smaller; over
  /// it the source is not read until enough has been delivered.
  public var memoryLimit = 500_000_000
  /// The most groups of one grouping.
  public var maxGroups = 10_000
  /// On how many cores figures are computed; the answer is the same for any number.
  public var partitions = 1
  /// How many records may fail in the transformer before the run does; nil for any number.
  public var maxFailures: Int?
  /// How often a source that failed is tried again from its last key.
  public var retries = 3
  /// The wait before the first retry; each further one in a row waits twice as long.
  public var retryDelay: Duration = .seconds(1)
  /// How long the source may deliver nothing while the consumer waits; nil for any time.
  public var stallTimeout: Duration? = .seconds(30)
  /// How long the run may take from its first demand, pauses included; nil for any time.
  public var timeout: Duration?
  /// Whether events are made for `PipelineRun.events` and `onEvent`.
  public var telemetry = true
  /// Called with every event, in the task in which it happens: return soon.
  public var onEvent: (@Sendable (PipelineEvent) -> Void)?
  /// What time is told by.
  public var clock = PipelineClock.continuous
  /// Where the source is read.
  public var execution: Execution

  /// The defaults.
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
    // The eleventh wait in a row would be longer than a quarter of an hour by default.
    try PipelineError.require("retries", retries, in: 0...10)
    try requirePositive("retryDelay", retryDelay)
    if let stallTimeout { try requirePositive("stallTimeout", stallTimeout) }
    if let timeout { try requirePositive("timeout", timeout) }
  }
}

/// Refuses a time that is no time.
private func requirePositive(_ name: String, _ value: Duration) throws(PipelineError) {
  guard value > .zero else {
    throw .invalidOption(name: name, value: "\(value)", permitted: "more than 0 seconds")
  }
}
