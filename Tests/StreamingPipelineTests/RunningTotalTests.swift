import StreamingPipeline
import Testing

@Suite struct RunningTotalTests {
  @Test("a total is the sum so far on every record that is left, by group and over all")
  func totals() throws {
    var records = try RandomRecords(seed: 11)
    let source = try MemorySource(schema: records.schema, batches: records.batches)
    let totals = ["f0", "f1", "f2"].flatMap { field in
      [
        RunningTotal("all \(field)", of: field),
        RunningTotal("own \(field)", of: field, by: ["f3"]),
      ]
    }
    var options = PipelineOptions()
    options.maxDemand = records.number(in: 5...50)
    options.minDemand = 0
    let run = try Pipeline.start(
      PipelineDefinition(
        source: source, transforms: [.filter(.compare("f0", .less, 12_000_036))],
        aggregation: Aggregation(global: [.last("all f0"), .sum("f0")], runningTotals: totals)),
      options: options)
    var seen: [NaiveFold.Record] = []
    let fold = NaiveFold(Aggregation())
    let result = try run.forEachBatch { batch in
      for row in batch.rows {
        var record: NaiveFold.Record = [:]
        for field in row.schema.fields { record[field.name] = row[field.name] }
        seen.append(record)
        for field in ["f0", "f1", "f2"] {
          #expect(row["all \(field)"] == fold.value(.sum(field), seen))
          let own = seen.filter { $0["f3"] == record["f3"] }
          #expect(row["own \(field)"] == fold.value(.sum(field), own))
        }
      }
    }
    #expect(seen.count > 50)
    #expect(result?.global[0] == result?.global[1])
  }

  @Test("a total beyond 64 bits fails the run, and text has none")
  func errors() throws {
    let schema = try Schema([Field("x", .int64), Field("s", .string)])
    func run(_ total: RunningTotal, _ rows: [[Value]]) throws {
      let source = try MemorySource(schema: schema, rows: rows)
      try Pipeline.start(
        PipelineDefinition(source: source, aggregation: Aggregation(runningTotals: [total]))
      ).runToEnd()
    }
    #expect(throws: PipelineError.overflow(aggregate: "running total t")) {
      try run(RunningTotal("t", of: "x"), [[.int64(.max), nil], [1, nil]])
    }
    #expect(
      throws: PipelineError.wrongType(
        field: "s", type: .string, wanted: "a number for a running total t")
    ) { try run(RunningTotal("t", of: "s"), []) }
  }
}
