import BenchTestSupport
import PipelineWorkloads
import StreamingPipeline
import Testing

/// Tests of aggregates that are rolled up from finer groups instead of being computed record by
/// record.
@Suite struct RollUpTests {
  /// Every level of random keys with aggregates of its own, in any order, and aggregates over all.
  private static func levels(_ records: inout RandomRecords, isExact: Bool) -> Aggregation {
    var aggregation = records.aggregation(isExact: isExact)
    let finest = aggregation.groupings.max { $0.keys.count < $1.keys.count }
    guard let keys = finest?.keys else { return aggregation }
    var levels: [Grouping] = []
    for count in 1...keys.count {
      let others = records.aggregation(isExact: isExact)
      let isAlike = records.number(in: 0...1) == 0
      levels.append(
        Grouping(
          by: Array(keys.prefix(count)),
          computing: isAlike ? aggregation.global : others.global))
    }
    // The same keys in reverse: one of the two groupings is rolled up from the other.
    levels.append(Grouping(by: keys.reversed(), computing: aggregation.global))
    if records.number(in: 0...1) == 0 { levels.reverse() }
    aggregation.groupings = levels
    return aggregation
  }

  @Test(
    "levels of any keys over any records are exactly the naive fold, also where groups are rejected",
    arguments: UInt64(0)..<60)
  func equalsNaiveFold(seed: UInt64) throws {
    var records = try RandomRecords(seed: seed + 5_000)
    let source = try MemorySource(schema: records.schema, batches: records.batches)
    let aggregation = Self.levels(&records, isExact: true)
    var options = PipelineOptions()
    options.maxDemand = records.number(in: 1...300)
    options.minDemand = 0
    options.maxGroups = [3, 20, 10_000][records.number(in: 0...2)]
    options.partitions = [1, 1, 2][records.number(in: 0...2)]
    // The filter keeps anything from all records down to none.
    let cut = Value.int64(Int64(records.number(in: -4...28)) * 1_000_003)
    var naive = NaiveFold(
      aggregation, maxGroups: options.maxGroups, computed: RandomRecords.computed)
    let run = try Pipeline.start(
      PipelineDefinition(
        source: source, transforms: [.filter(.compare("f0", .less, cut))],
        aggregation: aggregation), options: options)
    let result = try #require(
      try run.forEachBatch { batch in for row in batch.rows { naive.add(row) } })
    let expected = naive.result
    #expect(result.records == expected.records, "seed \(seed)")
    #expect(result.global == expected.global, "seed \(seed)")
    #expect(result.groupings == expected.groupings, "seed \(seed)")
  }

  @Test(
    "a level beside its finer ones has the same bits as alone, rounding and sketches included",
    arguments: UInt64(0)..<30)
  func equalsAlone(seed: UInt64) throws {
    var records = try RandomRecords(seed: seed + 7_000)
    let source = try MemorySource(schema: records.schema, batches: records.batches)
    let together = Self.levels(&records, isExact: false)
    func result(_ aggregation: Aggregation) throws -> AggregationResult? {
      try Pipeline.start(PipelineDefinition(source: source, aggregation: aggregation)).runToEnd()
    }
    let all = try #require(try result(together))
    // Results are compared as text, because NaN equals nothing.
    let global = try result(Aggregation(global: together.global))?.global
    #expect("\(all.global)" == "\(global as Any? ?? "none")", "seed \(seed)")
    for (index, grouping) in together.groupings.enumerated() {
      let alone = try #require(try result(Aggregation(groupings: [grouping])))
      #expect("\(all.groupings[index])" == "\(alone.groupings[0])", "seed \(seed), level \(index)")
    }
  }

  @Test("a snapshot in the middle of a run has the levels of the records so far")
  func snapshot() throws {
    let orders = try OrdersWorkload(count: 3_000, seed: 3)
    let aggregates: [Aggregate] = [.count, .sum("amount"), .median("amount"), .last("id")]
    let keys: [Operand] = ["region", "territory", "order_type"]
    let aggregation = Aggregation(
      global: aggregates, groupings: Grouping.levels(by: keys, computing: aggregates))
    let run = try Pipeline.start(PipelineDefinition(source: orders, aggregation: aggregation))
    var seen: [AggregationResult] = []
    try run.forEachBatch { _ in seen.append(try run.aggregationSnapshot().aggregates) }
    for snapshot in seen {
      let first = try OrdersWorkload(count: snapshot.records, seed: 3)
      let expected = try Pipeline.start(
        PipelineDefinition(source: first, aggregation: aggregation)
      ).runToEnd()
      #expect(snapshot == expected)
    }
    #expect(seen.map(\.records) == [500, 1_000, 1_500, 2_000, 2_500, 3_000])
  }
}
