import PipelineWorkloads
import StreamingPipeline
import Testing

@Suite struct SnapshotTests {
  @Test(
    "a snapshot is the answer over the records so far, and what comes later does not change it",
    arguments: UInt64(0)..<12, [1, 3])
  func consistent(seed: UInt64, partitions: Int) throws {
    var records = try RandomRecords(seed: seed + 500)
    let aggregation = records.aggregation()
    var aggregator = try Aggregator(
      aggregation, schema: records.schema, maxGroups: 20, partitions: partitions)
    var fold = NaiveFold(aggregation, maxGroups: 20, computed: RandomRecords.computed)
    var snapshots: [(AggregationState, AggregationResult)] = []
    var position = 0
    for batch in records.batches {
      let rows = batch.rows.map { $0 }
      _ = try aggregator.add(try batch.repositioned(to: position))
      position += batch.rowCount
      for row in rows { fold.add(row) }
      snapshots.append((aggregator.snapshot(), fold.result))
    }
    for (snapshot, expected) in snapshots {
      #expect(try snapshot.result() == expected, "seed \(seed)")
    }
    #expect(try aggregator.result() == fold.result)
    let rejected = fold.result.groupings.reduce(0) { $0 + $1.rejectedRecords }
    if partitions == 1 { #expect(aggregator.takeRejectedRecords() == rejected) }
    #expect(aggregator.takeRejectedRecords() == 0 || partitions > 1)
  }

  @Test("what groups hold grows with them")
  func heldBytes() throws {
    let orders = try OrdersWorkload(count: 20_000, groups: 10_000)
    var aggregator = try Aggregator(
      Aggregation(groupings: [Grouping(by: "segment", computing: [.count, .median("amount")])]),
      schema: orders.schema, maxGroups: 10_000)
    let before = aggregator.heldBytes
    let cursor = try orders.open()
    while let batch = try cursor.next(atMost: 1_000) { _ = try aggregator.add(batch) }
    let groups = try aggregator.result().groupings[0].groups.count
    #expect(groups > 5_000)
    #expect(aggregator.heldBytes - before > groups * 50)
    #expect(aggregator.heldBytes < groups * 2_000)
  }
}

extension Batch {
  /// The same records at another position in the stream, as the pipeline sets it.
  fileprivate func repositioned(to position: Int) throws -> Batch {
    try Batch(schema: schema, columns: Array(columns), position: position)
  }
}
