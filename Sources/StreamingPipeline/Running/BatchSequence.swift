/// The batches of a run, in order, none of them empty, each at most `maxDemand` records.
///
/// There is one consumer: a second iterator throws. Cancelling the task that iterates throws
/// `CancellationError` and tears the run down, as does dropping the iterator.
public struct BatchSequence: AsyncSequence, Sendable {
  /// Batches are what is iterated.
  public typealias Element = Batch
  /// Sources and closures may throw anything.
  public typealias Failure = any Error

  let run: PipelineRun

  /// The consumer; there can be one.
  public func makeAsyncIterator() -> Iterator { Iterator(consumption: Consumption(run)) }

  /// Asks for batches, one at a time.
  public struct Iterator: AsyncIteratorProtocol {
    let consumption: Consumption

    /// The next batch; nil when the run is completed or stopped.
    public mutating func next() async throws -> Batch? { try await consumption.next() }

    /// The same from any isolation.
    public mutating func next(
      isolation actor: isolated (any Actor)?
    ) async throws -> Batch? {
      try await consumption.next(isolation: actor)
    }
  }
}

/// One consumer's reading of a run. When it goes away before the end, the run is stopped.
final class Consumption {
  private let run: PipelineRun
  private var window: DemandWindow
  private var isClaimed = false
  private var sourceTask: Task<Void, Never>?

  init(_ run: PipelineRun) {
    self.run = run
    window = DemandWindow(maximum: run.options.maxDemand, minimum: run.options.minDemand)
  }

  deinit {
    if isClaimed { run.end(.stopped) }
    sourceTask?.cancel()
  }

  func next(isolation: isolated (any Actor)? = #isolation) async throws -> Batch? {
    if !isClaimed {
      try run.claim()
      isClaimed = true
    }
    let run = run
    return try await withTaskCancellationHandler {
      while true {
        guard await run.mayContinue() else { return try finish() }
        run.demand()
        let produced = run.buffer == nil ? try pull() : try await prefetched()
        guard let produced else { return try finish() }
        if produced.count > 0 { return produced }
      }
    } onCancel: {
      run.end(.stopped)
    }
  }

  /// After the end: a cancelled consumer is told so, a second look at a failure finds it ended.
  private func finish() throws -> Batch? {
    run.close()
    try Task.checkCancellation()
    return nil
  }

  private func pull() throws -> Batch? {
    _ = window.ask()
    guard let (batch, taken) = try run.pull(atMost: window.outstanding) else { return nil }
    window.receive(taken)
    return batch
  }

  private func prefetched(isolation: isolated (any Actor)? = #isolation) async throws -> Batch? {
    guard let buffer = run.buffer else { return nil }
    if sourceTask == nil { sourceTask = Self.read(run.source, run.options, into: buffer) }
    switch await buffer.next(demanding: window.ask()) {
    case .batch(let batch):
      window.receive(batch.rowCount)
      return try run.process(batch)?.batch
    case .failure(let error):
      run.end(.failed(error))
      throw error
    case .end:
      if run.status.isFinal { return nil }
      return try run.process(nil)?.batch
    }
  }

  /// Reads the source in a task of its own, as much as the buffer permits.
  private static func read(
    _ source: any Source, _ options: PipelineOptions, into buffer: PrefetchBuffer
  ) -> Task<Void, Never> {
    Task.detached {
      do {
        var producer = try Producer(source, options: options)
        while let room = await buffer.fetchPermission() {
          guard let batch = try producer.read(atMost: room) else { return buffer.finish() }
          buffer.offer(batch, asked: room)
        }
      } catch {
        buffer.fail(error)
      }
    }
  }
}
