// Consuming without suspending: the same pull chain, driven by a loop instead of an iterator.

extension PipelineRun {
  /// Hands every batch to `body`, on this thread, and returns the figures.
  ///
  /// It always pulls, whatever `execution` says, and is not held by `pause()`; `stop()` from
  /// another task or from `body` ends it.
  ///
  /// - Returns: the figures over all records; nil when the run was stopped.
  /// - Throws: what source, transformer or `body` throws, and `PipelineError.alreadyConsumed`.
  @discardableResult
  public func forEachBatch(
    _ body: (Batch) throws -> Void
  ) throws -> AggregationResult? {
    try claim()
    defer { close() }
    var window = DemandWindow(maximum: options.maxDemand, minimum: options.minDemand)
    while !status.isFinal {
      demand()
      _ = window.ask()
      guard let (batch, taken) = try pull(atMost: window.outstanding) else { break }
      window.receive(taken)
      guard batch.count > 0 else { continue }
      do {
        try body(batch)
      } catch {
        end(.failed(error))
        throw error
      }
    }
    return aggregationState
  }

  /// Reads to the end and returns the figures; nil when the run was stopped. See `forEachBatch`.
  @discardableResult
  public func runToEnd() throws -> AggregationResult? { try forEachBatch { _ in } }
}
