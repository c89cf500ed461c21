package import BenchKit
import StreamingPipeline

extension Suite {
  /// Measures the cost of aggregating, by the records of whole runs: one iteration is one run over
  /// orders in memory, from `Pipeline.start` to the aggregates. 'none' is the same run without
  /// aggregates, so the difference is the cost of the aggregates. With `per = "records"` a target
  /// gives the time of a record, and with `per = "groups"` the bytes of a group from 'peak live
  /// heap'. Making the orders is not measured.
  package static let aggregation = Suite("aggregation") {
    /// Reads one field of each of the orders, without a pipeline.
    Benchmark("control", parameters: small, gate: gate) { parameters, seed in
      let records = parameters.integer("records")
      let orders = try OrdersInMemory(count: records, seed: seed)
      return .draining(try orders.source(), expecting: .everyID(records))
    }

    /// Passes records from source to consumer, without aggregates.
    Benchmark("none", parameters: small, gate: gate) { parameters, seed in
      let orders = try OrdersInMemory(count: parameters.integer("records"), seed: seed)
      return .running(
        PipelineShape.simple.reading(try orders.source()),
        expecting: .everyID(parameters.integer("records")))
    }

    /// Computes eight aggregates over all records.
    Benchmark("global", parameters: small, gate: gate, version: 2) { parameters, seed in
      try aggregating(.global, parameters, seed)
    }

    /// Computes eight aggregates for each group of this many cumulative levels: 5, 30 and 130
    /// groups.
    Benchmark(
      "levels", parameters: ["records": [10_000], "levels": [1, 2, 3]], gate: groupedGate,
      version: 2
    ) { parameters, seed in
      try aggregating(.levels(1...parameters.integer("levels")), parameters, seed)
    }

    /// Computes count and sum for each of this many groups by a text with codes.
    Benchmark(
      "groups", parameters: ["records": [100_000], "groups": [10, 100, 1_000, 10_000]],
      gate: groupedGate
    ) { parameters, seed in
      let orders = try OrdersInMemory(
        count: parameters.integer("records"), seed: seed, groups: parameters.integer("groups"))
      return checked(try SegmentReference(orders))
    }

    /// Does the same with 1,000 groups where 100 are permitted: nine records of ten are rejected
    /// and counted.
    Benchmark("over the limit", parameters: small, gate: groupedGate) { parameters, seed in
      let orders = try OrdersInMemory(
        count: parameters.integer("records"), seed: seed, groups: 1_000)
      var options = PipelineOptions()
      options.maxGroups = 100
      return checked(try SegmentReference(orders, permitting: 100), options)
    }

    /// Computes one aggregate over all amounts.
    Benchmark(
      "function",
      parameters: [
        "records": [10_000], "function": AggregateReference.names.map { .text($0) },
      ], gate: [.cpu, .allocations(.exact(tolerance: 0.02))]
    ) { parameters, seed in
      let orders = try OrdersInMemory(count: parameters.integer("records"), seed: seed)
      return checked(
        try AggregateReference(parameters.text("function"), of: orders.orders), try orders.source())
    }

    /// Computes the median and the 99th percentile: exact up to 10,000 values, sketched beyond.
    Benchmark(
      "percentile", parameters: ["records": [10_000, 100_000], "percent": [50, 99]],
      gate: [.cpu, .allocations(.exact(tolerance: 0.02))]
    ) { parameters, seed in
      let orders = try OrdersInMemory(count: parameters.integer("records"), seed: seed)
      let percent = Double(parameters.integer("percent"))
      return checked(
        try AggregateReference(percentile: percent, of: orders.orders), try orders.source())
    }
  }
}

private let small: Sweep = ["records": [10_000]]

private let gate: Gate = [.cpu, .allocations()]

private let groupedGate: Gate = [.cpu, .groupedAllocations, .peakLiveHeap(.exact(tolerance: 0.02))]

private func aggregating(
  _ shape: PipelineShape, _ parameters: Parameters, _ seed: UInt64
) throws -> Work {
  let orders = try OrdersInMemory(count: parameters.integer("records"), seed: seed)
  return .running(
    shape.reading(try orders.source()), expecting: try .folding(orders.orders, through: shape))
}

private func checked(
  _ reference: SegmentReference, _ options: PipelineOptions = PipelineOptions()
) -> Work {
  .measuring {
    try ConsumedRun(of: reference.pipeline, consuming: "id", options: options)
  } checking: { seen in
    reference.complaint(about: seen)
  }
}

private func checked(_ reference: AggregateReference, _ source: MemorySource) -> Work {
  let pipeline = PipelineDefinition(
    source: source, aggregation: Aggregation(global: [reference.aggregate]))
  return .measuring {
    try ConsumedRun(of: pipeline, consuming: "id")
  } checking: { seen in
    reference.complaint(about: seen.aggregation?.global.first)
  }
}
