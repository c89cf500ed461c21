package import StreamingPipeline

/// Runs of one pipeline at the same time, each with a consumer in a task of its own.
package struct ConcurrentStreams: Sendable {
  /// The end of one stream.
  package struct End: Sendable {
    package let seen: ConsumedRun
    /// The time from the common start to the end of this stream.
    package let nanoseconds: Double
  }

  private let pipeline: PipelineDefinition
  private let count: Int

  package init(_ pipeline: PipelineDefinition, count: Int) {
    self.pipeline = pipeline
    self.count = count
  }

  /// Starts all streams at once and waits for the last.
  package func run() async throws -> [End] {
    let start = ContinuousClock.now
    return try await withThrowingTaskGroup(of: End.self) { group in
      for _ in 0..<count {
        group.addTask { [pipeline] in try await Self.consume(pipeline, since: start) }
      }
      var ends: [End] = []
      for try await end in group { ends.append(end) }
      return ends
    }
  }

  /// Consumes one stream. The consumer yields after every batch, like one that waits for something,
  /// so that streams share the threads batch by batch.
  private static func consume(
    _ pipeline: PipelineDefinition, since start: ContinuousClock.Instant
  ) async throws -> End {
    let run = try Pipeline.start(pipeline)
    let position = try run.schema.requirePosition(of: "id", usedBy: "consumer")
    var seen = ConsumedRun()
    for try await batch in run.batches {
      try seen.add(batch, position)
      await Task.yield()
    }
    seen.aggregation = run.aggregationState
    return End(seen: seen, nanoseconds: start.duration(to: .now) / .nanoseconds(1))
  }
}

extension [ConcurrentStreams.End] {
  /// The time of the slowest stream in nanoseconds; 0 where there is no stream.
  package var slowest: Double { map(\.nanoseconds).max() ?? 0 }

  /// The slowest stream's time divided by the fastest's; 1 where all are equal.
  package var fairness: Double { slowest / (map(\.nanoseconds).min() ?? 1) }

  /// The records of all streams per second, by the time of the slowest.
  package var recordsASecond: Double {
    Double(reduce(0) { $0 + $1.seen.records }) / (slowest / 1e9)
  }

  /// A complaint about a stream that is wrong; nil when all are right.
  package func complaint(_ expectation: Expectation, streams: Int) -> String? {
    if count != streams { return "\(count) streams ended, and \(streams) should have" }
    return lazy.compactMap { expectation.complaint(about: $0.seen) }.first
  }
}
