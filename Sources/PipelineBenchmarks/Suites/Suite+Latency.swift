package import BenchKit
import PipelineWorkloads
import StreamingPipeline

extension Suite {
  /// Measures how long a consumer waits for its first record: from the call of `Pipeline.start`,
  /// which checks the definition and opens nothing, until the consumer has read a value of the
  /// first record of the first batch.
  ///
  /// An iteration is 200 starts, each stopped after its first batch, and 'first record p50', 'p90',
  /// 'p99' and 'max' are of these 200 waits. Elapsed time is the gate, because waiting is measured;
  /// it includes stopping. What comes after the first batch is not measured.
  ///
  /// Starts follow one another, so that no start waits for another (a closed loop); 'at a fixed
  /// rate' is the open loop.
  package static let latency = Suite("latency") {
    /// Reads plain records, generated as they are asked for. Later records must not matter.
    Benchmark(
      "first record", parameters: ["records": [10_000, 100_000, 1_000_000]], gate: gate,
      metrics: waits, version: 2
    ) { parameters, _ in
      let source = try PlainWorkload(count: parameters.integer("records"))
      return firstBatches(of: PipelineDefinition(source: source))
    }

    /// Reads a table in SQLite: the database is opened and the first page read. The file was just
    /// written, so it is in the system's cache, and no disk is measured.
    Benchmark(
      "first record from SQLite", parameters: ["records": [10_000, 1_000_000]], gate: gate,
      metrics: waits, version: 2
    ) { parameters, seed in
      let orders = try OrdersWorkload(count: parameters.integer("records"), seed: seed)
      let database = try OrdersDatabase(orders)
      return firstBatches(
        of: PipelineShape.simple.reading(try database.source()), keeping: database)
    }

    /// Reads a CSV file: it is opened, its first block read and the first records parsed. The file
    /// is in the system's cache.
    Benchmark(
      "first record from CSV", parameters: ["records": [10_000, 1_000_000]], gate: gate,
      metrics: waits
    ) { parameters, seed in
      let orders = try OrdersWorkload(count: parameters.integer("records"), seed: seed)
      let file = try OrdersFile(orders)
      return firstBatches(of: PipelineShape.simple.reading(try file.source()), keeping: file)
    }

    /// Reads orders, generated as they are asked for, with aggregates for three levels of groups,
    /// in all of which the first batch has been counted.
    Benchmark(
      "first record of the full report", parameters: ["records": [10_000]],
      gate: [.wall, .groupedAllocations], metrics: waits, version: 3
    ) { parameters, seed in
      let orders = try OrdersWorkload(count: parameters.integer("records"), seed: seed)
      return firstBatches(of: PipelineShape.report.reading(orders))
    }

    /// Starts 5,000 runs a second, whether or not the one before has ended. A wait counts from the
    /// time for which its start was scheduled, so that it includes the delay that slow starts cause
    /// for later ones: no delay of the measuring itself is lost (coordinated omission).
    Benchmark(
      "first record at a fixed rate", parameters: ["records": [10_000]], gate: gate,
      metrics: waits
    ) { parameters, _ in
      let source = try PlainWorkload(count: parameters.integer("records"))
      return firstBatches(of: PipelineDefinition(source: source), every: .microseconds(200))
    }

    /// Makes the records of a first batch 200 times, without a pipeline.
    Benchmark("control", parameters: ["records": [10_000]], gate: gate) { parameters, _ in
      let source = try PlainWorkload(count: parameters.integer("records"))
      let demand = PipelineOptions().maxDemand
      return .measuring {
        try (0..<FirstBatches.starts).reduce(0) { records, _ in
          records + (try source.open().next(atMost: demand)?.count ?? 0)
        }
      } checking: { records in
        let expected = demand * FirstBatches.starts
        return records == expected
          ? nil : "\(records) records were made, and \(expected) should have been"
      }
    }
  }
}

private let gate: Gate = [.wall, .allocations()]

private let median = CustomMetric("first record p50", unit: .nanoseconds)
private let p90 = CustomMetric("first record p90", unit: .nanoseconds)
private let p99 = CustomMetric("first record p99", unit: .nanoseconds)
private let longest = CustomMetric("first record max", unit: .nanoseconds)
private let waits = [median, p90, p99, longest]

private func firstBatches(
  of pipeline: PipelineDefinition, every interval: Duration? = nil,
  keeping owner: (any AnyObject & Sendable)? = nil
) -> Work {
  .measuring {
    try await FirstBatches(of: pipeline, every: interval)
  } reporting: { first, reporter in
    reporter[median] = first.quantile(0.5)
    reporter[p90] = first.quantile(0.9)
    reporter[p99] = first.quantile(0.99)
    reporter[longest] = first.quantile(1)
  } checking: { first in
    withExtendedLifetime(owner) { first.complaint }
  }
}
