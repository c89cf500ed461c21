import BenchTestSupport
import Foundation
import StreamingPipeline
import Testing

/// The examples in the comments of StreamingPipeline, executed.
@Suite struct EngineExampleTests {
  @Test("this file contains every line of the examples in comments")
  func complete() throws {
    let examples = try DocumentedExamples(ofTarget: "StreamingPipeline")
    #expect(examples.lines.count > 60)
    #expect(try examples.missing(from: #filePath) == [])
  }

  private static func orders() throws -> MemorySource {
    let schema = try Schema([Field("region", .string), Field("amount", .double)])
    let source = try MemorySource(
      schema: schema, rows: [["north", 12.5], ["south", 7.0], ["north", nil]])
    return source
  }

  private static func summing(_ source: any Source) -> PipelineDefinition {
    let definition = PipelineDefinition(
      source: source,
      transforms: [.replaceNull(in: "amount", with: 0.0)],
      aggregation: Aggregation(global: [.count, .sum("amount")]))
    return definition
  }

  @Test("a run delivers its batches and ends with its aggregates")
  func consuming() async throws {
    var lines: [String] = []
    func print(_ item: Any) { lines.append("\(item)") }
    let definition = Self.summing(try Self.orders())
    let run = try Pipeline.start(definition)
    for try await batch in run.batches {
      for row in batch.rows { print(row.values) }
    }
    print(run.aggregationState?.global ?? [])  // [3, 19.5]
    #expect(lines == ["[north, 12.5]", "[south, 7.0]", "[north, 0.0]", "[3, 19.5]"])
  }

  @Test("a run is drained on the current thread")
  func draining() throws {
    let definition = Self.summing(try Self.orders())
    var records = 0
    try Pipeline.start(definition).forEachBatch { batch in records += batch.count }
    let aggregates = try Pipeline.start(definition).runToEnd()?.global
    #expect(records == 3 && aggregates == [3, 19.5])
  }

  @Test("results are found by their keys")
  func results() throws {
    var lines: [String] = []
    func print(_ item: Any) { lines.append("\(item)") }
    let byRegion = Grouping(by: "region", computing: [.sum("amount")])
    let definition = PipelineDefinition(
      source: try Self.orders(),
      aggregation: Aggregation(global: [.count], groupings: [byRegion]))
    if let result = try Pipeline.start(definition).runToEnd() {
      print(result.global)  // [3]
      print(result.groupings[0]["north"] ?? [])  // [12.5]
    }
    #expect(lines == ["[3]", "[12.5]"])
  }

  @Test("columns are read through the selection of a filter")
  func columns() throws {
    let definition = PipelineDefinition(
      source: try Self.orders(), transforms: [.filter(!.isNull("amount"))])
    var total = 0.0
    try Pipeline.start(definition).forEachBatch { batch in
      try batch.column("amount").withValues(of: Double.self) { amounts in
        for row in batch.selection?.map({ Int($0) }) ?? Array(amounts.indices) {
          total += amounts[row]
        }
      }
    }
    #expect(total == 19.5)
  }

  @Test("transforms filter, replace and compute")
  func transforms() throws {
    let isLarge = Predicate.compare("amount", .greaterOrEqual, 10.0) && !.isNull("region")
    let transforms: [Transform] = [
      .filter(.compare("amount", .greater, 10.0)),
      .replaceNull(in: "region", with: "unknown"),
      .map(Field("tax", .double), from: "amount") { (amount: Double) in amount * 0.25 },
      .mapRows(Field("label", .string)) { row in .string("\(row[0]): \(row[1])") },
    ]
    let definition = PipelineDefinition(
      source: try Self.orders(), transforms: [.filter(isLarge)] + transforms)
    var rows: [[Value]] = []
    try Pipeline.start(definition).forEachBatch { rows += $0.rows.map(\.values) }
    #expect(rows == [["north", 12.5, 3.125, "north: 12.5"]])
  }

  @Test("aggregates, groupings, windows and running totals are computed")
  func aggregation() throws {
    let aggregates: [Aggregate] = [
      .count, .sum("amount"), .percentile(95, of: "amount"),
      .average("amount").filtered(by: .compare("region", .equal, "north")),
    ]
    let aggregation = Aggregation(
      global: [.count],
      groupings: [Grouping(by: "region", computing: [.sum("amount")])],
      runningTotals: [RunningTotal("so far", of: "amount")])
    let hasAmount = ComputedColumn("amount is not null", .bool, from: ["amount"]) { batch in
      let amounts = try batch.column("amount")
      return Column(.bool, .bool((0..<amounts.count).map { !amounts.isNull($0) }))
    }
    var all = aggregation
    all.global += aggregates + [.count.filtered(by: hasAmount)]
    let definition = PipelineDefinition(source: try Self.orders(), aggregation: all)
    let run = try Pipeline.start(definition)
    var totals: [Value?] = []
    let result = try run.forEachBatch { totals += $0.rows.map { $0["so far"] } }
    #expect(totals == [12.5, 19.5, 19.5])
    #expect(result?.global == [3, 3, 19.5, 12.225, 12.5, 2])
  }

  @Test("groups are made by calendar months and by hours")
  func calendar() throws {
    let byRegion = Grouping(by: "region", computing: [.count, .sum("amount")])
    let byMonth = Grouping(
      by: ["region", .calendar(.month, of: "date")], computing: [.average("amount")])
    let hourly = Grouping(
      by: [], within: .tumbling(over: .seconds(3_600), of: "time"), computing: [.count])
    let source = try MemorySource(
      schema: Schema([
        Field("region", .string), Field("amount", .double), Field("date", .date),
        Field("time", .timestamp),
      ]),
      rows: [["north", 12.5, .date(20_000), .timestamp(0)], ["north", 7.5, .date(20_001), nil]])
    let result = try Pipeline.start(
      PipelineDefinition(
        source: source, aggregation: Aggregation(groupings: [byRegion, byMonth, hourly]))
    ).runToEnd()
    #expect(result?.groupings[0]["north"] == [2, 20.0])
    #expect(result?.groupings[1].groups.map(\.values) == [[10.0]])
    #expect(result?.groupings[2].groups.map(\.key) == [[.timestamp(0)], [nil]])
  }

  @Test("files are sources")
  func files() throws {
    try withTemporaryDirectory { directory in
      let path = directory.appending(path: "orders").path
      func amounts(_ source: any Source, _ text: String) throws -> [Value] {
        try Data(text.utf8).write(to: URL(filePath: path))
        var amounts: [Value] = []
        try Pipeline.start(PipelineDefinition(source: source))
          .forEachBatch { amounts += $0.rows.map { $0[1] } }
        return amounts
      }
      func csv() throws -> any Source {
        let orders = try CSVSource(
          path: path, fields: [Field("region", .string), Field("amount", .decimal(scale: 2))],
          format: CSVSource.Format(separator: ";"))
        return orders
      }
      func jsonLines() throws -> any Source {
        let orders = try JSONLinesSource(
          path: path, fields: [Field("region", .string), Field("amount", .decimal(scale: 2))])
        return orders
      }
      let amount = Value.decimal(FixedDecimal(mantissa: 1_250, scale: 2))
      let fromCSV = try amounts(csv(), "region;amount\nnorth;12.50\n")
      let fromJSON = try amounts(jsonLines(), "{\"amount\": 12.5, \"region\": \"north\"}\n")
      #expect(fromCSV == [amount] && fromJSON == [amount])
    }
  }

  @Test("a source of one's own is cached")
  func sources() throws {
    let source = Countdown(schema: try Schema([Field("number", .int64)]))
    let cache = try QueryCache(QueryCache.Limits(bytes: 10_000_000))
    let cached = CachedSource(source, identity: "orders, version 12", in: cache)
    for _ in 0..<2 {
      let definition = PipelineDefinition(
        source: cached, aggregation: Aggregation(global: [.count, .sum("number")]))
      let result = try Pipeline.start(definition).runToEnd()
      #expect(result?.global == [10, 55])
    }
    #expect(cache.statistics.hits > 0)
  }

  @Test("options and events")
  func events() async throws {
    let count = Count()
    @Sendable func print(_ time: Duration, _ kind: PipelineEvent.Kind) { count.add() }
    var options = PipelineOptions(execution: .prefetch)
    options.partitions = 2
    options.memoryLimit = 64_000_000
    options.timeout = .seconds(600)
    // Hundreds of tests share a few threads, so a reading task may wait long for its turn.
    options.stallTimeout = nil
    let run = try Pipeline.start(Self.summing(try Self.orders()), options: options)
    let events = run.events
    func listen() -> Task<Void, Never> {
      Task { for await event in events { print(event.time, event.kind) } }
    }
    let listener = listen()
    for try await _ in run.batches {}
    await listener.value
    #expect(count.value > 3)
  }
}

struct Countdown: Source {
  let schema: Schema
  let totalCount: Int? = 10

  func open(after position: SourcePosition) -> any SourceCursor {
    Cursor(schema: schema, next: 10 - Int64(position.records))
  }

  final class Cursor: SourceCursor {
    let schema: Schema
    var next: Int64

    init(schema: Schema, next: Int64) {
      self.schema = schema
      self.next = next
    }

    func next(atMost demand: Int) throws -> Batch? {
      if next == 0 { return nil }
      var column = ColumnBuilder(schema.fields[0])
      for _ in 0..<min(demand, Int(next)) {
        column.append(next)
        next -= 1
      }
      return try Batch(schema: schema, columns: [column.finish()])
    }
  }
}
