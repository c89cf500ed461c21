package import StreamingPipeline

/// Records with one of 10,000 different texts, each written out without a dictionary.
package struct TextRecords {
  static let groups = 10_000
  private let count: Int

  package init(count: Int) { self.count = count }

  /// The group of a record, counted from 0. The step has no factor in common with the number of
  /// groups, so it visits all of them in turn.
  private func group(of record: Int) -> Int { record * 7_919 % Self.groups }

  /// Reads them from memory, in batches as a source makes them, and computes count and sum by text.
  package func pipeline() throws -> PipelineDefinition {
    let schema = try Schema([Field("text", .string), Field("value", .int64)])
    let chunk = PipelineOptions().chunkSize
    let batches = try stride(from: 0, to: count, by: chunk).map { start in
      var texts = ColumnBuilder(schema.fields[0], capacity: chunk)
      var values = ColumnBuilder(schema.fields[1], capacity: chunk)
      for record in start..<min(count, start + chunk) {
        texts.append("customer \(group(of: record))")
        values.append(Int64(record))
      }
      return try Batch(schema: schema, columns: [texts.finish(), values.finish()])
    }
    return PipelineDefinition(
      source: try MemorySource(schema: schema, batches: batches),
      aggregation: Aggregation(
        groupings: [Grouping(by: "text", computing: [.count, .sum("value")])]))
  }

  /// The expected result.
  package var expectation: Expectation {
    var aggregates: [OrderKey: (count: Int64, sum: Int64)] = [:]
    for record in 0..<count {
      let key = OrderKey([.string("customer \(group(of: record))")])
      let before = aggregates[key] ?? (0, 0)
      aggregates[key] = (before.count + 1, before.sum + Int64(record))
    }
    var expectation = Expectation(records: count, sum: Int64(count) * Int64(count - 1) / 2)
    expectation.groupings = [aggregates.mapValues { [.int64($0.count), .int64($0.sum)] }]
    return expectation
  }
}
