import PipelineBenchmarks
import PipelineWorkloads
import StreamingPipeline
import Testing

@Suite("The references of the pipeline") struct ReferenceTests {
  @Test("the fused loop gives the aggregates of the grouped pipeline", arguments: [1, 999, 5_000])
  func fusedLoop(_ count: Int) throws {
    let orders = try OrdersInMemory(count: count, seed: 7)
    let aggregates = try FusedLoop(orders.batches).run()
    let run = try Pipeline.start(PipelineShape.grouped.reading(try orders.source()))
    let result = try #require(try run.runToEnd())
    let piped = result.groupings[0].groups.map { (OrderKey($0.key), $0.values) }
    #expect(aggregates == Dictionary(uniqueKeysWithValues: piped))
    if count == 5_000 { #expect(aggregates.count == 25) }
  }

  @Test("the fused loop of sales gives the aggregates of its pipeline, and so does the reference")
  func fusedSales() throws {
    let orders = try OrdersInMemory(count: 5_000, seed: 7)
    let expected = try Expectation.sales(orders.orders)
    let seen = try ConsumedRun(
      of: PipelineShape.sales.reading(try orders.source()), consuming: "gross")
    #expect(expected.complaint(about: seen) == nil)
    #expect(try FusedLoop(orders.batches).runSales() == expected.groupings[0])
    let others = try Expectation.sales(try OrdersWorkload(count: 5_000, seed: 8))
    #expect(others.complaint(about: seen) != nil)
  }

  @Test("a bare loop over SQLite and a CSV file have the orders")
  func stored() throws {
    let orders = try OrdersWorkload(count: 2_500, seed: 3)
    let seen = try BareSQLiteLoop(try OrdersDatabase(orders)).run()
    #expect(seen.records == 2_500 && seen.sumOfIDs == 2_500 * 2_501 / 2 && seen.textBytes > 0)
    let file = try OrdersFile(orders)
    let read = try ConsumedRun(
      of: PipelineShape.grouped.reading(try file.source()), consuming: "id")
    #expect(try Expectation.folding(orders, through: .grouped).complaint(about: read) == nil)
  }

  @Test("streams at once all end with the right answer, and one that lost a record is named")
  func streams() async throws {
    let orders = try OrdersWorkload(count: 2_500, seed: 3)
    let expected = try Expectation.folding(orders, through: .grouped)
    let ends = try await ConcurrentStreams(PipelineShape.grouped.reading(orders), count: 7).run()
    #expect(ends.complaint(expected, streams: 7) == nil)
    #expect(ends.complaint(expected, streams: 8)?.contains("7 streams ended") == true)
    #expect(ends.fairness >= 1 && ends.recordsASecond > 0)
    let fewer = try OrdersWorkload(count: 2_499, seed: 3)
    let short = try await ConcurrentStreams(PipelineShape.grouped.reading(fewer), count: 2).run()
    #expect(short.complaint(expected, streams: 2)?.contains("2499 records arrived") == true)
  }

  @Test("every function meets its reference, and misses that of other orders")
  func functions() throws {
    let orders = try OrdersWorkload(count: 2_500, seed: 3)
    let others = try OrdersWorkload(count: 4_000, seed: 4)
    for name in AggregateReference.names {
      let reference = try AggregateReference(name, of: orders)
      let pipeline = PipelineDefinition(
        source: orders, aggregation: Aggregation(global: [reference.aggregate]))
      let seen = try ConsumedRun(of: pipeline, consuming: "id")
      #expect(reference.complaint(about: seen.aggregation?.global.first) == nil, "\(name)")
      let other = try AggregateReference(name, of: others)
      #expect(other.complaint(about: seen.aggregation?.global.first) != nil, "\(name)")
    }
  }

  @Test("segments meet their reference, with and without a limit")
  func segments() throws {
    let orders = try OrdersInMemory(count: 2_500, seed: 3, groups: 50)
    for permitted in [Int.max, 10] {
      let reference = try SegmentReference(orders, permitting: permitted)
      var options = PipelineOptions()
      options.maxGroups = min(permitted, 10_000)
      let seen = try ConsumedRun(of: reference.pipeline, consuming: "id", options: options)
      #expect(reference.groups == min(50, permitted))
      #expect(reference.complaint(about: seen) == nil)
      let other = try SegmentReference(
        try OrdersInMemory(count: 2_500, seed: 4, groups: 50), permitting: permitted)
      #expect(other.complaint(about: seen) != nil)
    }
  }

  @Test("at a fixed rate the waits behind a slow start count from when they were due")
  func openLoop() async throws {
    let pipeline = PipelineDefinition(source: try PlainWorkload(count: 10_000))
    // All starts are scheduled at once, so each wait contains those of all starts before it.
    let due = try await FirstBatches(of: pipeline, every: .zero)
    #expect(due.complaint == nil && due.waits.count == FirstBatches.starts)
    let closed = try await FirstBatches(of: pipeline)
    #expect(due.quantile(1) > closed.quantile(0.5) * 20)
    #expect(due.quantile(0.99) < due.quantile(1) && due.quantile(0.5) < due.quantile(0.9))
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
        let seen = try ConsumedRun(of: pipeline, consuming: "id")
        #expect(expected.complaint(about: seen) == nil)
      }
    }
  }

  @Test("texts without codes meet their reference, of which every aggregate counts")
  func texts() throws {
    let records = TextRecords(count: 12_345)
    let seen = try ConsumedRun(of: try records.pipeline(), consuming: "value")
    #expect(records.expectation.complaint(about: seen) == nil)
    #expect(seen.aggregation?.groupings[0].groups.count == 10_000)
    #expect(TextRecords(count: 12_346).expectation.complaint(about: seen) != nil)
  }

  @Test("a partitioned report has the aggregates of the reference", arguments: [1, 2, 5])
  func partitions(_ partitions: Int) throws {
    let orders = try OrdersWorkload(count: 5_000, seed: 9)
    var options = PipelineOptions()
    options.partitions = partitions
    let seen = try ConsumedRun(
      of: PipelineShape.report.reading(orders), consuming: "id", options: options)
    #expect(try Expectation.folding(orders, through: .report).complaint(about: seen) == nil)
  }

  @Test("map and filter meet their references, and miss those of other orders")
  func transforms() throws {
    let orders = try OrdersWorkload(count: 2_500, seed: 3)
    let others = try OrdersWorkload(count: 2_500, seed: 4)
    let mapped = try ConsumedRun(of: PipelineShape.map.reading(orders), consuming: "gross")
    #expect(try Expectation.mapping(orders).complaint(about: mapped) == nil)
    #expect(try Expectation.mapping(others).complaint(about: mapped) != nil)
    let filtered = try ConsumedRun(of: PipelineShape.filter.reading(orders), consuming: "id")
    #expect(try Expectation.filtering(orders).complaint(about: filtered) == nil)
    #expect(try Expectation.filtering(others).complaint(about: filtered) != nil)
    #expect(filtered.records > 500 && filtered.records < 1_250)
  }

  @Test("averages round half to even, as the pipeline does")
  func halves() throws {
    let schema = try Schema([Field("amount", .decimal(scale: 2)), Field("quantity", .int64)])
    // Over 32 amounts one cent is 3,125 ten-millionths, and an average has six digits.
    for cents: Int64 in 1...200 {
      var aggregates = OrderAggregates()
      let amounts = [cents] + [Int64](repeating: 0, count: 31)
      for amount in amounts { aggregates.add(amount: amount, quantity: 2) }
      let rows = amounts.map {
        [Value.decimal(FixedDecimal(mantissa: Int128($0), scale: 2)), .int64(2)]
      }
      let source = try MemorySource(schema: schema, rows: rows)
      let run = try Pipeline.start(PipelineShape.global.reading(source))
      #expect(try run.runToEnd()?.global == aggregates.values)
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
