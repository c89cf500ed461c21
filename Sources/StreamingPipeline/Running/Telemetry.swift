internal import Synchronization

/// Sends the events of a run to its listeners. Where there are none, an event costs the reading of
/// one flag: it is not even made.
final class Telemetry: Sendable {
  /// The most events kept for a subscriber that falls behind; beyond it the oldest are dropped.
  static let capacity = 1_000

  private let isEnabled: Bool
  private let handler: (@Sendable (PipelineEvent) -> Void)?
  private let subscribers = Mutex<Subscribers>(Subscribers())
  private let isObserved: Atomic<Bool>

  private struct Subscribers {
    var continuations: [AsyncStream<PipelineEvent>.Continuation] = []
    var isFinished = false
  }

  init(isEnabled: Bool, handler: (@Sendable (PipelineEvent) -> Void)?) {
    self.isEnabled = isEnabled
    self.handler = handler
    isObserved = Atomic(isEnabled && handler != nil)
  }

  /// Whether there is a listener.
  var isOn: Bool { isObserved.load(ordering: .relaxed) }

  /// Sends an event to all listeners.
  func send(_ event: PipelineEvent) {
    handler?(event)
    for subscriber in subscribers.withLock({ $0.continuations }) { subscriber.yield(event) }
  }

  /// The events from now on until `finish()`; none where telemetry is off.
  func subscribe() -> AsyncStream<PipelineEvent> {
    let (stream, continuation) = AsyncStream<PipelineEvent>.makeStream(
      bufferingPolicy: .bufferingNewest(Self.capacity))
    let isOver = subscribers.withLock { subscribers in
      if isEnabled, !subscribers.isFinished { subscribers.continuations.append(continuation) }
      return subscribers.isFinished
    }
    if isEnabled, !isOver {
      isObserved.store(true, ordering: .relaxed)
    } else {
      continuation.finish()
    }
    return stream
  }

  /// Ends all streams.
  func finish() {
    let continuations = subscribers.withLock { subscribers in
      subscribers.isFinished = true
      defer { subscribers.continuations = [] }
      return subscribers.continuations
    }
    for continuation in continuations { continuation.finish() }
  }
}
