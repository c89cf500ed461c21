/// One consumer's iteration over a run. When it goes away before the end, the run is stopped.
final class Consumption {
  private enum Step {
    case batch(Batch)
    /// There is no batch yet, but the run may continue.
    case again
    case end
  }

  /// Pulling never suspends by itself. To leave time for other runs and for other work of the
  /// consumer's actor, it yields after this long. Compared with that, the hop of one to some tens
  /// of microseconds is negligible.
  private static let turn = Duration.microseconds(200)
  /// The number of batches between two checks of the time.
  private static let batchesInARow = 8

  private let run: PipelineRun
  private var window: DemandWindow
  private var batches = 0
  private var turnBegan = ContinuousClock.now
  private var isClaimed = false
  private var isReading = false
  private var hasThrown = false

  init(_ run: PipelineRun) {
    self.run = run
    window = DemandWindow(maximum: run.options.maxDemand, minimum: run.options.minDemand)
  }

  deinit {
    if isClaimed { run.end(.stopped) }
  }

  func next(isolation: isolated (any Actor)? = #isolation) async throws -> Batch? {
    if !isClaimed {
      try run.claim()
      isClaimed = true
      run.watch()
    }
    let run = run
    do {
      return try await withTaskCancellationHandler {
        // A closure runs in its caller's isolation only if it captures that isolation. Without it,
        // every batch would cost two hops, which on the main actor take longer than all its
        // records.
        _ = isolation
        defer { run.answer() }
        await letOthersGoFirst()
        while await run.mayContinue() {
          switch try await step() {
          case .batch(let batch): return batch
          case .again: continue
          case .end: return try finish()
          }
        }
        return try finish()
      } onCancel: {
        run.end(.stopped)
      }
    } catch {
      hasThrown = true
      // An error of a read that ends after the run was stopped is ignored.
      if case .stopped = run.status, !Task.isCancelled { return nil }
      throw error
    }
  }

  private func letOthersGoFirst(isolation: isolated (any Actor)? = #isolation) async {
    batches += 1
    guard batches.isMultiple(of: Self.batchesInARow) else { return }
    guard turnBegan.duration(to: .now) >= Self.turn else { return }
    await Task.yield()
    turnBegan = .now
  }

  /// Ends the iteration. It throws if the consumer was cancelled, or if the run failed by a time
  /// limit or another task and the consumer does not know yet. A second call finds the sequence
  /// ended.
  private func finish() throws -> Batch? {
    // In prefetch execution the reading task closes the source, because a read may take long.
    if run.buffer == nil { run.close() }
    try Task.checkCancellation()
    if case .failed(let error) = run.status, !hasThrown { throw error }
    return nil
  }

  private func step(isolation: isolated (any Actor)? = #isolation) async throws -> Step {
    let more = window.ask()
    let chunk = try run.demand(window.outstanding)
    if let buffer = run.buffer { return try await take(from: buffer, demanding: more) }
    switch try run.pull(atMost: window.outstanding, chunk: chunk) {
    case .batch(let batch, let rest): return try process(batch, rest: rest)
    case .end: return try complete()
    case .again(let delay):
      await run.backOff(delay)
      return .again
    }
  }

  private func take(
    from buffer: PrefetchBuffer, demanding more: Int,
    isolation: isolated (any Actor)? = #isolation
  ) async throws -> Step {
    if !isReading {
      isReading = true
      Self.read(run, into: buffer)
    }
    switch await buffer.next(demanding: more) {
    case .batch(let batch): return try process(batch, rest: nil)
    case .failure(let error):
      run.end(.failed(error))
      throw error
    case .end: return run.status.isFinal ? .end : try complete()
    }
  }

  private func process(_ batch: Batch, rest: Occupancy?) throws -> Step {
    window.receive(batch.rowCount)
    let processed = try run.process(batch, rest: rest)
    return processed.count > 0 ? .batch(processed) : .again
  }

  private func complete() throws -> Step {
    try run.complete()
    return .end
  }

  /// Reads the source in a task of its own, as much as the buffer permits.
  private static func read(_ run: PipelineRun, into buffer: PrefetchBuffer) {
    Task.detached {
      defer { run.close() }
      do {
        while let room = await buffer.fetchPermission() {
          guard try await run.prefetch(room, into: buffer) else { return buffer.finish() }
        }
      } catch {
        buffer.fail(error)
      }
    }
  }
}
