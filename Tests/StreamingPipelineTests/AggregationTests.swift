import PipelineWorkloads
import StreamingPipeline
import Testing

@Suite struct AggregationTests {
  @Test(
    "any aggregation over any records in any chunks is exactly the naive fold",
    arguments: UInt64(0)..<60)
  func equalsNaiveFold(seed: UInt64) throws {
    var records = try RandomRecords(seed: seed)
    let source = try MemorySource(schema: records.schema, batches: records.batches)
    let aggregation = records.aggregation()
    var options = PipelineOptions()
    options.chunkSize = records.number(in: 1...300)
    options.maxDemand = records.number(in: 1...300)
    options.minDemand = records.number(in: 0...(options.maxDemand - 1))
    options.maxGroups = [5, 20, 10_000][records.number(in: 0...2)]
    let cut: Int64 = Int64(records.number(in: -2...20)) * 1_000_003
    let transforms = [[], [Transform.filter(.compare("f0", .less, .int64(cut)))]]
    options.partitions = [1, 1, 2, 3][records.number(in: 0...3)]
    var naive = NaiveFold(
      aggregation, maxGroups: options.maxGroups, computed: RandomRecords.computed)
    let definition = PipelineDefinition(
      source: source, transforms: transforms[records.number(in: 0...1)], aggregation: aggregation)
    let run = try Pipeline.start(definition, options: options)
    let result = try run.forEachBatch { batch in for row in batch.rows { naive.add(row) } }
    let expected = naive.result
    #expect(result?.records == expected.records, "seed \(seed)")
    #expect(result?.global == expected.global, "seed \(seed)")
    for (found, wanted) in zip(result?.groupings ?? [], expected.groupings) {
      #expect(found.groups == wanted.groups, "seed \(seed)")
      #expect(found.rejectedRecords == wanted.rejectedRecords, "seed \(seed)")
    }
    #expect(result?.groupings.count == expected.groupings.count)
  }

  @Test("100 groups of 150 are kept, the records of the others counted and passed on")
  func groupLimit() throws {
    let schema = try Schema([Field("key", .int64)])
    let rows = (0..<300).map { [Value.int64(Int64($0 % 150))] }
    let source = try MemorySource(schema: schema, rows: rows)
    var options = PipelineOptions()
    options.maxGroups = 100
    options.chunkSize = 70
    let grouping = Grouping(by: "key", computing: [.count])
    let run = try Pipeline.start(
      PipelineDefinition(source: source, aggregation: Aggregation(groupings: [grouping])),
      options: options)
    let result = try #require(try run.runToEnd())
    #expect(result.groupings[0].groups.count == 100)
    #expect(result.groupings[0].rejectedRecords == 100)
    #expect(result.groupings[0][99] == [2])
    #expect(result.groupings[0][100] == nil)
    #expect(run.progress.delivered == 300)
  }

  @Test("defect 11: an average is over the values that are not null")
  func averageOverNonNull() throws {
    let schema = try Schema([Field("x", .int64), Field("d", .decimal(scale: 1))])
    let source = try MemorySource(
      schema: schema,
      rows: [[3, .decimal(FixedDecimal(mantissa: 1, scale: 1))], [nil, nil], [4, nil]])
    let aggregation = Aggregation(
      global: [.average("x"), .count("x"), .count, .average("d"), .sum("d")])
    let run = try Pipeline.start(PipelineDefinition(source: source, aggregation: aggregation))
    let tenth = Value.decimal(FixedDecimal(mantissa: 1, scale: 1))
    #expect(try run.runToEnd()?.global == [3.5, 2, 3, tenth, tenth])
  }

  @Test("a sum beyond 64 bits is an error, whatever passes through on the way")
  func overflow() throws {
    let schema = try Schema([Field("x", .int64)])
    let aggregation = Aggregation(global: [.sum("x")])
    func run(_ rows: [[Value]]) throws -> [Value]? {
      let source = try MemorySource(schema: schema, rows: rows)
      return try Pipeline.start(PipelineDefinition(source: source, aggregation: aggregation))
        .runToEnd()?.global
    }
    #expect(try run([[.int64(.max)], [1], [-1]]) == [.int64(.max)])
    #expect(throws: PipelineError.overflow(aggregate: "sum(x)")) {
      _ = try run([[.int64(.max)], [1]])
    }
  }

  @Test("NaN is the extremum only where there is no number, and one group as a key")
  func notANumber() throws {
    let schema = try Schema([Field("x", .double)])
    let rows: [[Value]] = [[.double(.nan)], [2.0], [.double(-.nan)], [0.0], [.double(-0.0)]]
    let source = try MemorySource(schema: schema, rows: rows)
    let aggregation = Aggregation(
      global: [.min("x"), .max("x")], groupings: [Grouping(by: "x", computing: [.count])])
    let result = try #require(
      try Pipeline.start(PipelineDefinition(source: source, aggregation: aggregation)).runToEnd())
    #expect(result.global == [0.0, 2.0])
    #expect(result.groupings[0].groups.map { $0.values } == [[2], [1], [2]])
  }

  @Test("aggregates of nothing are null, counts of nothing 0")
  func empty() throws {
    let source = try MemorySource(schema: try Schema([Field("x", .double)]), rows: [])
    let aggregation = Aggregation(
      global: [.count, .sum("x"), .average("x"), .min("x"), .max("x")],
      groupings: [Grouping(by: "x", computing: [.count])])
    let run = try Pipeline.start(PipelineDefinition(source: source, aggregation: aggregation))
    let result = try #require(try run.runToEnd())
    #expect(result.global == [0, nil, nil, nil, nil])
    #expect(result.groupings[0].groups.isEmpty)
  }

  @Test("unknown fields, sums of text and groupings without keys are refused at start")
  func refusals() throws {
    let source = try PlainWorkload(count: 1)
    func start(_ aggregation: Aggregation) throws {
      _ = try Pipeline.start(PipelineDefinition(source: source, aggregation: aggregation))
    }
    let known = source.schema.fields.map(\.name)
    #expect(throws: PipelineError.unknownField("nme", known: known, usedBy: "min(nme)")) {
      try start(Aggregation(global: [.min("nme")]))
    }
    #expect(throws: PipelineError.unknownField("nme", known: known, usedBy: "grouping")) {
      try start(Aggregation(groupings: [Grouping(by: "nme", computing: [])]))
    }
    #expect(
      throws: PipelineError.wrongType(
        field: "name", type: .string, wanted: "a number for sum(name)")
    ) { try start(Aggregation(global: [.sum("name")])) }
    #expect(throws: PipelineError.self) {
      try start(Aggregation(groupings: [Grouping(by: [], computing: [.count])]))
    }
  }
}
