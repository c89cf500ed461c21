/// The status of a run.
public enum PipelineStatus: Sendable {
  /// The cause of a pause.
  public enum Pause: String, Sendable, Hashable {
    /// The user called `pause()`; only `resume()` ends this pause.
    case user
    /// Too many bytes are held; this pause ends by itself when they have been delivered.
    case memory
  }

  /// The statuses without their associated values, for counting and selecting.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// The run is started or being read.
    case running
    /// The run is paused.
    case paused
    /// Every record was delivered.
    case completed
    /// The run was stopped.
    case stopped
    /// The run ended with an error.
    case failed
  }

  /// The run is started or being read.
  case running
  /// The run is paused and can continue.
  case paused(Pause)
  /// Every record was delivered.
  case completed
  /// The run was stopped by `stop()`, by the consumer's cancellation or because the consumer went
  /// away.
  case stopped
  /// The run ended with an error.
  case failed(any Error)

  /// Whether the run has ended.
  public var isFinal: Bool {
    switch self {
    case .running, .paused: false
    case .completed, .stopped, .failed: true
    }
  }

  /// The status without its associated values.
  public var kind: Kind {
    switch self {
    case .running: .running
    case .paused: .paused
    case .completed: .completed
    case .stopped: .stopped
    case .failed: .failed
    }
  }
}

extension PipelineStatus: CustomStringConvertible {
  /// The status as text, such as `paused (memory)`.
  public var description: String {
    switch self {
    case .running, .completed, .stopped: kind.rawValue
    case .paused(let pause): "paused (\(pause.rawValue))"
    case .failed(let error): "failed: \(error)"
    }
  }
}
