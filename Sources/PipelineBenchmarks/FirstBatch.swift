package import StreamingPipeline

/// What a consumer saw that left after the first batch.
package struct FirstBatch: Sendable {
  /// From the start of the pipeline to the first record in the consumer's hands.
  package var nanoseconds: Double
  /// The first record's id.
  package var firstID: Value
  package var records: Int
  /// Where the run was after the consumer had stopped it.
  package var wasStopped: Bool

  /// - Parameters:
  ///   - pipeline: what is started.
  ///   - start: when it was meant to start, which is what the wait counts from; now by default.
  /// - Throws: what the pipeline throws.
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

  /// What is wrong with what was seen; nil when nothing is. By default a first batch is all that a
  /// consumer may ask for at once.
  package var complaint: String? {
    if firstID != .int64(1) { return "the first record has the id \(firstID), and not 1" }
    let demand = PipelineOptions().maxDemand
    if records != demand { return "the first batch has \(records) records, and not \(demand)" }
    if nanoseconds <= 0 { return "the first record took \(nanoseconds) ns" }
    return wasStopped ? nil : "the run went on after the consumer had stopped it"
  }
}
