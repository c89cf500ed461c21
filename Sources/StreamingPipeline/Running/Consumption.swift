/// One consumer's reading of a run. When it goes away before the end, the run is stopped.
final class Consumption {
  private enum Step {
    case batch(Batch)
    /// Nothing came of it, but the run may go on.
    case again
    case end
  }

  /// Pulling never suspends by itself. So that many runs, and whatever else the consumer's actor
  /// has to do, get on together, it lets others go first when it has gone on for this long: in that
  /// the hop, of one to some tens of microseconds, is lost.
  private static let turn = Duration.microseconds(200)
  /// Between two looks at the time.
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
        // A closure runs where its caller does only if it captures the caller's isolation; else
        // every batch would cost two hops, which on the main actor is more than all its records.
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
      // What a read still threw after the run was stopped is nobody's concern any more.
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

  /// After the end: a cancelled consumer is told so, and one that does not know of the failure
  /// yet, because time or another task brought it. A second look finds the stream ended.
  private func finish() throws -> Batch? {
    // In prefetch execution the reading task lets go: it may be inside the source for long.
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
