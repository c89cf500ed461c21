import StreamingPipeline
import Testing

/// The aggregates over rows of one field.
func values(
  _ aggregates: [Aggregate], of type: FieldType, _ values: [Value]
) throws -> [Value]? {
  let source = try MemorySource(
    schema: try Schema([Field("x", type)]), rows: values.map { [$0] })
  return try Pipeline.start(
    PipelineDefinition(source: source, aggregation: Aggregation(global: aggregates))
  ).runToEnd()?.global
}

@Suite struct AggregateTests {
  private let moments: [Aggregate] = [.variance("x"), .standardDeviation("x")]

  @Test("variance and standard deviation of whole numbers, doubles and decimals")
  func variance() throws {
    let whole: [Value] = [2, 4, 4, nil, 4, 5, 5, 7, 9]
    let found = try #require(try values(moments, of: .int64, whole))
    #expect(found == [.double(32.0 / 7), .double((32.0 / 7).squareRoot())])
    let cents = [125, 150, 175].map { Value.decimal(FixedDecimal(mantissa: $0, scale: 2)) }
    #expect(try values(moments, of: .decimal(scale: 2), cents) == [0.0625, 0.25])
    #expect(try values(moments, of: .double, [1.5, 2.5]) == [0.5, .double(0.5.squareRoot())])
  }

  @Test("the variance of numbers far from zero does not cancel")
  func cancellation() throws {
    for offset in [1e9, 1e12, 4e15] {
      let near: [Value] = [4, 7, 13, 16].map { .double($0 + offset) }
      #expect(try values([.variance("x")], of: .double, near) == [30.0])
    }
    let extremes: [Value] = [.int64(.max), .int64(.min)]
    // The variance is (2^64 − 1)² ÷ 2.
    #expect(try values([.variance("x")], of: .int64, extremes) == [.double(0x1p127)])
    let large: [Value] = [1e200, 1e200, 1e200]
    #expect(try values([.variance("x")], of: .double, large) == [0.0])
    let small: [Value] = [1e-200, 2e-200, 3e-200]
    #expect(try values([.standardDeviation("x")], of: .double, small) == [0.0])
    #expect(try values([.variance("x")], of: .double, [1e300, -1e300]) == [.double(.infinity)])
  }

  @Test("the variance of fewer than two values is null, of infinity or NaN it is NaN")
  func noVariance() throws {
    #expect(try values(moments, of: .double, [nil, 3.0, nil]) == [nil, nil])
    let infinite = try #require(try values(moments, of: .double, [1.0, .double(.infinity)]))
    #expect("\(infinite)" == "[nan, nan]")
  }

  @Test("percentiles interpolate between ranks; the median of two is their average")
  func percentiles() throws {
    let asked: [Aggregate] = [
      .percentile(0, of: "x"), .percentile(25, of: "x"), .median("x"), .percentile(100, of: "x"),
    ]
    #expect(try values(asked, of: .int64, [40, 10, nil, 30, 20]) == [10.0, 17.5, 25.0, 40.0])
    let cents = [1, 2].map { Value.decimal(FixedDecimal(mantissa: $0, scale: 2)) }
    let middle = Value.decimal(FixedDecimal(mantissa: 15_000, scale: 6))
    #expect(try values([.median("x")], of: .decimal(scale: 2), cents) == [middle])
    let strange: [Value] = [.double(.nan), .double(.infinity), 1.0, .double(-.infinity)]
    #expect(try values([.median("x")], of: .double, strange) == [1.0])
    #expect("\(try values([.median("x")], of: .double, [.double(.nan)]) ?? [])" == "[nan]")
    #expect(try values([.median("x")], of: .double, [nil]) == [nil])
  }

  @Test("first and last are those of records that have a value")
  func edges() throws {
    let asked: [Aggregate] = [.first("x"), .last("x")]
    #expect(try values(asked, of: .string, [nil, "b", "a", "c", nil]) == ["b", "c"])
    #expect(try values(asked, of: .date, [nil, .date(3), .date(1)]) == [.date(3), .date(1)])
    #expect(try values(asked, of: .double, [nil]) == [nil, nil])
  }

  @Test("conditions choose records: unknown is not chosen")
  func conditions() throws {
    let over = Predicate.compare("x", .greater, 2)
    let asked: [Aggregate] = [
      .count(where: over), .sum("x", where: over), .count(where: !over), .count,
      Aggregate.first("x").filtered(by: over), Aggregate.sum("x").filtered(by: over && !over),
    ]
    #expect(try values(asked, of: .int64, [1, 5, nil, 3]) == [2, 8, 1, 4, 5, nil])
  }

  @Test("aggregates are written as they are called")
  func descriptions() {
    #expect("\(Aggregate.sum("x", where: .compare("y", .lessOrEqual, 3)))" == "sum(x) where y <= 3")
    #expect("\(Aggregate.median("x"))" == "median(x)")
    #expect("\(Aggregate.percentile(99, of: "x"))" == "percentile(99.0, x)")
    #expect("\(Aggregate.count)" == "count()")
    let both = Predicate.isNull("x") && !(.compare("y", .equal, "a") || .isNull("z"))
    #expect("\(both)" == "(x is null and not ((y = a or z is null)))")
  }

  @Test("bad percentiles, conditions and operands are refused at start")
  func refusals() throws {
    #expect(
      throws: PipelineError.invalidOption(
        name: "percentile", value: "101.0", permitted: "0...100")
    ) { try values([.percentile(101, of: "x")], of: .int64, []) }
    #expect(throws: PipelineError.self) {
      try values([.percentile(.nan, of: "x")], of: .int64, [])
    }
    #expect(
      throws: PipelineError.wrongType(
        field: "x", type: .string, wanted: "a number for variance(x)")
    ) { try values([.variance("x")], of: .string, []) }
    let number = ComputedColumn("one", .int64, from: ["x"]) { try $0.column("x") }
    #expect(
      throws: PipelineError.wrongType(field: "one", type: .int64, wanted: "a condition")
    ) { try values([Aggregate.count.filtered(by: number)], of: .int64, []) }
    let unknown = ComputedColumn("y + 1", .int64, from: ["y"]) { try $0.column("y") }
    #expect(throws: PipelineError.unknownField("y", known: ["x"], usedBy: "y + 1")) {
      try values([.sum(unknown)], of: .int64, [])
    }
    let wrong = ComputedColumn("wrong", .double, from: ["x"]) { try $0.column("x") }
    #expect(
      throws: PipelineError.mismatchedColumns(
        "wrong is double × 1, evaluating it returned int64 × 1")
    ) { try values([.sum(wrong)], of: .int64, [1]) }
  }
}
