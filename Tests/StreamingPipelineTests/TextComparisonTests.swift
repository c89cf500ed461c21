import StreamingPipeline
import Testing

/// Tests of comparing texts that come with dictionaries, whose answers are kept between batches.
@Suite struct TextComparisonTests {
  private static let comparisons: [Predicate.Comparison] = [
    .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual,
  ]

  private static func holds(_ text: String, _ comparison: Predicate.Comparison, _ value: String)
    -> Bool
  {
    let (left, right) = (Array(text.utf8), Array(value.utf8))
    return switch comparison {
    case .equal: left == right
    case .notEqual: left != right
    case .less: left.lexicographicallyPrecedes(right)
    case .lessOrEqual: !right.lexicographicallyPrecedes(left)
    case .greater: right.lexicographicallyPrecedes(left)
    case .greaterOrEqual: !left.lexicographicallyPrecedes(right)
    }
  }

  @Test(
    "batches whose dictionary grows, changes, is empty or missing are compared text by text",
    arguments: comparisons)
  func changingDictionaries(comparison: Predicate.Comparison) throws {
    let texts = ["", "a", "ab", "b", "ä", "abc", "A"]
    let schema = try Schema([Field("text", .string)])
    let full = StringDictionary(texts)
    let reversed = StringDictionary(texts.reversed())
    var batches: [Batch] = []
    var expected: [String] = []
    func add(_ codes: [UInt32], _ dictionary: StringDictionary, nullEvery step: Int) throws {
      let validity = Validity.of(count: codes.count) { $0 % step != 0 }
      let column = Column(.string, .dictionary(codes, dictionary), validity: validity)
      batches.append(try Batch(schema: schema, columns: [column]))
      for (row, code) in codes.enumerated() where row % step != 0 {
        let text = dictionary.values[Int(code)]
        if Self.holds(text, comparison, "ab") { expected.append(text) }
      }
    }
    // Each batch's dictionary has one entry more; then the same entries come in another order.
    for count in 1...texts.count {
      let grown = StringDictionary(Array(texts.prefix(count)))
      try add((0..<20).map { UInt32($0 % count) }, grown, nullEvery: 7)
    }
    for round in 0..<4 {
      let dictionary = round % 2 == 0 ? full : reversed
      try add((0..<70).map { UInt32($0 % texts.count) }, dictionary, nullEvery: 3)
    }
    // There are only nulls, which have no entry.
    try add([0, 0, 0], StringDictionary([]), nullEvery: 1)
    var packed = ColumnBuilder(schema.fields[0])
    for text in texts { packed.append(text) }
    batches.append(try Batch(schema: schema, columns: [packed.finish()]))
    expected += texts.filter { Self.holds($0, comparison, "ab") }
    let run = try Pipeline.start(
      PipelineDefinition(
        source: try MemorySource(schema: schema, batches: batches),
        transforms: [.filter(.compare("text", comparison, "ab"))]))
    var found: [String] = []
    try run.forEachBatch { batch in found += batch.rows.map { "\($0[0])" } }
    #expect(found == expected)
  }
}
