package import StreamingPipeline

/// What a consumer saw that stops after the first batch.
package struct FirstBatch: Sendable {
  /// The time from the start of the pipeline until the consumer has the first record.
  package var nanoseconds: Double
  /// The first record's id.
  package var firstID: Value
  package var records: Int
  /// Whether the run was stopped after the consumer had stopped it.
  package var wasStopped: Bool

  /// - Parameters:
  ///   - pipeline: the pipeline to start.
  ///   - start: the time at which it should have started, from which the wait counts; now by
  ///     default.
  /// - Throws: the errors of the pipeline.
  package init(
    of pipeline: PipelineDefinition, meantFor start: ContinuousClock.Instant = .now
  ) async throws {
    let run = try Pipeline.start(pipeline)
    var batches = run.batches.makeAsyncIterator()
    let batch = try await batches.next()
    firstID = batch?.columns[0][0] ?? .null
    let wait = start.duration(to: .now).components
    nanoseconds = Double(wait.seconds) * 1e9 + Double(wait.attoseconds) / 1e9
    records = batch?.count ?? 0
    run.stop()
    wasStopped = if case .stopped = run.status { true } else { false }
  }

  /// A complaint about what was seen; nil when it is right. By default a first batch is as large as
  /// a consumer may ask for at once.
  package var complaint: String? {
    if firstID != .int64(1) { return "the first record has the id \(firstID), and not 1" }
    let demand = PipelineOptions().maxDemand
    if records != demand { return "the first batch has \(records) records, and not \(demand)" }
    if nanoseconds <= 0 { return "the first record took \(nanoseconds) ns" }
    return wasStopped ? nil : "the run went on after the consumer had stopped it"
  }
}
