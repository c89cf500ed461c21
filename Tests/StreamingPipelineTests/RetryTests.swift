import BenchTestSupport
import PipelineWorkloads
import StreamingPipeline
import Testing

/// Tests that a source that failed is read again from its last key.
@Suite struct RetryTests {
  private func options(
    _ execution: PipelineOptions.Execution, clock: ManualClock
  ) -> PipelineOptions {
    var options = PipelineOptions.unhurried(execution)
    options.clock = PipelineClock(clock)
    options.stallTimeout = nil
    return options
  }

  /// The ids of the records that arrive, in batches or by draining.
  private func read(
    _ source: any Source, _ options: PipelineOptions, draining: Bool
  ) async throws -> [Int64] {
    let run = try Pipeline.start(
      PipelineDefinition(source: source), options: options, in: PipelineRegistry())
    var seen: [Int64] = []
    if draining {
      try run.forEachBatch { seen += ids($0) }
    } else {
      for try await batch in run.batches { seen += ids(batch) }
    }
    return seen
  }

  @Test("every pattern of faults in the first nine attempts loses and repeats nothing")
  func everyPattern() async throws {
    let source = try PlainWorkload(count: 5)
    for pattern in 0..<512 {
      for execution in PipelineOptions.Execution.allCases {
        var options = options(execution, clock: ManualClock(movesItself: true))
        options.retries = 9
        options.chunkSize = 2
        let flaky = FlakySource(source) { $0 < 9 && pattern >> $0 & 1 == 1 }
        let seen = try await read(flaky, options, draining: pattern.isMultiple(of: 3))
        #expect(seen == [1, 2, 3, 4, 5], "pattern \(pattern), \(execution)")
      }
    }
  }

  @Test(
    "random faults lose and repeat nothing, from memory and from generators",
    arguments: 1...60 as ClosedRange<UInt64>)
  func randomFaults(seed: UInt64) async throws {
    var random = SeededRandom(seed: seed)
    let count = Int.random(in: 0...400, using: &random)
    let sources: [any Source] = [
      try PlainWorkload(count: count), try OrdersWorkload(count: count, seed: seed, groups: 3),
      try memory(count, &random),
    ]
    var options = options(
      Bool.random(using: &random) ? .pull : .prefetch, clock: ManualClock(movesItself: true))
    options.chunkSize = Int.random(in: 1...60, using: &random)
    options.maxDemand = Int.random(in: 1...60, using: &random)
    options.minDemand = 0
    options.bufferSize = Int.random(in: 1...90, using: &random)
    options.retries = 10
    // A third of the attempts fail, but never more than ten in a row.
    let faults = (0..<2_000).map { $0 % 11 != 10 && Int.random(in: 0..<3, using: &random) == 0 }
    for source in sources {
      let flaky = FlakySource(source) { $0 < faults.count && faults[$0] }
      let seen = try await read(flaky, options, draining: Bool.random(using: &random))
      #expect(seen == (0..<count).map { Int64($0 + 1) }, "seed \(seed)")
    }
  }

  private func memory(_ count: Int, _ random: inout SeededRandom) throws -> MemorySource {
    let plain = try PlainWorkload(count: count)
    let cursor = try plain.open()
    var batches: [Batch] = []
    while let batch = try cursor.next(atMost: Int.random(in: 1...50, using: &random)) {
      batches.append(batch)
    }
    return try MemorySource(schema: plain.schema, batches: batches)
  }

  @Test("the wait doubles, and a read that succeeds begins anew")
  func policy() {
    var policy = RetryPolicy(permitted: 3, firstDelay: .seconds(1))
    #expect(
      (0..<5).map { _ in policy.fail() } == [.seconds(1), .seconds(2), .seconds(4), nil, nil])
    policy.succeed()
    #expect(policy.fail() == .seconds(1))
    var none = RetryPolicy(permitted: 0, firstDelay: .seconds(1))
    #expect(none.fail() == nil)
  }

  @Test(
    "two failures, then success: the waits are 1 and 2 seconds, and the source goes on at its key",
    arguments: PipelineOptions.Execution.allCases)
  func twice(execution: PipelineOptions.Execution) async throws {
    let clock = ManualClock(movesItself: true)
    // The attempts are open, read, read (fails), open (fails), open, read …
    let flaky = FlakySource(try PlainWorkload(count: 2_500)) { $0 == 2 || $0 == 3 }
    let seen = try await read(flaky, options(execution, clock: clock), draining: false)
    #expect(seen.elementsEqual(1...2_500))
    #expect(clock.waits == [.seconds(1), .seconds(2)])
    #expect(flaky.opened.map(\.records) == [0, 1_000, 1_000])
  }

  @Test(
    "defect 13: after the last retry the run has failed, and says how many records were delivered",
    arguments: PipelineOptions.Execution.allCases)
  func lastRetry(execution: PipelineOptions.Execution) async throws {
    let clock = ManualClock(movesItself: true)
    let flaky = FlakySource(try PlainWorkload(count: 5_000)) { $0 >= 3 }
    let run = try Pipeline.start(
      PipelineDefinition(source: flaky), options: options(execution, clock: clock))
    var seen: [Int64] = []
    let error = await #expect(throws: SourceFailure.self) {
      for try await batch in run.batches { seen += ids(batch) }
    }
    // Two reads succeeded: each of a chunk, or of what the buffer had room for.
    let count = execution == .pull ? 2_000 : 1_500
    #expect(seen.count == count && seen.elementsEqual(1...Int64(count)))
    #expect(error?.recordsDelivered == count && error?.retries == 3)
    #expect(error?.underlying as? FlakySource.Broken == FlakySource.Broken(attempt: 6))
    #expect(
      error?.description
        == "the source failed after \(count) records and 3 retries: Broken(attempt: 6)")
    #expect(clock.waits == [.seconds(1), .seconds(2), .seconds(4)])
    #expect(run.status.kind == .failed)
    #expect(run.aggregationState == nil)
  }

  @Test("an error that no retry helps against fails the run as it is, at once")
  func permanent() async throws {
    for execution in PipelineOptions.Execution.allCases {
      let clock = ManualClock(movesItself: true)
      let flaky = FlakySource(try PlainWorkload(count: 10), transient: false) { $0 == 1 }
      await #expect(throws: FlakySource.Broken(attempt: 1)) {
        _ = try await read(flaky, options(execution, clock: clock), draining: false)
      }
      #expect(clock.waits.isEmpty)
    }
  }

  @Test(
    "defect 14: while a retry is waited for the run answers, and stop ends the wait",
    arguments: PipelineOptions.Execution.allCases)
  func stopWhileWaiting(execution: PipelineOptions.Execution) async throws {
    let clock = ManualClock()
    let run = try Pipeline.start(
      PipelineDefinition(source: FlakySource(try PlainWorkload(count: 10)) { _ in true }),
      options: options(execution, clock: clock))
    async let count = run.batches.reduce(0) { $0 + $1.count }
    await clock.sleepers(1)
    #expect(run.status.kind == .running)
    #expect(run.state.progress.delivered == 0 && run.state.demand == 500)
    #expect(try run.aggregationSnapshot().records == 0)
    run.stop()
    #expect(try await count == 0)
    #expect(run.status.kind == .stopped)
  }

  @Test("cancelling the consumer ends the wait for a retry")
  func cancelWhileWaiting() async throws {
    for execution in PipelineOptions.Execution.allCases {
      let clock = ManualClock()
      let run = try Pipeline.start(
        PipelineDefinition(source: FlakySource(try PlainWorkload(count: 10)) { _ in true }),
        options: options(execution, clock: clock))
      let consumer = Task { try await run.batches.reduce(0) { $0 + $1.count } }
      await clock.sleepers(1)
      consumer.cancel()
      await #expect(throws: CancellationError.self) { try await consumer.value }
      #expect(run.status.kind == .stopped)
    }
  }

  @Test("a run paused while it waits for a retry reads on only when resumed")
  func pauseWhileWaiting() async throws {
    let clock = ManualClock()
    let flaky = FlakySource(try PlainWorkload(count: 10)) { $0 == 0 }
    let run = try Pipeline.start(
      PipelineDefinition(source: flaky), options: options(.pull, clock: clock))
    async let count = run.batches.reduce(0) { $0 + $1.count }
    await clock.sleepers(1)
    run.pause()
    clock.advance(by: .seconds(1))
    #expect(flaky.opened.count == 1)
    run.resume()
    #expect(try await count == 10)
  }
}
