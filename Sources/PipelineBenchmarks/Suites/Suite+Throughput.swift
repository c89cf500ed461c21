package import BenchKit
import Foundation
import PipelineWorkloads
import StreamingPipeline

private let sizes: Sweep = ["records": [10_000, 100_000]]

private let partitions: [ParameterValue] =
  Set([1, 2, ProcessInfo.processInfo.activeProcessorCount]).sorted().map { .integer($0) }

/// The sizes of benchmarks with a reference that reads a whole file or table.
private let stored: Sweep = ["records": [10_000, 1_000_000]]

private let bytesASecond = CustomMetric("bytes a second", unit: .perSecond, better: .higher)

/// The gate of single-threaded work: CPU time, and allocations, which are the same in every
/// process.
private let gate: Gate = [.cpu, .allocations()]

/// The gate of benchmarks with groups.
private let groupedGate: Gate = [.cpu, .groupedAllocations]

extension Suite {
  /// Measures whole runs of the pipeline at full speed. One iteration is one run: from
  /// `Pipeline.start` to the last record at the consumer, which reads one field of every record,
  /// and to the aggregates if there are any. Runs pull on one thread.
  ///
  /// The orders are made beforehand and read from memory, so that the pipeline is measured;
  /// 'control' makes them without a pipeline, which shows their cost. Compare 'grouped' with 'fused
  /// loop', 'filter, map and group' with 'fused filter, map and group', 'simple from generator'
  /// with 'control', 'simple from SQLite' with 'bare SQLite loop', and two partitions with one.
  /// Reading a file or database includes opening it.
  package static let throughput = Suite("throughput") {
    /// Passes records from source to consumer, without a stage: the cost of batches, demand and
    /// bookkeeping.
    Benchmark("simple", parameters: sizes, gate: gate) { parameters, seed in
      let orders = try OrdersInMemory(count: parameters.integer("records"), seed: seed)
      return try run(.simple, on: orders, expecting: .everyID(parameters.integer("records")))
    }

    /// Computes one field from two others. The consumer reads the new field.
    Benchmark("map", parameters: sizes, gate: gate) { parameters, seed in
      let orders = try OrdersInMemory(count: parameters.integer("records"), seed: seed)
      return try run(.map, on: orders, expecting: .mapping(orders.orders))
    }

    /// Filters by a condition on a text and a number. The consumer reads the remaining third of the
    /// records.
    Benchmark("filter", parameters: sizes, gate: gate) { parameters, seed in
      let orders = try OrdersInMemory(count: parameters.integer("records"), seed: seed)
      return try run(.filter, on: orders, expecting: .filtering(orders.orders))
    }

    /// Computes eight aggregates over all records.
    Benchmark("global aggregates", parameters: sizes, gate: gate, version: 2) { parameters, seed in
      let orders = try OrdersInMemory(count: parameters.integer("records"), seed: seed)
      return try run(.global, on: orders, expecting: .folding(orders.orders, through: .global))
    }

    /// Computes eight aggregates for each of the 25 groups of region and territory.
    Benchmark("grouped", parameters: sizes, gate: groupedGate, version: 2) { parameters, seed in
      let orders = try OrdersInMemory(count: parameters.integer("records"), seed: seed)
      return try run(.grouped, on: orders, expecting: .folding(orders.orders, through: .grouped))
    }

    /// Computes eight aggregates over all records and for the groups of three cumulative levels, in
    /// one pass.
    Benchmark("full report", parameters: sizes, gate: groupedGate, version: 2) { parameters, seed in
      let orders = try OrdersInMemory(count: parameters.integer("records"), seed: seed)
      return try run(.report, on: orders, expecting: .folding(orders.orders, through: .report))
    }

    /// Does the work of 'grouped' on records that are read from an SQLite table, page by page.
    /// Opening the database and preparing the statements is included. The file was just written, so
    /// it is in the system's cache, and no disk is measured.
    Benchmark("grouped from SQLite", parameters: sizes, gate: groupedGate, version: 2) {
      parameters, seed in
      let orders = try OrdersWorkload(count: parameters.integer("records"), seed: seed)
      let database = try OrdersDatabase(orders)
      let pipeline = PipelineShape.grouped.reading(try database.source())
      return .running(
        pipeline, expecting: try .folding(orders, through: .grouped), keeping: database)
    }

    /// Does the work of 'grouped' on records that are generated during the run: about the sum of
    /// 'control' and 'grouped'.
    Benchmark("grouped from generator", parameters: sizes, gate: groupedGate, version: 2) {
      parameters, seed in
      let orders = try OrdersWorkload(count: parameters.integer("records"), seed: seed)
      return .running(
        PipelineShape.grouped.reading(orders), expecting: try .folding(orders, through: .grouped))
    }

    /// Passes records that are generated during the run to the consumer, without a stage. Compared
    /// with 'control' it shows what a pipeline adds.
    Benchmark("simple from generator", parameters: sizes, gate: gate) { parameters, seed in
      let orders = try OrdersWorkload(count: parameters.integer("records"), seed: seed)
      return .running(
        PipelineShape.simple.reading(orders), expecting: .everyID(parameters.integer("records")))
    }

    /// Passes records of an SQLite table to the consumer, without a stage. Compared with 'bare
    /// SQLite loop' it shows what the source adds.
    Benchmark("simple from SQLite", parameters: stored, gate: gate) { parameters, seed in
      let orders = try OrdersWorkload(count: parameters.integer("records"), seed: seed)
      let database = try OrdersDatabase(orders)
      return .running(
        PipelineShape.simple.reading(try database.source()),
        expecting: .everyID(parameters.integer("records")), keeping: database)
    }

    /// Passes records of a cached CSV file to the consumer, without a stage: the file is opened,
    /// parsed and converted. 'bytes a second' are the file's bytes by elapsed time.
    Benchmark("simple from CSV", parameters: stored, gate: gate, metrics: [bytesASecond]) {
      parameters, seed in
      let records = parameters.integer("records")
      let file = try OrdersFile(try OrdersWorkload(count: records, seed: seed))
      let pipeline = PipelineShape.simple.reading(try file.source())
      let expectation = Expectation.everyID(records)
      return .measuring {
        try Timed { try ConsumedRun(of: pipeline, consuming: "id") }
      } reporting: { timed, reporter in
        reporter[bytesASecond] = Double(file.bytes) / timed.seconds
      } checking: { timed in
        expectation.complaint(about: timed.value)
      }
    }

    /// Does the work of 'grouped' on records that are read from a CSV file.
    Benchmark("grouped from CSV", parameters: ["records": [100_000]], gate: groupedGate, version: 2)
    {
      parameters, seed in
      let orders = try OrdersWorkload(count: parameters.integer("records"), seed: seed)
      let file = try OrdersFile(orders)
      return .running(
        PipelineShape.grouped.reading(try file.source()),
        expecting: try .folding(orders, through: .grouped), keeping: file)
    }

    /// Does the work of 'filter' and 'map', and then computes count and sum of the new field for
    /// the 25 groups of region and territory, as a small report does.
    Benchmark("filter, map and group", parameters: stored, gate: groupedGate) { parameters, seed in
      let orders = try OrdersInMemory(count: parameters.integer("records"), seed: seed)
      return try run(.sales, on: orders, expecting: .sales(orders.orders))
    }

    /// Computes sum and count for each of 10,000 groups by a text without a dictionary, so that
    /// every record's text is hashed and compared.
    Benchmark("grouped by text", parameters: ["records": [1_000_000]], gate: groupedGate) {
      parameters, _ in
      let records = TextRecords(count: parameters.integer("records"))
      return .running(
        try records.pipeline(), consuming: "value", expecting: records.expectation)
    }

    /// Does the work of 'full report' with one worker, two workers and one for each core, in
    /// batches of 4,000 records. Tasks are started as work accumulates, so that the allocations of
    /// two runs differ slightly.
    Benchmark(
      "partitioned report", parameters: ["records": [1_000_000], "partitions": partitions],
      gate: [.wall, .allocations(.exact(tolerance: 0.2))], version: 2
    ) { parameters, seed in
      let orders = try OrdersInMemory(count: parameters.integer("records"), seed: seed)
      var options = PipelineOptions()
      options.chunkSize = 4_000
      options.bufferSize = 4_000
      options.maxDemand = 4_000
      options.partitions = parameters.integer("partitions")
      return .running(
        PipelineShape.report.reading(try orders.source()), options: options,
        expecting: try .folding(orders.orders, through: .report))
    }

    /// Makes the orders in chunks and reads one field of each, without a pipeline.
    Benchmark("control", parameters: sizes, gate: gate) { parameters, seed in
      let orders = try OrdersWorkload(count: parameters.integer("records"), seed: seed)
      return .draining(orders, expecting: .everyID(parameters.integer("records")))
    }

    /// Steps the query of 'simple from SQLite' with SQLite's own functions and reads every column,
    /// without a pipeline.
    Benchmark("bare SQLite loop", parameters: stored, gate: gate) { parameters, seed in
      let records = parameters.integer("records")
      let loop = BareSQLiteLoop(
        try OrdersDatabase(try OrdersWorkload(count: records, seed: seed)))
      let expectation = Expectation.everyID(records)
      return .measuring {
        try loop.run()
      } checking: { seen in
        seen.records == expectation.records && seen.sumOfIDs == expectation.sum
          ? nil : "it read \(seen.records) rows, and not \(expectation.records)"
      }
    }

    /// Computes the aggregates of 'filter, map and group' by a handwritten loop over the same
    /// columns in memory, without a pipeline.
    Benchmark("fused filter, map and group", parameters: stored, gate: gate) { parameters, seed in
      let orders = try OrdersInMemory(count: parameters.integer("records"), seed: seed)
      let expectation = try Expectation.sales(orders.orders)
      let loop = try FusedLoop(orders.batches)
      return .measuring {
        try loop.runSales()
      } checking: {
        $0 == expectation.groupings[0] ? nil : "the groups differ from those of the reference"
      }
    }

    /// Computes the aggregates of 'grouped' by a handwritten loop over the same columns in memory,
    /// without a pipeline.
    Benchmark("fused loop", parameters: sizes, gate: gate, version: 2) { parameters, seed in
      let orders = try OrdersInMemory(count: parameters.integer("records"), seed: seed)
      let expectation = try Expectation.folding(orders.orders, through: .grouped)
      let loop = try FusedLoop(orders.batches)
      return .measuring {
        try loop.run()
      } checking: {
        $0 == expectation.groupings[0] ? nil : "the groups differ from those of the reference"
      }
    }
  }
}

private func run(
  _ shape: PipelineShape, on orders: OrdersInMemory, expecting expectation: Expectation
) throws -> Work {
  .running(
    shape.reading(try orders.source()), consuming: shape.consumed, expecting: expectation)
}
