import PipelineBenchmarks
import StreamingPipeline
import Testing

@Suite("What stands beside the pipeline") struct ReferenceTests {
  @Test("the fused loop gives the figures of the grouped pipeline", arguments: [1, 999, 5_000])
  func fusedLoop(_ count: Int) throws {
    let orders = try OrdersInMemory(count: count, seed: 7)
    let figures = try FusedLoop(orders.batches).run()
    let run = try Pipeline.start(PipelineShape.grouped.reading(try orders.source()))
    let result = try #require(try run.runToEnd())
    let piped = result.groupings[0].groups.map { (OrderKey($0.key), $0.values) }
    #expect(figures == Dictionary(uniqueKeysWithValues: piped))
    if count == 5_000 { #expect(figures.count == 25) }
  }

  @Test("orders in memory are those of the generator, and so are those in SQLite")
  func sources() throws {
    let orders = try OrdersInMemory(count: 2_500, seed: 3)
    let database = try OrdersDatabase(orders.orders)
    for shape in [PipelineShape.simple, .global, .grouped, .report, .finest] {
      let expected = try Expectation.folding(orders.orders, through: shape)
      let pipelines = [
        shape.reading(orders.orders), shape.reading(try orders.source()),
        shape.reading(try database.source()),
      ]
      for pipeline in pipelines {
        let seen = try Consumption(of: pipeline, consuming: "id")
        #expect(expected.complaint(about: seen) == nil)
      }
    }
  }

  @Test("texts without codes meet their reference, of which every figure counts")
  func texts() throws {
    let records = TextRecords(count: 12_345)
    let seen = try Consumption(of: try records.pipeline(), consuming: "value")
    #expect(records.expectation.complaint(about: seen) == nil)
    #expect(seen.aggregation?.groupings[0].groups.count == 10_000)
    #expect(TextRecords(count: 12_346).expectation.complaint(about: seen) != nil)
  }

  @Test("a partitioned report has the figures of the reference", arguments: [1, 2, 5])
  func partitions(_ partitions: Int) throws {
    let orders = try OrdersWorkload(count: 5_000, seed: 9)
    var options = PipelineOptions()
    options.partitions = partitions
    let seen = try Consumption(
      of: PipelineShape.report.reading(orders), consuming: "id", options: options)
    #expect(try Expectation.folding(orders, through: .report).complaint(about: seen) == nil)
  }

  @Test("map and filter meet their references, and miss those of other orders")
  func transforms() throws {
    let orders = try OrdersWorkload(count: 2_500, seed: 3)
    let others = try OrdersWorkload(count: 2_500, seed: 4)
    let mapped = try Consumption(of: PipelineShape.map.reading(orders), consuming: "gross")
    #expect(try Expectation.mapping(orders).complaint(about: mapped) == nil)
    #expect(try Expectation.mapping(others).complaint(about: mapped) != nil)
    let filtered = try Consumption(of: PipelineShape.filter.reading(orders), consuming: "id")
    #expect(try Expectation.filtering(orders).complaint(about: filtered) == nil)
    #expect(try Expectation.filtering(others).complaint(about: filtered) != nil)
    #expect(filtered.records > 500 && filtered.records < 1_250)
  }

  @Test("averages round half to even, as the pipeline does")
  func halves() throws {
    let schema = try Schema([Field("amount", .decimal(scale: 2)), Field("quantity", .int64)])
    // 32 amounts: one cent in all is 3,125 ten-millionths each, and an average has six digits.
    for cents: Int64 in 1...200 {
      var figures = OrderFigures()
      let amounts = [cents] + [Int64](repeating: 0, count: 31)
      for amount in amounts { figures.add(amount: amount, quantity: 2) }
      let rows = amounts.map {
        [Value.decimal(FixedDecimal(mantissa: Int128($0), scale: 2)), .int64(2)]
      }
      let source = try MemorySource(schema: schema, rows: rows)
      let run = try Pipeline.start(PipelineShape.global.reading(source))
      #expect(try run.runToEnd()?.global == figures.values)
    }
  }
}

@Suite("The first batch") struct FirstBatchTests {
  @Test("is what a consumer may ask for, and the run is stopped after it")
  func right() async throws {
    let source = try PlainWorkload(count: 10_000)
    let first = try await FirstBatch(of: PipelineDefinition(source: source))
    #expect(first.complaint == nil)
  }

  @Test("that is wrong is refused")
  func wrong() async throws {
    let source = try PlainWorkload(count: 10_000)
    let first = try await FirstBatch(of: PipelineDefinition(source: source))
    var (id, records, time, running) = (first, first, first, first)
    id.firstID = 2
    records.records -= 1
    time.nanoseconds = 0
    running.wasStopped = false
    for wrong in [id, records, time, running] { #expect(wrong.complaint != nil) }
  }

  @Test("of an empty source is refused")
  func empty() async throws {
    let source = try PlainWorkload(count: 0)
    let first = try await FirstBatch(of: PipelineDefinition(source: source))
    #expect(first.complaint != nil)
  }
}
