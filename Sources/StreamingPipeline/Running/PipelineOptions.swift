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
  /// The most groups of one grouping.
  public var maxGroups = 10_000
  /// On how many cores figures are computed; the answer is the same for any number.
  public var partitions = 1
  /// How many records may fail in the transformer before the run does; nil for any number.
  public var maxFailures: Int?
  /// Where the source is read.
  public var execution: Execution

  /// The defaults.
  public init(execution: Execution = .pull) { self.execution = execution }

  /// - Throws: `PipelineError.invalidOption`, naming the option, its value and what is permitted.
  func validate() throws(PipelineError) {
    try require("chunkSize", chunkSize, in: 1...Int(Int32.max))
    try require("maxDemand", maxDemand, in: 1...Int(Int32.max))
    try require("minDemand", minDemand, in: 0...(maxDemand - 1))
    try require("bufferSize", bufferSize, in: 1...Int(Int32.max))
    try require("maxGroups", maxGroups, in: 1...Int(Int32.max))
    try require("partitions", partitions, in: 1...PartitionedAggregation.mostWorkers)
    if let maxFailures { try require("maxFailures", maxFailures, in: 0...Int.max) }
  }
}
