internal import Synchronization

/// A started pipeline: its batches, and the means to watch and steer it from any task.
public final class PipelineRun: Sendable {
  /// Different for every run of this process.
  public let id: UInt64
  /// The fields of the batches that come out.
  public let schema: Schema

  let options: PipelineOptions
  let source: any Source
  private let chain: Mutex<StageChain>
  private let life: Mutex<Lifecycle>
  let buffer: PrefetchBuffer?

  init(
    id: UInt64, _ definition: PipelineDefinition, options: PipelineOptions
  ) throws(PipelineError) {
    let chain = try StageChain(definition, options: options)
    self.id = id
    self.options = options
    source = definition.source
    schema = chain.schema
    buffer =
      options.execution == .prefetch
      ? PrefetchBuffer(capacity: options.bufferSize, chunk: options.chunkSize) : nil
    life = Mutex(Lifecycle(total: definition.source.totalCount))
    self.chain = Mutex(chain)
  }

  /// The batches, for one consumer. Nothing is read before the first is asked for, and nothing
  /// while none is being asked for (in pull execution) or the buffer is full (in prefetch).
  public var batches: BatchSequence { BatchSequence(run: self) }

  /// Where the run is in its life.
  public var status: PipelineStatus { life.withLock { $0.status } }

  /// How far it has come.
  public var progress: PipelineProgress {
    let now = ContinuousClock.now
    return life.withLock { $0.progress(at: now) }
  }

  /// The figures over all records; nil until the run is completed.
  public var aggregationState: AggregationResult? { life.withLock { $0.result } }

  /// Holds the run: the consumer's next demand waits for `resume()`. Demand is kept.
  ///
  /// A consumer that drains without suspending (`forEachBatch`) is not held.
  ///
  /// - Returns: false when the run is not running.
  @discardableResult
  public func pause() -> Bool {
    let paused = life.withLock { $0.pause() }
    if paused { buffer?.pause() }
    return paused
  }

  /// Lets a paused run go on.
  ///
  /// - Returns: false when the run is not paused.
  @discardableResult
  public func resume() -> Bool {
    let (resumed, waiting) = life.withLock { life in
      let resumed = life.resume()
      return (resumed, resumed ? life.waiting.take() : nil)
    }
    if resumed { buffer?.resume() }
    waiting?.resume()
    return resumed
  }

  /// Ends the run, which is no failure: the consumer's sequence ends.
  public func stop() { end(.stopped) }
}

// What the consumer's side does.
extension PipelineRun {
  /// - Throws: `PipelineError.alreadyConsumed`.
  func claim() throws(PipelineError) {
    guard life.withLock({ $0.claim() }) else { throw .alreadyConsumed }
  }

  /// Whether the run goes on, after waiting for it to be resumed where it is paused.
  func mayContinue() async -> Bool {
    while true {
      switch status {
      case .running: return true
      case .completed, .stopped, .failed: return false
      case .paused: await waitForResume()
      }
    }
  }

  private func waitForResume() async {
    await withCheckedContinuation { continuation in
      let resumeNow = life.withLock { life in
        guard case .paused = life.status else { return true }
        life.waiting = continuation
        return false
      }
      if resumeNow { continuation.resume() }
    }
  }

  /// Notes that the consumer asks.
  func demand() {
    let now = ContinuousClock.now
    life.withLock { $0.demand(at: now) }
  }

  /// Reads and processes up to `demand` records; nil at the end, which completes the run.
  func pull(atMost demand: Int) throws -> (batch: Batch, taken: Int)? {
    try step { chain in try chain.pull(atMost: demand) }
  }

  /// Processes a batch that was prefetched; nil completes the run.
  func process(_ batch: Batch?) throws -> (batch: Batch, taken: Int)? {
    try step { chain in
      guard let batch else { return nil }
      return (try chain.process(batch), batch.rowCount)
    }
  }

  private func step(
    _ body: (inout StageChain) throws -> (batch: Batch, taken: Int)?
  ) throws -> (batch: Batch, taken: Int)? {
    do {
      let (produced, counts, result) = try chain.withLock { chain in
        let produced = try body(&chain)
        return (produced, chain.counts, produced == nil ? try chain.aggregation() : nil)
      }
      life.withLock { $0.advance(counts, delivered: produced?.batch.count ?? 0) }
      if let result { end(.completed, result: result) }
      return produced
    } catch {
      let counts = chain.withLock { $0.counts }
      life.withLock { $0.advance(counts, delivered: 0) }
      end(.failed(error))
      throw error
    }
  }

  /// Ends the run, wakes whoever waits and lets go of the source.
  func end(_ final: PipelineStatus, result: AggregationResult? = nil) {
    let now = ContinuousClock.now
    let waiting = life.withLock { life in
      life.end(final, result: result, at: now) ? life.waiting.take() : nil
    }
    buffer?.cancel()
    // When a pull holds the chain, the consumer closes it after that pull: see BatchSequence.
    _ = chain.withLockIfAvailable { $0.close() }
    waiting?.resume()
  }

  /// Lets go of the source after the end, from the consumer's side, where nobody else pulls.
  func close() { chain.withLock { $0.close() } }
}

extension PipelineRun {
  /// The most records the prefetching buffer ever held; 0 in pull execution, which has none.
  public var mostBuffered: Int { buffer?.mostHeld ?? 0 }
}
