package import BenchKit
import StreamingPipeline

private let sizes: Sweep = ["records": [10_000, 100_000]]

/// Single-threaded work, so a commit fails on CPU time; and on allocations, which are the same in every process.
private let gate: Gate = [.cpu, .allocations()]

/// Where there are groups.
private let groupedGate: Gate = [.cpu, .groupedAllocations]

/// Whole runs of the pipeline, as fast as they go. One iteration is one run: from `Pipeline.start` to the last record at the consumer, which
/// reads one field of every record, and to the figures where some are computed. Runs pull on one thread.
///
/// The orders are made beforehand and read from memory, so that what is measured is the pipeline. Two benchmarks say what making them costs:
/// 'control' makes them without a pipeline, 'generated' makes them on the way into one. 'fused loop' is the measure for 'grouped'.
package let throughputSuite = Suite("throughput") {
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

  /// A condition on a text and a number. The consumer reads the third of the records that is left.
  Benchmark("filter", parameters: sizes, gate: gate) { parameters, seed in
    let orders = try OrdersInMemory(count: parameters.integer("records"), seed: seed)
    return try run(.filter, on: orders, expecting: .filtering(orders.orders))
  }

  /// Six figures over all records.
  Benchmark("global aggregates", parameters: sizes, gate: gate) { parameters, seed in
    let orders = try OrdersInMemory(count: parameters.integer("records"), seed: seed)
    return try run(.global, on: orders, expecting: .folding(orders.orders, through: .global))
  }

  /// Six figures for each of the 25 groups of region and territory.
  Benchmark("grouped", parameters: sizes, gate: groupedGate) { parameters, seed in
    let orders = try OrdersInMemory(count: parameters.integer("records"), seed: seed)
    return try run(.grouped, on: orders, expecting: .folding(orders.orders, through: .grouped))
  }

  /// Six figures over all records and for the groups of three cumulative levels, in one pass.
  Benchmark("full report", parameters: sizes, gate: groupedGate) { parameters, seed in
    let orders = try OrdersInMemory(count: parameters.integer("records"), seed: seed)
    return try run(.report, on: orders, expecting: .folding(orders.orders, through: .report))
  }

  /// The same work as 'grouped' on records that are read from an SQLite table, page by page. Opening the database and preparing the
  /// statements is part of it. The file was just written, so that the system has it in memory: no disk is measured.
  Benchmark("grouped from SQLite", parameters: sizes, gate: groupedGate) { parameters, seed in
    let orders = try OrdersWorkload(count: parameters.integer("records"), seed: seed)
    let database = try OrdersDatabase(orders)
    let pipeline = PipelineShape.grouped.reading(try database.source())
    return run(
      pipeline, expecting: try .folding(orders, through: .grouped), keeping: database)
  }

  /// The same work as 'grouped' on records that are made on the way: about 'control' and 'grouped' together.
  Benchmark("grouped from generator", parameters: sizes, gate: groupedGate) { parameters, seed in
    let orders = try OrdersWorkload(count: parameters.integer("records"), seed: seed)
    return run(
      PipelineShape.grouped.reading(orders), expecting: try .folding(orders, through: .grouped))
  }

  /// Sum and count for each of 10,000 groups by a text that comes without a dictionary, so that every record's is hashed and compared.
  Benchmark("grouped by text", parameters: ["records": [1_000_000]], gate: groupedGate) {
    parameters, _ in
    let records = TextRecords(count: parameters.integer("records"))
    return run(
      try records.pipeline(), consuming: "value", expecting: records.expectation)
  }

  /// The work of 'full report' dealt to one worker and to two, in batches of 4,000 records. Tasks are started as work gathers, so that
  /// the allocations of one run are not quite those of another.
  Benchmark(
    "partitioned report", parameters: ["records": [1_000_000], "partitions": [1, 2]],
    gate: [.wall, .allocations(.exact(tolerance: 0.2))]
  ) { parameters, seed in
    let orders = try OrdersInMemory(count: parameters.integer("records"), seed: seed)
    var options = PipelineOptions()
    options.chunkSize = 4_000
    options.bufferSize = 4_000
    options.maxDemand = 4_000
    options.partitions = parameters.integer("partitions")
    return run(
      PipelineShape.report.reading(try orders.source()), options: options,
      expecting: try .folding(orders.orders, through: .report))
  }

  /// No pipeline: makes the orders in chunks and reads one field of each.
  Benchmark("control", parameters: sizes, gate: gate) { parameters, seed in
    let orders = try OrdersWorkload(count: parameters.integer("records"), seed: seed)
    let expectation = Expectation.everyID(parameters.integer("records"))
    return .measuring {
      try Consumption(draining: orders, consuming: "id")
    } checking: {
      expectation.complaint(about: $0)
    }
  }

  /// No pipeline: the figures of 'grouped' by a loop written for them, over the same columns in memory.
  Benchmark("fused loop", parameters: sizes, gate: gate) { parameters, seed in
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

private func run(
  _ shape: PipelineShape, on orders: OrdersInMemory, expecting expectation: Expectation
) throws -> Work {
  run(
    shape.reading(try orders.source()), consuming: shape.consumed, expecting: expectation)
}
