package import BenchKit
import PipelineWorkloads
import StreamingPipeline

extension Suite {
  /// Measures concurrent streams: each is a run of its own over the same 10,000 orders, generated
  /// during the run, with aggregates for 25 groups, and a consumer in a task of its own that yields
  /// after every batch. Every stream's result is checked.
  ///
  /// An iteration starts all streams at once and ends with the last. 'slowest stream' and
  /// 'fairness', the slowest divided by the fastest, count from the common start. Elapsed time is
  /// the gate, because streams run on all cores. Tasks start as there is room, so allocations vary
  /// a little.
  package static let concurrency = Suite("concurrency") {
    /// Runs this many streams on as many threads as there are cores.
    Benchmark(
      "streams", parameters: ["records": [10_000], "streams": [1, 5, 10, 20, 50]],
      gate: [.wall, .allocations(.exact(tolerance: 0.2))],
      metrics: [recordsASecond, slowestStream, fairness], version: 2
    ) { parameters, seed in
      let orders = try OrdersWorkload(count: parameters.integer("records"), seed: seed)
      let expectation = try Expectation.folding(orders, through: .grouped)
      let count = parameters.integer("streams")
      let streams = ConcurrentStreams(PipelineShape.grouped.reading(orders), count: count)
      return .measuring {
        try await streams.run()
      } reporting: { ends, reporter in
        reporter[recordsASecond] = ends.recordsASecond
        reporter[slowestStream] = ends.slowest
        reporter[fairness] = ends.fairness
      } checking: { ends in
        ends.complaint(expectation, streams: count)
      }
    }

    /// Makes the orders of one stream, without a pipeline or a task.
    Benchmark("control", parameters: ["records": [10_000]], gate: [.cpu, .allocations()]) {
      parameters, seed in
      let records = parameters.integer("records")
      return .draining(
        try OrdersWorkload(count: records, seed: seed), expecting: .everyID(records))
    }
  }
}

private let recordsASecond = CustomMetric("records a second", unit: .perSecond, better: .higher)
private let slowestStream = CustomMetric("slowest stream", unit: .nanoseconds)
private let fairness = CustomMetric("fairness", unit: .count)
