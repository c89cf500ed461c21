import BenchTestSupport
import PipelineWorkloads
import StreamingPipeline
import Testing

/// Tests of the defects of the pipeline from which this design comes that belong to no other suite.
/// `SteeringTests` covers 1 to 6, 9 and 10, `TimeLimitTests` the first half of 8,
/// `AggregationTests` 11, and `RetryTests` 13 and 14; the names of those tests say so.
@Suite struct DefectTests {
  @Test("defect 12: the fields that are named are the fields that come; others are refused")
  func fields() throws {
    let source = try PlainWorkload(count: 1)
    let run = try Pipeline.start(
      PipelineDefinition(
        source: source,
        transforms: [.map(Field("double", .int64), from: "id") { (id: Int64) in id &* 2 }]))
    #expect(run.schema.fields == source.schema.fields + [Field("double", .int64)])
    try run.forEachBatch { #expect($0.schema == run.schema && $0.columns.count == 7) }
    let known = source.schema.fields.map(\.name)
    let wrong: [(PipelineDefinition, String)] = [
      (PipelineDefinition(source: source, transforms: [.filter(.isNull("ID"))]), "filter"),
      (
        PipelineDefinition(
          source: source,
          transforms: [.map(Field("y", .int64), from: "ID") { (id: Int64) in id }]), "map"
      ),
      (PipelineDefinition(source: source, aggregation: Aggregation(global: [.sum("ID")])), "sum"),
    ]
    for (definition, user) in wrong {
      #expect {
        _ = try Pipeline.start(definition)
      } throws: { error in
        guard case PipelineError.unknownField("ID", known, let usedBy) = error else { return false }
        return usedBy.hasPrefix(user)
      }
    }
  }

  @Test("defects 6 and 7: the options reach the run, and partitions lose no record")
  func partitions() throws {
    let definition = PipelineDefinition(
      source: try OrdersWorkload(count: 20_000, seed: 8),
      aggregation: Aggregation(
        global: [.count, .sum("amount"), .average("tax")],
        groupings: [Grouping(by: "region", "territory", computing: [.count, .sum("amount")])]))
    let single = try #require(try Pipeline.start(definition).runToEnd())
    #expect(single.records == 20_000)
    for partitions in 2...4 {
      var options = PipelineOptions()
      options.partitions = partitions
      let run = try Pipeline.start(definition, options: options)
      #expect(try run.runToEnd() == single, "\(partitions) partitions")
      #expect(run.progress.delivered == 20_000)
    }
  }

  @Test("defect 8: a run held for memory goes on by itself, prefetching too")
  func memory() async throws {
    var options = PipelineOptions.unhurried(.prefetch)
    options.memoryLimit = 10_000
    let held = Count()
    let released = Count()
    options.onEvent = { event in
      if case .paused(.memory) = event.kind { held.add() }
      if case .resumed(.memory) = event.kind { released.add() }
    }
    let run = try Pipeline.start(
      PipelineDefinition(source: try PlainWorkload(count: 20_000)), options: options)
    var next: Int64 = 1
    for try await batch in run.batches {
      #expect(ids(batch) == Array(next..<next + Int64(batch.count)))
      next += Int64(batch.count)
    }
    #expect(next == 20_001)
    #expect(held.value > 0 && released.value == held.value)
  }
}
