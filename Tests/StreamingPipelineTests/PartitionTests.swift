import PipelineWorkloads
import StreamingPipeline
import Testing

@Suite struct PartitionTests {
  @Test(
    "any number of partitions gives exactly what one gives, rounding, order and limits included",
    arguments: UInt64(0)..<40)
  func equalsOne(seed: UInt64) throws {
    var records = try RandomRecords(seed: seed + 1_000)
    let source = try MemorySource(schema: records.schema, batches: records.batches)
    var aggregation = records.aggregation(isExact: false)
    if seed % 5 == 0 { aggregation.groupings = [] }
    if seed % 3 == 0 {
      aggregation.groupings.append(
        Grouping(
          by: [], within: .sliding(count: 60, every: 25), computing: aggregation.global))
    }
    var options = PipelineOptions()
    options.maxDemand = records.number(in: 20...300)
    options.minDemand = 0
    options.maxGroups = [5, 20, 10_000][records.number(in: 0...2)]
    func result(_ partitions: Int) throws -> AggregationResult? {
      options.partitions = partitions
      return try Pipeline.start(
        PipelineDefinition(source: source, aggregation: aggregation), options: options
      ).runToEnd()
    }
    let one = try result(1)
    for partitions in [2, 3, 7] {
      // Results are compared as text, because NaN equals nothing.
      #expect("\(try result(partitions) as Any)" == "\(one as Any)", "seed \(seed)")
    }
  }

  @Test("every record is aggregated once: 100,000 orders on four partitions")
  func everyRecordOnce() throws {
    let orders = try OrdersWorkload(count: 100_000, seed: 5, groups: 1_000)
    let aggregates: [Aggregate] = [.count, .sum("id"), .first("id"), .last("id")]
    var options = PipelineOptions()
    options.partitions = 4
    let run = try Pipeline.start(
      PipelineDefinition(
        source: orders,
        aggregation: Aggregation(
          global: aggregates,
          groupings: [
            Grouping(by: "segment", computing: aggregates),
            Grouping(by: "status", computing: aggregates),
          ])), options: options)
    let result = try #require(try run.runToEnd())
    #expect(result.records == 100_000)
    #expect(result.global == [100_000, 5_000_050_000, 1, 100_000])
    for grouped in result.groupings {
      let counts = grouped.groups.map { group in
        if case .int64(let count) = group.values[0] { Int(count) } else { 0 }
      }
      #expect(counts.reduce(0, +) == 100_000)
    }
    #expect(result.groupings.map(\.groups.count) == [1_000, 3])
  }

  @Test("no batch is left in the queue at the end, however workers change hands")
  func nothingLeft() throws {
    let schema = try Schema([Field("id", .int64)])
    let batches = try (0..<120).map { batch in
      try Batch(
        schema: schema, columns: [Column(.int64, .int64((0..<5).map { Int64(batch * 5 + $0) }))])
    }
    let source = try MemorySource(schema: schema, batches: batches)
    let aggregation = Aggregation(global: [.count, .sum("id"), .median("id")])
    var options = PipelineOptions()
    options.partitions = 3
    for _ in 0..<100 {
      let run = try Pipeline.start(
        PipelineDefinition(source: source, aggregation: aggregation), options: options)
      #expect(try run.runToEnd()?.global == [600, 179_700, 299.5])
    }
  }

  @Test("an error of a computed column on a partitioned run is the consumer's")
  func errors() throws {
    struct Broken: Error {}
    let broken = ComputedColumn("broken", .int64) { batch in
      if batch.position > 2_000 { throw Broken() }
      return try batch.column("id")
    }
    var options = PipelineOptions()
    options.partitions = 2
    let run = try Pipeline.start(
      PipelineDefinition(
        source: try PlainWorkload(count: 10_000),
        aggregation: Aggregation(groupings: [Grouping(by: [.computed(broken)], computing: [.count])]
        )),
      options: options)
    #expect(throws: Broken.self) { try run.runToEnd() }
  }

  @Test("partitions outside 1...64 are refused", arguments: [0, -1, 65])
  func refused(partitions: Int) throws {
    var options = PipelineOptions()
    options.partitions = partitions
    #expect(
      throws: PipelineError.invalidOption(
        name: "partitions", value: "\(partitions)", permitted: "1...64")
    ) {
      try Pipeline.start(
        PipelineDefinition(source: try PlainWorkload(count: 1)), options: options)
    }
  }
}
