package import BenchKit
import PipelineWorkloads
import StreamingPipeline

extension Suite {
  /// Measures how the time of a whole run grows with the number of records and with the size of
  /// chunks. The orders are generated during the run, so that no data grows beside the pipeline and
  /// exceeds a cache; 'control' measures generating them. One iteration is one run, from the source
  /// to the end.
  package static let scalability = Suite("scalability") {
    /// Computes eight aggregates over all records and for three cumulative levels of groups.
    Benchmark(
      "full report", parameters: ["records": [10_000, 30_000, 100_000, 300_000, 1_000_000]],
      gate: [.cpu, .groupedAllocations], version: 2
    ) { parameters, seed in
      let orders = try OrdersWorkload(count: parameters.integer("records"), seed: seed)
      return .running(
        PipelineShape.report.reading(orders), expecting: try .folding(orders, through: .report))
    }

    /// Does the same, with records read and delivered in chunks of this size.
    Benchmark(
      "chunks", parameters: ["records": [100_000], "chunk": [100, 500, 1_000, 5_000]],
      gate: [.cpu, .groupedAllocations], version: 2
    ) { parameters, seed in
      let orders = try OrdersWorkload(count: parameters.integer("records"), seed: seed)
      let chunk = parameters.integer("chunk")
      var options = PipelineOptions()
      options.chunkSize = chunk
      options.bufferSize = chunk
      options.maxDemand = chunk
      options.minDemand = chunk / 5
      return .running(
        PipelineShape.report.reading(orders), options: options,
        expecting: try .folding(orders, through: .report))
    }

    /// Makes the orders in chunks and reads one field of each, without a pipeline.
    Benchmark(
      "control", parameters: ["records": [10_000, 100_000, 1_000_000]],
      gate: [.cpu, .allocations()]
    ) { parameters, seed in
      let records = parameters.integer("records")
      return .draining(
        try OrdersWorkload(count: records, seed: seed), expecting: .everyID(records))
    }
  }
}
