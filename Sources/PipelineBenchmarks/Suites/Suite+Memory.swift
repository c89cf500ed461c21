package import BenchKit
import PipelineWorkloads
import StreamingPipeline

/// The reference is 1,000 records: a pipeline that streams needs no more for 1,000 times as many.
private let sizes: Sweep = ["records": [1_000, 10_000, 100_000, 1_000_000]]

/// The highest live heap hardly varies between processes: by 0.07 % in 25 of them where there are
/// groups, and not at all where there are none. The peak resident size is shown in addition; it
/// also contains the program itself, its libraries and memory that the allocator keeps.
private let peak = Gate.peakLiveHeap(.exact(tolerance: 0.01))

extension Suite {
  /// Measures what whole runs of the pipeline hold in memory. One iteration is one run, as in
  /// 'throughput', but the records are generated during the run, so that no more of them exist than
  /// the pipeline permits. Generating them is measured too, because a chunk of the generator is a
  /// buffer that the pipeline holds.
  package static let memory = Suite("memory") {
    /// Streams plain records, without a stage between source and consumer.
    Benchmark("stream", parameters: sizes, gate: [.allocations(), peak]) { parameters, _ in
      let records = parameters.integer("records")
      let pipeline = PipelineDefinition(source: try PlainWorkload(count: records))
      return .running(pipeline, expecting: .everyID(records))
    }

    /// Groups orders, with eight aggregates for each of the 100 groups of region, territory and
    /// order type.
    Benchmark("grouped", parameters: sizes, gate: [.groupedAllocations, peak], version: 2) {
      parameters, seed in
      let orders = try OrdersWorkload(count: parameters.integer("records"), seed: seed)
      return .running(
        PipelineShape.finest.reading(orders), expecting: try .folding(orders, through: .finest))
    }

    /// Makes plain records in chunks and reads one field of each, without a pipeline.
    Benchmark(
      "control", parameters: ["records": [1_000, 1_000_000]], gate: [.allocations(), peak]
    ) { parameters, _ in
      let records = parameters.integer("records")
      return .draining(try PlainWorkload(count: records), expecting: .everyID(records))
    }
  }
}
