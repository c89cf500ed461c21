package import StreamingPipeline

/// The waits for the first record of many starts, one after the other.
package struct FirstBatches: Sendable {
  /// 1 % of them are two, so that the 99th percentile lies among the waits and is not the longest.
  package static let starts = 200

  /// Nanoseconds, shortest first.
  package private(set) var waits: [Double] = []
  /// What was wrong with one of them.
  package private(set) var complaint: String?

  /// - Parameters:
  ///   - pipeline: what is started.
  ///   - interval: starts are meant for times that lie so far apart, and a wait counts from the
  ///     time its start was meant for: a slow start makes the following ones wait, and their wait
  ///     is not forgotten. Without it a start follows the end of the one before.
  /// - Throws: what the pipeline throws.
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

  /// The wait that this share of the starts did not exceed: the nearest rank, a wait that happened.
  package func quantile(_ share: Double) -> Double {
    let rank = Int((share * Double(waits.count)).rounded(.up))
    return waits[max(rank, 1) - 1]
  }
}
