/// Where a run is in its life.
public enum PipelineStatus: Sendable {
  /// What holds a run.
  public enum Pause: String, Sendable, Hashable {
    /// `pause()`; only `resume()` ends it.
    case user
    /// Too many bytes are held; it ends by itself when they are delivered.
    case memory
  }

  /// The states without what they carry, to count and select by.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// Started or being read.
    case running
    /// Held.
    case paused
    /// Every record was delivered.
    case completed
    /// Ended on request.
    case stopped
    /// Ended by an error.
    case failed
  }

  /// Started or being read.
  case running
  /// Held; it can go on.
  case paused(Pause)
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

  /// The state without what it carries.
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
  /// The state as it is written, such as `paused (memory)`.
  public var description: String {
    switch self {
    case .running, .completed, .stopped: kind.rawValue
    case .paused(let pause): "paused (\(pause.rawValue))"
    case .failed(let error): "failed: \(error)"
    }
  }
}
