internal import Synchronization

/// Carries out the actions of a `DemandStateMachine`: this class has the lock, the batches and the
/// two waiting sides, and the state machine makes the decisions.
final class PrefetchBuffer: Sendable {
  /// The answer to the consumer.
  enum Delivery: Sendable {
    case batch(Batch)
    case end
    case failure(any Error)
  }

  /// The rest of a chunk, and the bytes of the whole chunk, which stay allocated until the rest is
  /// gone.
  private struct Held {
    var batch: Batch
    let bytes: Int
  }

  private struct State {
    var machine: DemandStateMachine
    var batches: [Held] = []
    var bytes = 0
    var failure: (any Error)?
    var consumer: CheckedContinuation<Delivery, Never>?
    var source: CheckedContinuation<Int?, Never>?
    /// A read that was permitted before the source came to ask for it.
    var grantedFetch: Int?
    var isClosed = false
    var mostHeld = 0
  }

  /// The continuations to resume once the lock is released.
  private struct Wakes {
    var consumer: (CheckedContinuation<Delivery, Never>, Delivery)?
    var source: (CheckedContinuation<Int?, Never>, Int?)?

    func perform() {
      if let (continuation, delivery) = consumer { continuation.resume(returning: delivery) }
      if let (continuation, fetch) = source { continuation.resume(returning: fetch) }
    }
  }

  private let state: Mutex<State>

  init(capacity: Int, chunk: Int) {
    state = Mutex(State(machine: DemandStateMachine(capacity: capacity, chunk: chunk)))
  }

  /// The most records that were ever held at once.
  var mostHeld: Int { state.withLock { $0.mostHeld } }

  /// The records and bytes held now.
  var held: Occupancy {
    state.withLock { Occupancy(records: $0.machine.held, bytes: $0.bytes) }
  }

  /// Asks for `demand` more records and waits for a batch of those outstanding.
  func next(demanding demand: Int) async -> Delivery {
    await withCheckedContinuation { continuation in
      change { state in
        state.consumer = continuation
        return state.machine.request(demand)
      }
    }
  }

  /// Waits until the source may read, and returns how many records; nil when it must stop.
  func fetchPermission() async -> Int? {
    await withCheckedContinuation { continuation in
      let wakes = state.withLock { state -> Wakes in
        if state.isClosed { return Wakes(source: (continuation, nil)) }
        if let granted = state.grantedFetch.take() {
          return Wakes(source: (continuation, granted))
        }
        state.source = continuation
        return Wakes()
      }
      wakes.perform()
    }
  }

  /// Stores what the source read, `bytes` in all.
  func offer(_ batch: Batch, bytes: Int, asked: Int) {
    change { state in
      guard let actions = state.machine.offer(batch.rowCount) else {
        state.failure = PipelineError.brokenDemand(asked: asked, returned: batch.rowCount)
        return state.machine.fail()
      }
      if !state.isClosed {
        state.batches.append(Held(batch: batch, bytes: bytes))
        state.bytes += bytes
      }
      return actions
    }
  }

  /// Limits reads to `chunk` records from now on, and starts none while `isHeld`.
  func govern(chunk: Int, isHeld: Bool) {
    change { $0.machine.govern(chunk: chunk, isHeld: isHeld) }
  }

  func finish() { change { $0.machine.finish() } }

  func fail(_ error: any Error) {
    change { state in
      state.failure = state.failure ?? error
      return state.machine.fail()
    }
  }

  func pause() { change { $0.machine.pause() } }

  func resume() { change { $0.machine.resume() } }

  func cancel() { change { $0.machine.cancel() } }

  private func change(
    _ event: (inout State) -> DemandStateMachine.Actions
  ) {
    let wakes = state.withLock { state -> Wakes in
      let actions = event(&state)
      return Self.carryOut(actions, &state)
    }
    wakes.perform()
  }

  private static func carryOut(
    _ actions: DemandStateMachine.Actions, _ state: inout State
  ) -> Wakes {
    var wakes = Wakes()
    if actions.discard {
      state.batches = []
      state.bytes = 0
      state.isClosed = true
      state.grantedFetch = nil
      if let source = state.source.take() { wakes.source = (source, nil) }
    }
    if let count = actions.deliver, let consumer = state.consumer.take() {
      wakes.consumer = (consumer, .batch(pop(count, &state)))
    }
    if let end = actions.end, let consumer = state.consumer.take() {
      let failure = end == .failed ? state.failure : nil
      wakes.consumer = (consumer, failure.map { .failure($0) } ?? .end)
    }
    if let fetch = actions.fetch {
      if let source = state.source.take() {
        wakes.source = (source, fetch)
      } else {
        state.grantedFetch = fetch
      }
    }
    state.mostHeld = max(state.mostHeld, state.machine.held + (actions.deliver ?? 0))
    return wakes
  }

  private static func pop(_ count: Int, _ state: inout State) -> Batch {
    let oldest = state.batches[0].batch
    if count == oldest.rowCount {
      state.bytes -= state.batches.removeFirst().bytes
      return oldest
    }
    state.batches[0].batch = oldest.window(count..<oldest.rowCount)
    return oldest.window(0..<count)
  }
}
