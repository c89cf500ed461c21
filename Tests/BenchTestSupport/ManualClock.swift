import Synchronization

/// A clock that stands still until a test moves it, so that waits are tested without waiting.
package final class ManualClock: Clock {
  package struct Instant: InstantProtocol {
    var elapsed: Duration

    package func advanced(by duration: Duration) -> Instant {
      Instant(elapsed: elapsed + duration)
    }
    package func duration(to other: Instant) -> Duration { other.elapsed - elapsed }
    package static func < (left: Instant, right: Instant) -> Bool { left.elapsed < right.elapsed }
  }

  private struct Sleeper {
    let id: Int
    let deadline: Instant
    let continuation: CheckedContinuation<Void, any Error>
  }

  private struct State {
    var now = Instant(elapsed: .zero)
    var lastID = 0
    var sleepers: [Sleeper] = []
    var cancelled: Set<Int> = []
    /// Every wait that was begun, by its length.
    var waits: [Duration] = []
    /// Tests that wait for so many sleepers.
    var watchers: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []

    /// The watchers who wait no longer.
    mutating func takeWatchers() -> [CheckedContinuation<Void, Never>] {
      let count = sleepers.count
      defer { watchers.removeAll { $0.count <= count } }
      return watchers.filter { $0.count <= count }.map(\.continuation)
    }
  }

  private let state = Mutex(State())
  private let movesItself: Bool

  /// - Parameter movesItself: whether every wait moves the clock to its end at once.
  package init(movesItself: Bool = false) { self.movesItself = movesItself }

  package var now: Instant { state.withLock { $0.now } }
  package var minimumResolution: Duration { .nanoseconds(1) }

  /// The lengths of all waits so far, in order.
  package var waits: [Duration] { state.withLock { $0.waits } }

  package func sleep(until deadline: Instant, tolerance: Duration?) async throws {
    let id = state.withLock { state in
      state.lastID += 1
      return state.lastID
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        sleep(id, until: deadline, continuation)
      }
    } onCancel: {
      let sleeper = state.withLock { state in
        state.cancelled.insert(id)
        return state.sleepers.firstIndex { $0.id == id }.map { state.sleepers.remove(at: $0) }
      }
      sleeper?.continuation.resume(throwing: CancellationError())
    }
  }

  private typealias Outcome = (
    result: Result<Void, any Error>?, watchers: [CheckedContinuation<Void, Never>]
  )

  private func sleep(
    _ id: Int, until deadline: Instant, _ continuation: CheckedContinuation<Void, any Error>
  ) {
    let outcome = state.withLock { state -> Outcome in
      if state.cancelled.contains(id) { return (.failure(CancellationError()), []) }
      state.waits.append(state.now.duration(to: deadline))
      if movesItself { state.now = max(state.now, deadline) }
      if deadline <= state.now { return (.success(()), []) }
      state.sleepers.append(Sleeper(id: id, deadline: deadline, continuation: continuation))
      return (nil, state.takeWatchers())
    }
    if let result = outcome.result { continuation.resume(with: result) }
    for watcher in outcome.watchers { watcher.resume() }
  }

  /// Moves the clock, and wakes who waited until then.
  package func advance(by duration: Duration) {
    let woken = state.withLock { state in
      state.now = state.now.advanced(by: duration)
      let now = state.now
      defer { state.sleepers.removeAll { $0.deadline <= now } }
      return state.sleepers.filter { $0.deadline <= now }
    }
    for sleeper in woken { sleeper.continuation.resume() }
  }

  /// Returns once this many wait.
  package func sleepers(_ count: Int) async {
    await withCheckedContinuation { continuation in
      let isThere = state.withLock { state in
        if state.sleepers.count >= count { return true }
        state.watchers.append((count, continuation))
        return false
      }
      if isThere { continuation.resume() }
    }
  }
}
