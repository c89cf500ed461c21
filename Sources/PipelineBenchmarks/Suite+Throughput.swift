package import BenchKit
import Foundation
import PipelineWorkloads
import StreamingPipeline

private let sizes: Sweep = ["records": [10_000, 100_000]]

private let partitions: [ParameterValue] =
  Set([1, 2, ProcessInfo.processInfo.activeProcessorCount]).sorted().map { .integer($0) }

/// Of benchmarks beside a reference that stands for a whole file or table.
private let stored: Sweep = ["records": [10_000, 1_000_000]]

private let bytesASecond = CustomMetric("bytes a second", unit: .perSecond, better: .higher)

/// Single-threaded work, so a commit fails on CPU time; and on allocations, which are the same in
/// every process.
private let gate: Gate = [.cpu, .allocations()]

/// Where there are groups.
private let groupedGate: Gate = [.cpu, .groupedAllocations]

extension Suite {
  /// Whole runs of the pipeline, as fast as they go. One iteration is one run: from
  /// `Pipeline.start` to the last record at the consumer, which reads one field of every record,
  /// and to the figures where some are computed. Runs pull on one thread.
  ///
  /// The orders are made beforehand and read from memory, so that what is measured is the pipeline.
  /// 'control' says what making them costs: it makes them without a pipeline. What a benchmark is
  /// measured by stands beside it: 'fused loop' beside 'grouped', 'fused filter, map and group'
  /// beside 'filter, map and group', 'control' beside 'simple from generator', 'bare SQLite loop'
  /// beside 'simple from SQLite', and one partition beside two. Reading a file or database includes
  /// opening it.
  package static let throughput = Suite("throughput") {
    /// Source to consumer, and no stage between them: what batches, demand and bookkeeping cost.
    Benchmark("simple", parameters: sizes, gate: gate) { parameters, seed in
      let orders = try OrdersInMemory(count: parameters.integer("records"), seed: seed)
      return try run(.simple, on: orders, expecting: .everyID(parameters.integer("records")))
    }

    /// One field computed from two others. The consumer reads the new field.
    Benchmark("map", parameters: sizes, gate: gate) { parameters, seed in
      let orders = try OrdersInMemory(count: parameters.integer("records"), seed: seed)
      return try run(.map, on: orders, expecting: .mapping(orders.orders))
    }

    /// A condition on a text and a number. The consumer reads the third of the records that is
    /// left.
    Benchmark("filter", parameters: sizes, gate: gate) { parameters, seed in
      let orders = try OrdersInMemory(count: parameters.integer("records"), seed: seed)
      return try run(.filter, on: orders, expecting: .filtering(orders.orders))
    }

    /// Eight figures over all records.
    Benchmark("global aggregates", parameters: sizes, gate: gate, version: 2) { parameters, seed in
      let orders = try OrdersInMemory(count: parameters.integer("records"), seed: seed)
      return try run(.global, on: orders, expecting: .folding(orders.orders, through: .global))
    }

    /// Eight figures for each of the 25 groups of region and territory.
    Benchmark("grouped", parameters: sizes, gate: groupedGate, version: 2) { parameters, seed in
      let orders = try OrdersInMemory(count: parameters.integer("records"), seed: seed)
      return try run(.grouped, on: orders, expecting: .folding(orders.orders, through: .grouped))
    }

    /// Eight figures over all records and for the groups of three cumulative levels, in one pass.
    Benchmark("full report", parameters: sizes, gate: groupedGate, version: 2) { parameters, seed in
      let orders = try OrdersInMemory(count: parameters.integer("records"), seed: seed)
      return try run(.report, on: orders, expecting: .folding(orders.orders, through: .report))
    }

    /// The same work as 'grouped' on records that are read from an SQLite table, page by page.
    /// Opening the database and preparing the statements is part of it. The file was just written,
    /// so that the system has it in memory: no disk is measured.
    Benchmark("grouped from SQLite", parameters: sizes, gate: groupedGate, version: 2) {
      parameters, seed in
      let orders = try OrdersWorkload(count: parameters.integer("records"), seed: seed)
      let database = try OrdersDatabase(orders)
      let pipeline = PipelineShape.grouped.reading(try database.source())
      return .running(
        pipeline, expecting: try .folding(orders, through: .grouped), keeping: database)
    }

    /// The same work as 'grouped' on records that are made on the way: about 'control' and
    /// 'grouped' together.
    Benchmark("grouped from generator", parameters: sizes, gate: groupedGate, version: 2) {
      parameters, seed in
      let orders = try OrdersWorkload(count: parameters.integer("records"), seed: seed)
      return .running(
        PipelineShape.grouped.reading(orders), expecting: try .folding(orders, through: .grouped))
    }

    /// Source to consumer without a stage, of records that are made on the way: beside 'control' it
    /// shows what a pipeline adds.
    Benchmark("simple from generator", parameters: sizes, gate: gate) { parameters, seed in
      let orders = try OrdersWorkload(count: parameters.integer("records"), seed: seed)
      return .running(
        PipelineShape.simple.reading(orders), expecting: .everyID(parameters.integer("records")))
    }

    /// Source to consumer without a stage, from an SQLite table: beside 'bare SQLite loop' it shows
    /// what the source adds.
    Benchmark("simple from SQLite", parameters: stored, gate: gate) { parameters, seed in
      let orders = try OrdersWorkload(count: parameters.integer("records"), seed: seed)
      let database = try OrdersDatabase(orders)
      return .running(
        PipelineShape.simple.reading(try database.source()),
        expecting: .everyID(parameters.integer("records")), keeping: database)
    }

    /// Source to consumer without a stage, from a CSV file that the system has in memory: opened,
    /// parsed and converted. 'bytes a second' are the file's bytes by elapsed time.
    Benchmark("simple from CSV", parameters: stored, gate: gate, metrics: [bytesASecond]) {
      parameters, seed in
      let records = parameters.integer("records")
      let file = try OrdersFile(try OrdersWorkload(count: records, seed: seed))
      let pipeline = PipelineShape.simple.reading(try file.source())
      let expectation = Expectation.everyID(records)
      return .measuring {
        try Timed { try ConsumedRun(of: pipeline, consuming: "id") }
      } reporting: { timed, report in
        report[bytesASecond] = Double(file.bytes) / timed.seconds
      } checking: { timed in
        expectation.complaint(about: timed.value)
      }
    }

    /// The same work as 'grouped' on records that are read from a CSV file.
    Benchmark("grouped from CSV", parameters: ["records": [100_000]], gate: groupedGate, version: 2)
    {
      parameters, seed in
      let orders = try OrdersWorkload(count: parameters.integer("records"), seed: seed)
      let file = try OrdersFile(orders)
      return .running(
        PipelineShape.grouped.reading(try file.source()),
        expecting: try .folding(orders, through: .grouped), keeping: file)
    }

    /// 'filter' and 'map', then count and sum of the new field for the 25 groups of region and
    /// territory: what a small report does.
    Benchmark("filter, map and group", parameters: stored, gate: groupedGate) { parameters, seed in
      let orders = try OrdersInMemory(count: parameters.integer("records"), seed: seed)
      return try run(.sales, on: orders, expecting: .sales(orders.orders))
    }

    /// Sum and count for each of 10,000 groups by a text that comes without a dictionary, so that
    /// every record's is hashed and compared.
    Benchmark("grouped by text", parameters: ["records": [1_000_000]], gate: groupedGate) {
      parameters, _ in
      let records = TextRecords(count: parameters.integer("records"))
      return .running(
        try records.pipeline(), consuming: "value", expecting: records.expectation)
    }

    /// The work of 'full report' dealt to one worker, to two, and to one a core, in batches of
    /// 4,000 records. Tasks are started as work gathers, so that the allocations of one run are not
    /// quite those of another.
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

    /// No pipeline: makes the orders in chunks and reads one field of each.
    Benchmark("control", parameters: sizes, gate: gate) { parameters, seed in
      let orders = try OrdersWorkload(count: parameters.integer("records"), seed: seed)
      return .draining(orders, expecting: .everyID(parameters.integer("records")))
    }

    /// No pipeline: steps the query of 'simple from SQLite' with SQLite's own functions and reads
    /// every column.
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

    /// No pipeline: the figures of 'filter, map and group' by a loop written for them, over the
    /// same columns in memory.
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

    /// No pipeline: the figures of 'grouped' by a loop written for them, over the same columns in
    /// memory.
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
