/// The decisions of a bounded buffer between a source that is read in one task and a consumer in
/// another. A value without locks, tasks or continuations: events go in, actions come out, and
/// whoever holds it carries them out.
///
/// Only counts pass through here. Batches lie in a queue outside, one for each entry of `buffered`.
package struct DemandStateMachine: Equatable {
  /// What to do after an event; everything nil is nothing.
  package struct Actions: Equatable {
    /// Hand this many records of the oldest batch to the waiting consumer.
    package var deliver: Int?
    /// Have the source read up to this many records.
    package var fetch: Int?
    /// Tell the waiting consumer that nothing more comes.
    package var end: End?
    /// Forget all buffered batches and stop the source.
    package var discard = false

    package init(deliver: Int? = nil, fetch: Int? = nil, end: End? = nil, discard: Bool = false) {
      self.deliver = deliver
      self.fetch = fetch
      self.end = end
      self.discard = discard
    }
  }

  /// How a stream ended.
  package enum End: Equatable {
    case finished
    case failed
    case cancelled
  }

  private enum Upstream: Equatable {
    case open
    case ended(End)
  }

  private let capacity: Int
  private var chunk: Int
  private var upstream = Upstream.open
  private var isPaused = false
  private var isHeld = false
  private var isWaiting = false
  private var hasStarted = false
  /// Records asked for by the consumer and not delivered.
  package private(set) var outstanding = 0
  /// Records the source was told to read and has not offered; one read at a time.
  package private(set) var fetching = 0
  /// The sizes of the batches held, oldest first.
  package private(set) var buffered: [Int] = []

  /// A buffer of up to `capacity` records, read up to `chunk` at a time.
  package init(capacity: Int, chunk: Int) {
    self.capacity = capacity
    self.chunk = chunk
  }

  /// How many records are held.
  package var held: Int { buffered.reduce(0, +) }

  /// The consumer asks for more and waits for a batch.
  package mutating func request(_ count: Int) -> Actions {
    outstanding += count
    isWaiting = true
    hasStarted = true
    return decide()
  }

  /// The source has read records. More than it was told to, or none, is refused: that is a failure
  /// of the source, which the caller reports with `fail()`.
  package mutating func offer(_ count: Int) -> Actions? {
    guard count > 0, count <= fetching else { return nil }
    fetching = 0
    guard case .open = upstream else { return Actions() }
    buffered.append(count)
    return decide()
  }

  /// Nothing is delivered and nothing new read until `resume()`. Demand stays as it is.
  package mutating func pause() -> Actions {
    isPaused = true
    return Actions()
  }

  /// Goes on where `pause()` stopped.
  package mutating func resume() -> Actions {
    isPaused = false
    return decide()
  }

  /// From now on reads are of up to `chunk` records, and none begins while `isHeld`; what is
  /// buffered is delivered all the same.
  package mutating func govern(chunk: Int, isHeld: Bool) -> Actions {
    self.chunk = chunk
    self.isHeld = isHeld
    return decide()
  }

  /// The source has no more records. What is buffered is still delivered.
  package mutating func finish() -> Actions { close(.finished) }

  /// The source failed. What is buffered is still delivered, then the failure.
  package mutating func fail() -> Actions { close(.failed) }

  /// The consumer is gone. Nothing more is delivered.
  package mutating func cancel() -> Actions {
    guard upstream != .ended(.cancelled) else { return Actions() }
    upstream = .ended(.cancelled)
    buffered = []
    fetching = 0
    var actions = Actions(discard: true)
    if isWaiting { actions.end = .cancelled }
    isWaiting = false
    return actions
  }

  private mutating func close(_ end: End) -> Actions {
    guard case .open = upstream else { return Actions() }
    upstream = .ended(end)
    fetching = 0
    return decide()
  }

  private mutating func decide() -> Actions {
    var actions = Actions()
    if case .ended(let end) = upstream, isWaiting, buffered.isEmpty {
      // The end passes a pause: there is nothing left that could be held back.
      actions.end = end
      isWaiting = false
      return actions
    }
    guard !isPaused else { return actions }
    if isWaiting, outstanding > 0, let oldest = buffered.first {
      actions.deliver = take(min(oldest, outstanding))
    }
    actions.fetch = nextFetch()
    return actions
  }

  private mutating func take(_ count: Int) -> Int {
    isWaiting = false
    outstanding -= count
    buffered[0] -= count
    if buffered[0] == 0 { buffered.removeFirst() }
    return count
  }

  private mutating func nextFetch() -> Int? {
    let room = min(chunk, capacity - held)
    guard hasStarted, !isHeld, upstream == .open, fetching == 0, room > 0 else { return nil }
    fetching = room
    return room
  }
}
