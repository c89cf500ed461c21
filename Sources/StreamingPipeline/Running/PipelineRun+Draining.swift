// Consuming without suspending: a loop drives the same pull chain as the iterator does.

extension PipelineRun {
  /// Passes every batch to `body`, on this thread, and returns the aggregates.
  ///
  /// It always pulls, whatever `execution` says, and never waits: `pause()` does not hold it, a
  /// source that failed is tried again at once, and time limits are checked between batches.
  /// `stop()` from another task or from `body` ends it.
  ///
  /// ```swift
  /// var records = 0
  /// try Pipeline.start(definition).forEachBatch { batch in records += batch.count }
  /// ```
  ///
  /// - Returns: the aggregates over all records; nil when the run was stopped.
  /// - Throws: the errors of the source, the transformer and `body`, and
  ///   `PipelineError.alreadyConsumed`.
  @discardableResult
  public func forEachBatch(
    _ body: (Batch) throws -> Void
  ) throws -> AggregationResult? {
    try claim()
    defer { close() }
    var window = DemandWindow(maximum: options.maxDemand, minimum: options.minDemand)
    while !status.isFinal {
      _ = window.ask()
      let chunk = try demand(window.outstanding)
      switch try pull(atMost: window.outstanding, chunk: chunk) {
      case .end: try complete()
      case .again: break
      case .batch(let batch, let rest):
        window.receive(batch.rowCount)
        let processed = try process(batch, rest: rest)
        answer()
        if processed.count > 0 { try orFail { try body(processed) } }
      }
    }
    return aggregationState
  }

  /// Reads to the end and returns the aggregates; nil when the run was stopped. See `forEachBatch`.
  ///
  /// ```swift
  /// let aggregates = try Pipeline.start(definition).runToEnd()?.global
  /// ```
  @discardableResult
  public func runToEnd() throws -> AggregationResult? { try forEachBatch { _ in } }
}
