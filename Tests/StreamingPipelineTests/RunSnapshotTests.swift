import PipelineWorkloads
import StreamingPipeline
import Testing

@Suite struct RunSnapshotTests {
  private let aggregation = Aggregation(
    global: [.count, .sum("id")], groupings: [Grouping(by: "category", computing: [.count])])

  @Test("a snapshot has the aggregates of the batches so far, and is stable once the run has ended")
  func live() async throws {
    for execution in PipelineOptions.Execution.allCases {
      let run = try Pipeline.start(
        PipelineDefinition(source: try PlainWorkload(count: 2_000), aggregation: aggregation),
        options: .unhurried(execution))
      let before = try run.aggregationSnapshot()
      #expect(before.records == 0 && before.percent == 0 && !before.isStable)
      var seen: Int64 = 0
      for try await batch in run.batches {
        seen += Int64(batch.count)
        let snapshot = try run.aggregationSnapshot()
        #expect(snapshot.records == Int(seen))
        #expect(snapshot.aggregates.global == [.int64(seen), .int64(seen * (seen + 1) / 2)])
        #expect(snapshot.aggregates.groupings[0]["odd"] == [.int64(seen / 2)])
        #expect(snapshot.percent == Double(seen) / 20)
        #expect(!snapshot.isStable)
        #expect(run.aggregationState == nil)
      }
      let after = try run.aggregationSnapshot()
      #expect(after.isStable && after.aggregates == run.aggregationState && after.percent == 100)
    }
  }

  @Test("the aggregates of a stopped run stay as they were, but are not a result")
  func stopped() async throws {
    let run = try Pipeline.start(
      PipelineDefinition(source: try PlainWorkload(count: 2_000), aggregation: aggregation))
    for try await _ in run.batches { break }
    let snapshot = try run.aggregationSnapshot()
    #expect(snapshot.isStable && snapshot.records == 500 && snapshot.percent == 25)
    #expect(run.aggregationState == nil)
  }

  @Test("snapshots from another task are whole batches, whatever the consumer does")
  func concurrent() async throws {
    let run = try Pipeline.start(
      PipelineDefinition(source: try PlainWorkload(count: 200_000), aggregation: aggregation))
    async let count = run.batches.reduce(0) { $0 + $1.count }
    var last = 0
    while !run.status.isFinal {
      let snapshot = try run.aggregationSnapshot()
      let seen = Int64(snapshot.records)
      #expect(seen >= last && seen.isMultiple(of: 500))
      #expect(snapshot.aggregates.global[1] == (seen == 0 ? .null : .int64(seen * (seen + 1) / 2)))
      last = snapshot.records
      await Task.yield()
    }
    #expect(try await count == 200_000)
  }
}
