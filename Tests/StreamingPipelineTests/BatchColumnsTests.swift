import StreamingPipeline
import Testing

/// Tests of the columns of batches that are cut from a chunk, and of those computed for a batch.
@Suite struct BatchColumnsTests {
  @Test("cut from a chunk anywhere, computed, replaced and cut by demand, columns keep their rows")
  func cutAnywhere() throws {
    let schema = try Schema([Field("a", .int64), Field("b", .string)])
    let rows = (0..<41).map { row -> [Value] in
      [row % 5 == 0 ? nil : .int64(Int64(row)), .string("row \(row)")]
    }
    let source = try MemorySource(schema: schema, rows: rows)
    for demand in 1...41 {
      var options = PipelineOptions()
      (options.maxDemand, options.minDemand) = (demand, 0)
      let run = try Pipeline.start(
        PipelineDefinition(
          source: source,
          transforms: [
            .map(Field("c", .int64), from: "a") { (a: Int64) in a &* 10 },
            .replaceNull(in: "a", with: -1),
            .map(Field("d", .int64), from: "a", "c") { (a: Int64, c: Int64) in a &+ c },
          ]), options: options)
      var found: [[Value]] = []
      try run.forEachBatch { batch in
        #expect(batch.columns.count == 4 && batch.columns.allSatisfy { $0.count == batch.rowCount })
        found += batch.rows.map(\.values)
      }
      let expected = rows.map { row -> [Value] in
        guard case .int64(let a) = row[0] else { return [-1, row[1], nil, nil] }
        return [.int64(a), row[1], .int64(a * 10), .int64(a * 11)]
      }
      #expect(found == expected, "demand \(demand)")
    }
  }
}
