import StreamingPipeline
import Testing

@Suite struct TransformTests {
  struct Bad: Error {}

  private func source(_ rows: [[Value]]) throws -> MemorySource {
    try MemorySource(
      schema: Schema([Field("id", .int64), Field("x", .int64), Field("s", .string)], key: "id"),
      rows: rows)
  }

  private func ids(_ transforms: [Transform], _ rows: [[Value]]) throws -> [Value] {
    let run = try Pipeline.start(
      PipelineDefinition(source: try source(rows), transforms: transforms))
    var ids: [Value] = []
    try run.forEachBatch { batch in ids += batch.rows.map { $0[0] } }
    return ids
  }

  @Test("conditions follow three-valued logic: null passes neither a comparison nor its negation")
  func threeValued() throws {
    let rows: [[Value]] = [
      [1, 5, "a"], [2, nil, "b"], [3, 7, nil], [4, nil, nil], [5, 9, "é"],
    ]
    func kept(_ predicate: Predicate) throws -> [Value] { try ids([.filter(predicate)], rows) }
    let x = Predicate.compare("x", .greaterOrEqual, 7)
    let s = Predicate.compare("s", .notEqual, "a")
    #expect(try kept(x) == [3, 5])
    #expect(try kept(!x) == [1])
    #expect(try kept(s) == [2, 5])
    #expect(try kept(x && s) == [5])
    #expect(try kept(!(x && s)) == [1])
    #expect(try kept(x || s) == [2, 3, 5])
    #expect(try kept(.isNull("x")) == [2, 4])
    #expect(try kept(!(.isNull("x")) && !(.isNull("s"))) == [1, 5])
    #expect(try kept(.compare("s", .less, "b")) == [1])
    #expect(try kept(.compare("s", .greater, "z")) == [5])
  }

  @Test("every comparison on every type is what Swift's is")
  func comparisons() throws {
    let types: [(FieldType, (Int) -> Value)] = [
      (.int64, { .int64(Int64($0)) }), (.double, { .double(Double($0) / 2) }),
      (.decimal(scale: 1), { .decimal(FixedDecimal(mantissa: Int128($0), scale: 1)) }),
      (.date, { .date(Int32($0)) }), (.timestamp, { .timestamp(Int64($0)) }),
      (.string, { .string(String(UnicodeScalar(UInt8(70 + $0)))) }), (.bool, { .bool($0 > 0) }),
    ]
    let comparisons: [(Predicate.Comparison, (Int, Int) -> Bool)] = [
      (.equal, ==), (.notEqual, !=), (.less, <), (.lessOrEqual, <=), (.greater, >),
      (.greaterOrEqual, >=),
    ]
    for (type, value) in types {
      let range = type == .bool ? 0...1 : -2...2
      let source = try MemorySource(
        schema: Schema([Field("v", type)]), rows: range.map { [value($0)] })
      for pivot in range {
        for (comparison, holds) in comparisons {
          let run = try Pipeline.start(
            PipelineDefinition(
              source: source, transforms: [.filter(.compare("v", comparison, value(pivot)))]))
          var kept: [Value] = []
          try run.forEachBatch { kept += $0.rows.map { $0[0] } }
          #expect(kept == range.filter { holds($0, pivot) }.map(value), "\(type) \(comparison)")
        }
      }
    }
  }

  @Test("a typed map adds or replaces a field, null gives null, also behind a filter")
  func typedMap() throws {
    let rows: [[Value]] = (0..<130).map { [.int64($0), $0 % 7 == 0 ? nil : .int64($0 * 2), nil] }
    var options = PipelineOptions()
    options.chunkSize = 33
    options.maxDemand = 10
    options.minDemand = 5
    let run = try Pipeline.start(
      PipelineDefinition(
        source: try source(rows),
        transforms: [
          .filter(on: "id") { (id: Int64) in id % 3 != 0 },
          .map(Field("half", .double), from: "x") { (x: Int64) in Double(x) / 2 },
          .map(Field("x", .int64), from: "id", "x") { (id: Int64, x: Int64) in id &+ x },
        ]), options: options)
    #expect(run.schema.fields.map(\.name) == ["id", "x", "s", "half"])
    var found: [[Value]] = []
    try run.forEachBatch { found += $0.rows.map(\.values) }
    let expected: [[Value]] = (0..<130).filter { $0 % 3 != 0 }.map { id in
      id % 7 == 0
        ? [.int64(id), nil, nil, nil] : [.int64(id), .int64(id * 3), nil, .double(Double(id))]
    }
    #expect(found == expected)
    #expect(run.progress.transformed.filtered == 44)
  }

  @Test("an error in a row skips that record alone and keeps the first ten with key and error")
  func failures() throws {
    let rows: [[Value]] = (0..<100).map { [.int64($0 + 1_000), .int64($0), nil] }
    let run = try Pipeline.start(
      PipelineDefinition(
        source: try source(rows),
        transforms: [
          .filterRows { row in row["x"] != 50 },
          .mapRows(Field("y", .int64)) { row in
            guard case .int64(let x)? = row["x"], x % 5 != 0 else { throw Bad() }
            return x == 1 ? "not a number" : .int64(x * 10)
          },
        ]))
    var found: [Value] = []
    try run.forEachBatch { found += $0.rows.compactMap { $0["y"] } }
    #expect(found == (2..<100).filter { $0 % 5 != 0 }.map { .int64($0 * 10) })
    let counts = run.progress.transformed
    #expect(counts.read == 100 && counts.filtered == 1 && counts.failed == 20)
    #expect(counts.failures.count == 10)
    #expect(counts.failures[0].key == 1_000 && counts.failures[0].error is Bad)
    #expect(
      counts.failures[1].error as? PipelineError
        == .wrongValue(field: "y", type: .int64, value: "not a number"))
    #expect(counts.failures[2].position == 5)
  }

  @Test("one failure more than maxFailures fails the run, as many do not")
  func maxFailures() throws {
    let rows: [[Value]] = (0..<10).map { [.int64($0), nil, nil] }
    let definition = PipelineDefinition(
      source: try source(rows), transforms: [.filterRows { _ in throw Bad() }])
    var options = PipelineOptions()
    options.maxFailures = 10
    #expect(try Pipeline.start(definition, options: options).runToEnd()?.records == 0)
    options.maxFailures = 9
    #expect(throws: PipelineError.tooManyFailures(permitted: 9, first: "record 0: Bad()")) {
      try Pipeline.start(definition, options: options).runToEnd()
    }
  }

  @Test("an error in a batch-wise closure, or a column of the wrong length, fails the run")
  func batchErrors() throws {
    let field = Field("y", .int64)
    let rows: [[Value]] = [[1, 2, "3"]]
    #expect(throws: Bad.self) { try ids([.column(field) { _ in throw Bad() }], rows) }
    #expect(throws: PipelineError.self) {
      try ids([.column(field) { _ in Column(.int64, .int64([1, 2])) }], rows)
    }
    #expect(throws: PipelineError.self) {
      try ids([.map(field, from: "s") { (x: Int64) in x }], rows)
    }
  }

  @Test("defect 12: a field that does not exist, or a value of another type, is refused at start")
  func refusals() throws {
    func start(_ transform: Transform) throws {
      _ = try Pipeline.start(
        PipelineDefinition(source: try source([]), transforms: [transform]))
    }
    let known = ["id", "x", "s"]
    #expect(throws: PipelineError.unknownField("z", known: known, usedBy: "filter")) {
      try start(.filter(.isNull("z")))
    }
    #expect(throws: PipelineError.unknownField("z", known: known, usedBy: "map")) {
      try start(.map(Field("y", .int64), from: "z") { (x: Int64) in x })
    }
    #expect(throws: PipelineError.wrongValue(field: "x", type: .int64, value: "1.5")) {
      try start(.filter(.compare("x", .equal, 1.5)))
    }
    #expect(throws: PipelineError.wrongValue(field: "x", type: .int64, value: "null")) {
      try start(.filter(.compare("x", .equal, nil)))
    }
  }
}
