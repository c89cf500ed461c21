import PipelineWorkloads
import StreamingPipeline
import Testing

@Suite struct ConversionTests {
  private func money(_ mantissa: Int128, _ scale: Int = 2) -> Value {
    .decimal(FixedDecimal(mantissa: mantissa, scale: scale))
  }

  private func run(
    _ type: FieldType, _ values: [Value], _ transform: Transform
  ) throws -> (values: [Value], run: PipelineRun) {
    let schema = try Schema([Field("id", .int64), Field("x", type)], key: "id")
    let rows = values.enumerated().map { [.int64(Int64($0.offset)), $0.element] }
    let run = try Pipeline.start(
      PipelineDefinition(
        source: try MemorySource(schema: schema, rows: rows), transforms: [transform]))
    var found: [Value] = []
    try run.forEachBatch { found += $0.rows.map { $0[1] } }
    return (found, run)
  }

  @Test("every pair of types converts as the table says, and null stays null")
  func pairs() throws {
    let cases: [(FieldType, FieldType, [(Value, Value)])] = [
      (.string, .int64, [("-12", -12), ("9223372036854775807", .int64(.max))]),
      (.bool, .int64, [(true, 1), (false, 0)]),
      (.string, .double, [("1.5", 1.5), ("-2e3", -2000.0)]),
      (.int64, .double, [(3, 3.0)]),
      (.decimal(scale: 2), .double, [(money(150), 1.5)]),
      (.string, .decimal(scale: 2), [("12.5", money(1_250)), ("-0.125", money(-12))]),
      (.int64, .decimal(scale: 2), [(7, money(700))]),
      (.decimal(scale: 3), .decimal(scale: 1), [(money(1_250, 3), money(12, 1))]),
      (.string, .bool, [("true", true), ("false", false)]),
      (.int64, .bool, [(0, false), (1, true)]),
      (.string, .date, [("2024-02-29", .date(19_782))]),
      (.timestamp, .date, [(.timestamp(-1), .date(-1)), (.timestamp(86_400_000_000), .date(1))]),
      (.string, .timestamp, [("1970-01-01T00:00:01Z", .timestamp(1_000_000))]),
      (.date, .timestamp, [(.date(-1), .timestamp(-86_400_000_000))]),
      (.decimal(scale: 2), .string, [(money(150), "1.50")]),
      (.date, .string, [(.date(0), "1970-01-01")]),
    ]
    for (from, to, pairs) in cases {
      let (values, run) = try run(
        from, pairs.map(\.0) + [nil], .convert("x", to: to))
      #expect(values == pairs.map(\.1) + [nil], "\(from) to \(to)")
      #expect(run.schema.fields[1] == Field("x", to))
    }
  }

  @Test("a value that does not convert fails its record and no other")
  func failures() throws {
    let cases: [(FieldType, FieldType, Value)] = [
      (.string, .int64, "1.0"), (.string, .double, "one"), (.string, .decimal(scale: 2), "1,5"),
      (.string, .bool, "yes"), (.int64, .bool, 2), (.string, .date, "2024-02-30"),
      (.string, .timestamp, "2024-02-29"), (.int64, .decimal(scale: 18), .int64(.max)),
      (.date, .timestamp, .date(.max)),
    ]
    for (from, to, bad) in cases {
      let (values, run) = try run(from, [nil, bad, nil], .convert("x", to: to))
      #expect(values == [nil, nil])
      let counts = run.progress.transformed
      #expect(counts.failed == 1 && counts.failures[0].key == 1)
      #expect("\(counts.failures[0].error)" == "field x holds \(bad), which is no \(to)")
    }
  }

  @Test("pairs that do not convert, and unknown fields, are refused at the start")
  func refused() throws {
    for (from, to) in [
      (FieldType.double, FieldType.int64), (.bool, .date), (.decimal(scale: 2), .int64),
      (.date, .double), (.double, .decimal(scale: 2)),
    ] {
      #expect(
        throws: PipelineError.wrongType(
          field: "x", type: from, wanted: "a type that converts to \(to)")
      ) { try run(from, [], .convert("x", to: to)) }
    }
    #expect(throws: PipelineError.unknownField("y", known: ["id", "x"], usedBy: "convert")) {
      try run(.int64, [], .convert("y", to: .string))
    }
    #expect(throws: PipelineError.unknownField("y", known: ["id", "x"], usedBy: "replaceNull")) {
      try run(.int64, [], .replaceNull(in: "y", with: 0))
    }
    #expect(throws: PipelineError.wrongValue(field: "x", type: .int64, value: "none")) {
      try run(.int64, [], .replaceNull(in: "x", with: "none"))
    }
  }

  @Test("decimals are rounded half to even, as exactly as 128 bits allow")
  func rounding() throws {
    for mantissa in -400...400 as ClosedRange<Int> {
      let (values, _) = try run(
        .decimal(scale: 2), [money(Int128(mantissa))], .convert("x", to: .decimal(scale: 1)))
      let expected = (Double(mantissa) / 10).rounded(.toNearestOrEven)
      #expect(values == [money(Int128(expected), 1)], "\(mantissa)")
    }
    #expect(
      try run(.string, ["0.00000000000000000005"], .convert("x", to: .decimal(scale: 2))).values
        == [money(0)])
  }

  @Test("null is replaced where it stands, in any column and behind any filter")
  func replaceNull() throws {
    #expect(
      try run(.string, ["a", nil, ""], .replaceNull(in: "x", with: "none")).values
        == ["a", "none", ""])
    #expect(try run(.double, [nil, 1.5], .replaceNull(in: "x", with: 0.0)).values == [0.0, 1.5])
    let orders = try OrdersWorkload(count: 5_000, seed: 5)
    let replaced = try Pipeline.start(
      PipelineDefinition(
        source: orders,
        transforms: [
          .filter(.compare("quantity", .greater, 10)),
          .replaceNull(in: "territory", with: "unknown"),
          .replaceNull(in: "amount", with: money(0)),
        ],
        aggregation: Aggregation(global: [.count, .count("territory"), .count("amount")])))
    let result = try #require(try replaced.runToEnd())
    #expect(result.global[1] == result.global[0] && result.global[2] == result.global[0])
  }
}
