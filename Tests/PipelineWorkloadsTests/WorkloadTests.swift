import PipelineWorkloads
import StreamingPipeline
import Testing

/// All rows of a source, read in chunks of this size.
func allRows(_ source: any Source, chunk: Int) throws -> [[Value]] {
  let cursor = try source.open()
  var rows: [[Value]] = []
  while let batch = try cursor.next(atMost: chunk) { rows += batch.rows.map(\.values) }
  return rows
}

@Suite struct WorkloadTests {
  @Test("the plain workload has its closed form")
  func plain() throws {
    let aggregation = Aggregation(
      global: [.count, .sum("value"), .sum("amount"), .max("timestamp")],
      groupings: [Grouping(by: "category", computing: [.count])])
    let count = 12_345
    let run = try Pipeline.start(
      PipelineDefinition(source: try PlainWorkload(count: count), aggregation: aggregation))
    let result = try #require(try run.runToEnd())
    let ids = Int64(count * (count + 1) / 2)
    #expect(
      result.global == [
        .int64(Int64(count)), .int64(ids * 10),
        .decimal(FixedDecimal(mantissa: Int128(ids) * 15, scale: 1)),
        .timestamp(PlainWorkload.baseMicroseconds + Int64(count) * 1_000_000),
      ])
    #expect(result.groupings[0]["odd"] == [6_173])
    #expect(result.groupings[0]["even"] == [6_172])
    #expect(try allRows(PlainWorkload(count: 12), chunk: 5)[10][1] == "Record 11")
  }

  @Test("a record is the same in whatever chunk it is generated", arguments: [1, 63, 64, 500])
  func chunkIndependence(chunk: Int) throws {
    let orders = try OrdersWorkload(count: 700, seed: 9, groups: 10)
    #expect(try allRows(orders, chunk: chunk) == allRows(orders, chunk: 700))
    let plain = try PlainWorkload(count: 700)
    #expect(try allRows(plain, chunk: chunk) == allRows(plain, chunk: 700))
  }

  @Test("the same seed gives these very orders on every machine, another seed others")
  func golden() throws {
    let rows = try allRows(OrdersWorkload(count: 1_000, seed: 1), chunk: 1_000)
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in rows.map({ $0.map(\.description).joined(separator: "|") })
      .joined(separator: "\n").utf8
    {
      hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
    }
    #expect(hash == 6_876_506_730_971_496_201)
    #expect(try allRows(OrdersWorkload(count: 1_000, seed: 2), chunk: 1_000) != rows)
  }

  @Test("the orders have the shares, ranges and skew they are described with")
  func shares() throws {
    let count = 100_000
    let aggregates: [Aggregate] = [.count]
    let aggregation = Aggregation(
      global: [
        .count("customer"), .count("amount"), .min("quantity"), .max("quantity"),
        .min("order_date"), .max("order_date"), .min("amount"), .max("amount"),
      ],
      groupings: ["customer", "segment", "region", "territory", "order_type", "status", "discount"]
        .map { Grouping(by: $0, computing: aggregates) })
    var options = PipelineOptions()
    options.maxGroups = 1_000_000
    let run = try Pipeline.start(
      PipelineDefinition(
        source: try OrdersWorkload(count: count, seed: 4, groups: 1_000),
        aggregation: aggregation), options: options)
    let result = try #require(try run.runToEnd())
    func share(_ value: Value?) -> Double {
      guard case .int64(let part) = value else { return 0 }
      return Double(part) / Double(count)
    }
    #expect(abs(share(result.global[0]) - 0.99) < 0.002)
    #expect(abs(share(result.global[1]) - 0.99) < 0.002)
    #expect(result.global[2...5] == [2, 21, .date(19_723), .date(20_087)])
    #expect(result.groupings[1].groups.count == 1_000)
    #expect(result.groupings[2].groups.count == 5)
    #expect(result.groupings[3].groups.count == 21)
    #expect(result.groupings[4].groups.count == 4)
    #expect(abs(share(result.groupings[5]["open"]?[0]) - 0.7) < 0.01)
    #expect(abs(share(result.groupings[5]["shipped"]?[0]) - 0.2) < 0.01)
    // In Zipf's distribution over 10,000 the first rank has 1 ÷ H(10,000) = 10.2 % of the values.
    #expect(abs(share(result.groupings[0]["C00001"]?[0]) - 0.1011) < 0.005)
    #expect(abs(share(result.groupings[0]["C00010"]?[0]) - 0.0101) < 0.002)
    let none = Value.decimal(FixedDecimal(mantissa: 0, scale: 2))
    #expect(abs(share(result.groupings[6][none]?[0]) - 0.99 * 0.75) < 0.01)
  }

  @Test("the number of groups is bounded")
  func groups() {
    #expect(
      throws: PipelineError.invalidOption(name: "groups", value: "0", permitted: "1...1000000")
    ) { _ = try OrdersWorkload(count: 1, groups: 0) }
  }
}
