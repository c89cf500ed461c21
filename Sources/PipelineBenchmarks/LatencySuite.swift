package import BenchKit
import StreamingPipeline

/// How long a consumer waits for its first record: from the call of `Pipeline.start`, which checks the definition and opens nothing, to the
/// moment the consumer has read a value of the first record of the first batch.
///
/// Every iteration is a start of its own, and stops the run after the first batch. Elapsed time is the gate, for waiting is what is measured;
/// it holds the stop too. 'first record' holds the wait alone, of one start a sample, so that quantiles can be taken of it.
package let latencySuite = Suite("latency") {
  /// Plain records, made as they are asked for. What is yet to come must not matter.
  Benchmark(
    "first record", parameters: ["records": [10_000, 100_000, 1_000_000]], gate: gate,
    metrics: [firstRecord]
  ) { parameters, _ in
    let source = try PlainWorkload(count: parameters.integer("records"))
    return firstBatch(of: PipelineDefinition(source: source))
  }

  /// From a table in SQLite: the database is opened and the first page read. The file was just written, so that the system has it in
  /// memory: no disk is measured.
  Benchmark(
    "first record from SQLite", parameters: ["records": [10_000]], gate: gate,
    metrics: [firstRecord]
  ) { parameters, seed in
    let orders = try OrdersWorkload(count: parameters.integer("records"), seed: seed)
    let database = try OrdersDatabase(orders)
    return firstBatch(of: PipelineShape.simple.reading(try database.source()), keeping: database)
  }

  /// Orders, made as they are asked for, with figures for three levels of groups: the first batch has been through all of them.
  Benchmark(
    "first record of the full report", parameters: ["records": [10_000]], gate: gate,
    metrics: [firstRecord]
  ) { parameters, seed in
    let orders = try OrdersWorkload(count: parameters.integer("records"), seed: seed)
    return firstBatch(of: PipelineShape.report.reading(orders))
  }
}

private let gate: Gate = [.wall, .allocations()]

private let firstRecord = CustomMetric("first record", unit: .nanoseconds)

private func firstBatch(
  of pipeline: PipelineDefinition, keeping owner: (any AnyObject & Sendable)? = nil
) -> Work {
  .measuring {
    try await FirstBatch(of: pipeline)
  } reporting: { first, report in
    report[firstRecord] = first.nanoseconds
  } checking: { first in
    withExtendedLifetime(owner) { first.complaint }
  }
}
