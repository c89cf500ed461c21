internal import Synchronization

/// A started pipeline: its batches, and the means to observe and control it from any task.
public final class PipelineRun: Sendable {
  /// A number that is different for every run of this process.
  public let id: UInt64
  /// The fields of the batches that reach the consumer.
  public let schema: Schema

  let options: PipelineOptions
  let telemetry: Telemetry
  let buffer: PrefetchBuffer?
  // Where two of these locks are held at once, `life` is taken first, and then the buffer's own.
  let producer: Mutex<Producer>
  let chain: Mutex<StageChain>
  let life: Mutex<Lifecycle>
  private let registry: PipelineRegistry

  init(
    id: UInt64, _ definition: PipelineDefinition, options: PipelineOptions,
    registry: PipelineRegistry
  ) throws(PipelineError) {
    let chain = try StageChain(definition, options: options)
    self.id = id
    self.options = options
    self.registry = registry
    telemetry = Telemetry(isEnabled: options.telemetry, handler: options.onEvent)
    schema = chain.schema
    buffer =
      options.execution == .prefetch
      ? PrefetchBuffer(capacity: options.bufferSize, chunk: options.chunkSize) : nil
    life = Mutex(Lifecycle(total: definition.source.totalCount, options: options))
    producer = Mutex(Producer(definition.source, options: options))
    self.chain = Mutex(chain)
  }

  deinit { registry.forget(id) }

  /// The batches, for one consumer. Nothing is read before the first is asked for, nor later while
  /// none is asked for (in pull execution) or the buffer is full (in prefetch execution).
  public var batches: BatchSequence { BatchSequence(run: self) }

  /// The status of the run: whether it is running, paused or how it ended.
  public var status: PipelineStatus { life.withLock { $0.status } }

  /// Pauses the run: the consumer's next demand waits for `resume()`. Demand is kept.
  ///
  /// A consumer that does not suspend (`forEachBatch`) is not held.
  ///
  /// - Returns: false when the run has ended or the user has paused it already.
  @discardableResult
  public func pause() -> Bool {
    let paused = life.withLock { life in
      guard life.pause() else { return false }
      buffer?.pause()
      return true
    }
    if paused { report(.paused(.user)) }
    return paused
  }

  /// Continues a run that was paused by `pause()`.
  ///
  /// - Returns: false when the user has not paused it.
  @discardableResult
  public func resume() -> Bool {
    let now = options.clock.now
    let (resumed, consumer) = life.withLock { life in
      guard life.resume(at: now) else {
        return (false, CheckedContinuation<Void, Never>?.none)
      }
      buffer?.resume()
      return (true, life.waiting.consumer.take())
    }
    consumer?.resume()
    if resumed { report(.resumed(.user)) }
    return resumed
  }

  /// Stops the run without an error: the consumer's sequence ends.
  public func stop() { end(.stopped) }

  /// Ends the run, wakes everything that waits and closes the source.
  func end(_ final: PipelineStatus, result: AggregationResult? = nil) {
    let now = options.clock.now
    let waiting = life.withLock { $0.end(final, result: result, at: now) }
    buffer?.cancel()
    // Where a read holds the producer, the consumer closes it after that read: see `Consumption`.
    producer.withLockIfAvailable { $0.close() }
    guard let waiting else { return }
    waiting.callOff()
    reportEnd(final)
    registry.retire(state)
  }

  /// Closes the source after the end, from the consumer's side, where nothing else reads.
  func close() { producer.withLock { $0.close() } }
}
