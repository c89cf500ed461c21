/// The decisions of a bounded buffer between a source that is read in one task and a consumer in
/// another. It is a value without locks, tasks or continuations: events go in, actions come out,
/// and its owner carries them out.
///
/// Only counts pass through here. The owner keeps the batches in a queue, one for each entry of
/// `buffered`.
package struct DemandStateMachine: Equatable {
  /// The actions to take after an event; there are none where everything is nil.
  package struct Actions: Equatable {
    /// Hand this many records of the oldest batch to the waiting consumer.
    package var deliver: Int?
    /// Have the source read up to this many records.
    package var fetch: Int?
    /// Tell the waiting consumer that nothing more comes.
    package var end: End?
    /// Drop all buffered batches and stop the source.
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
  /// The number of records that the consumer asked for and has not received.
  package private(set) var outstanding = 0
  /// The number of records that the source was told to read and has not offered. There is one read
  /// at a time.
  package private(set) var fetching = 0
  /// The sizes of the buffered batches, oldest first.
  package private(set) var buffered: [Int] = []

  /// Makes a buffer of up to `capacity` records that is filled by reads of up to `chunk`.
  package init(capacity: Int, chunk: Int) {
    self.capacity = capacity
    self.chunk = chunk
  }

  /// The number of buffered records.
  package var held: Int { buffered.reduce(0, +) }

  /// The consumer asks for more and waits for a batch.
  package mutating func request(_ count: Int) -> Actions {
    outstanding += count
    isWaiting = true
    hasStarted = true
    return decide()
  }

  /// The source has read records. More records than it was told to read, or none, are refused: that
  /// is a failure of the source, which the caller reports with `fail()`.
  package mutating func offer(_ count: Int) -> Actions? {
    guard count > 0, count <= fetching else { return nil }
    fetching = 0
    guard case .open = upstream else { return Actions() }
    buffered.append(count)
    return decide()
  }

  /// Suspends deliveries and new reads until `resume()`. The demand stays as it is.
  package mutating func pause() -> Actions {
    isPaused = true
    return Actions()
  }

  /// Continues after `pause()`.
  package mutating func resume() -> Actions {
    isPaused = false
    return decide()
  }

  /// Limits reads to `chunk` records from now on, and starts none while `isHeld`. Buffered records
  /// are delivered all the same.
  package mutating func govern(chunk: Int, isHeld: Bool) -> Actions {
    self.chunk = chunk
    self.isHeld = isHeld
    return decide()
  }

  /// The source has no more records. Buffered records are still delivered.
  package mutating func finish() -> Actions { close(.finished) }

  /// The source failed. Buffered records are still delivered, and then the failure.
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
      // The end is delivered even while paused: there is nothing left to hold back.
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

/// Counts what a consumer has asked for and not received.
struct DemandWindow {
  private let maximum: Int
  private let minimum: Int
  private(set) var outstanding = 0

  init(maximum: Int, minimum: Int) {
    self.maximum = maximum
    self.minimum = minimum
  }

  /// The number of records to ask for now: 0 until little is outstanding, then whatever is missing
  /// to the maximum.
  mutating func ask() -> Int {
    guard outstanding <= minimum else { return 0 }
    let more = maximum - outstanding
    outstanding = maximum
    return more
  }

  /// Records have arrived.
  mutating func receive(_ count: Int) { outstanding -= count }
}
