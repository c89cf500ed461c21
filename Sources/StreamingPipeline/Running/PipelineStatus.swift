/// Where a run is in its life.
public enum PipelineStatus: Sendable {
  /// Started or being read.
  case running
  /// Held by `pause()`.
  case paused
  /// Every record was delivered.
  case completed
  /// Ended by `stop()`, by the consumer's cancellation or because the consumer went away.
  case stopped
  /// Ended by an error.
  case failed(any Error)

  /// Whether nothing more happens.
  public var isFinal: Bool {
    switch self {
    case .running, .paused: false
    case .completed, .stopped, .failed: true
    }
  }
}

/// Figures about a run so far.
public struct PipelineProgress: Sendable {
  /// What the transformer did.
  public internal(set) var transformed = TransformCounts()
  /// Records handed to the consumer.
  public internal(set) var delivered = 0
  /// How many records the source has, where that is known.
  public let total: Int?
  /// Time from the first demand to the end, or until now; nil before the first demand.
  public internal(set) var duration: Duration?
}
