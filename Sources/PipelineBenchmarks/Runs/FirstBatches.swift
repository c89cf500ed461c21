package import StreamingPipeline

/// The waits for the first record of many starts, one after the other.
package struct FirstBatches: Sendable {
  /// The number of starts: 1 % of them are two, so that the 99th percentile is not the longest
  /// wait.
  package static let starts = 200

  /// The waits in nanoseconds, shortest first.
  package private(set) var waits: [Double] = []
  /// A complaint about one of the first batches.
  package private(set) var complaint: String?

  /// - Parameters:
  ///   - pipeline: the pipeline to start.
  ///   - interval: the time between scheduled starts. A wait counts from the time at which its
  ///     start was scheduled, so that the waits that a slow start causes for later ones are
  ///     included. Without an interval, a start follows the end of the one before.
  /// - Throws: the errors of the pipeline.
  package init(of pipeline: PipelineDefinition, every interval: Duration? = nil) async throws {
    waits.reserveCapacity(Self.starts)
    let first = ContinuousClock.now
    for start in 0..<Self.starts {
      let meant = interval.map { first + $0 * start }
      if let meant { while ContinuousClock.now < meant {} }
      let batch = try await FirstBatch(of: pipeline, meantFor: meant ?? .now)
      waits.append(batch.nanoseconds)
      complaint = complaint ?? batch.complaint
    }
    waits.sort()
  }

  /// The wait that this share of the starts did not exceed, by nearest rank, so that it is a wait
  /// that occurred.
  package func quantile(_ share: Double) -> Double {
    let rank = Int((share * Double(waits.count)).rounded(.up))
    return waits[max(rank, 1) - 1]
  }
}
