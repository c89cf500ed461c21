import PipelineWorkloads
import StreamingPipeline
import Synchronization
import Testing

/// Tests of stopping, pausing and resuming, and of the defects of the pipeline from which this
/// design comes; their names say which.
@Suite struct SteeringTests {
  private func run(
    _ count: Int = 5_000, _ execution: PipelineOptions.Execution = .pull
  ) throws -> PipelineRun {
    try Pipeline.start(
      PipelineDefinition(source: try PlainWorkload(count: count)),
      options: .unhurried(execution))
  }

  @Test(
    "defect 4: pausing before any batch loses no demand, and resuming goes on",
    arguments: PipelineOptions.Execution.allCases)
  func pauseEverywhere(execution: PipelineOptions.Execution) async throws {
    for point in 0...10 {
      let run = try run(5_000, execution)
      var iterator = run.batches.makeAsyncIterator()
      var seen: [Int64] = []
      for _ in 0..<point {
        if let batch = try await iterator.next() { seen += ids(batch) }
      }
      #expect(run.pause())
      #expect(!run.pause())
      // The resuming task may come before the demand or after it: the run must go on in both cases.
      async let resumed = run.resume()
      while let batch = try await iterator.next() { seen += ids(batch) }
      #expect(await resumed)
      #expect(!run.resume())
      #expect(seen.elementsEqual(1...5_000))
    }
  }

  @Test("a paused run that is stopped, or whose consumer is cancelled, ends")
  func endWhilePaused() async throws {
    let stopped = try run()
    stopped.pause()
    async let count = stopped.batches.reduce(0) { $0 + $1.count }
    stopped.stop()
    #expect(try await count == 0)
    let cancelled = try run()
    cancelled.pause()
    let consumer = Task { try await cancelled.batches.reduce(0) { $0 + $1.count } }
    consumer.cancel()
    await #expect(throws: CancellationError.self) { try await consumer.value }
  }

  @Test(
    "defect 5: stop ends that run and nothing else", arguments: PipelineOptions.Execution.allCases)
  func stop(execution: PipelineOptions.Execution) async throws {
    let (first, second) = (try run(5_000, execution), try run(5_000, execution))
    var count = 0
    for try await batch in first.batches {
      count += batch.count
      first.stop()
    }
    #expect(count == 500)
    guard case .stopped = first.status else {
      Issue.record("not stopped")
      return
    }
    #expect(!first.resume() && !first.pause())
    #expect(try await second.batches.reduce(0) { $0 + $1.count } == 5_000)
  }

  @Test("an error that a source throws after its run was stopped reaches nobody")
  func stopThenFail() async throws {
    let running = Mutex<PipelineRun?>(nil)
    let source = FlakySource(try PlainWorkload(count: 5_000), transient: false) { attempt in
      if attempt == 2 { running.withLock { $0 }?.stop() }
      return attempt == 2
    }
    let run = try Pipeline.start(PipelineDefinition(source: source))
    running.withLock { $0 = run }
    #expect(try await run.batches.reduce(0) { $0 + $1.count } == 1_000)
    #expect(run.status.kind == .stopped)
    running.withLock { $0 = nil }
  }

  @Test("stop from inside a synchronous drain ends it without a result")
  func stopDrain() throws {
    let run = try run()
    var count = 0
    let result = try run.forEachBatch { batch in
      count += batch.count
      run.stop()
    }
    #expect(count == 500 && result == nil)
  }

  @Test("defect 1: the default options run")
  func defaults() throws {
    let run = try run(10)
    #expect(try run.runToEnd() == AggregationResult(records: 10, global: [], groupings: []))
  }

  @Test("defects 2 and 3: records keep their order inside a chunk, and the stream ends")
  func orderAndEnd() async throws {
    let run = try run(1_001)
    var seen: [Int64] = []
    var iterator = run.batches.makeAsyncIterator()
    while let batch = try await iterator.next() { seen += ids(batch) }
    #expect(seen.elementsEqual(1...1_001))
    let afterwards = try await iterator.next()
    #expect(afterwards == nil)
  }

  @Test("defect 6: options outside their range are refused with name, value and range")
  func options() throws {
    let cases: [(String, Int, String, (inout PipelineOptions) -> Void)] = [
      ("chunkSize", 0, "1...2147483647", { $0.chunkSize = 0 }),
      ("maxDemand", -1, "1...2147483647", { $0.maxDemand = -1 }),
      ("minDemand", 500, "0...499", { $0.minDemand = 500 }),
      ("minDemand", -1, "0...499", { $0.minDemand = -1 }),
      ("bufferSize", 0, "1...2147483647", { $0.bufferSize = 0 }),
      ("maxGroups", 0, "1...2147483647", { $0.maxGroups = 0 }),
      ("maxFailures", -1, "0 or more", { $0.maxFailures = -1 }),
      ("memoryLimit", 0, "1 or more", { $0.memoryLimit = 0 }),
      ("retries", 11, "0...10", { $0.retries = 11 }),
      ("retries", -1, "0...10", { $0.retries = -1 }),
    ]
    let source = try PlainWorkload(count: 1)
    for (name, value, permitted, set) in cases {
      var options = PipelineOptions()
      set(&options)
      let error = PipelineError.invalidOption(name: name, value: "\(value)", permitted: permitted)
      #expect(throws: error) {
        _ = try Pipeline.start(PipelineDefinition(source: source), options: options)
      }
      #expect(error.description == "option \(name) is \(value), permitted is \(permitted)")
    }
  }

  @Test("times that are none are refused, too")
  func times() throws {
    let cases: [(String, (inout PipelineOptions) -> Void)] = [
      ("retryDelay", { $0.retryDelay = .zero }), ("stallTimeout", { $0.stallTimeout = .zero }),
      ("timeout", { $0.timeout = .zero }),
    ]
    let source = try PlainWorkload(count: 1)
    for (name, set) in cases {
      var options = PipelineOptions()
      set(&options)
      #expect(
        throws: PipelineError.invalidOption(
          name: name, value: "0.0 seconds", permitted: "more than 0 seconds")
      ) { _ = try Pipeline.start(PipelineDefinition(source: source), options: options) }
    }
  }

  @Test("defect 9: a buffer smaller than a chunk discards nothing")
  func smallBuffer() async throws {
    for size in [1, 3, 499, 501] {
      var options = PipelineOptions.unhurried(.prefetch)
      options.bufferSize = size
      let run = try Pipeline.start(
        PipelineDefinition(source: try PlainWorkload(count: 2_000)), options: options)
      var seen: [Int64] = []
      for try await batch in run.batches { seen += ids(batch) }
      #expect(seen.elementsEqual(1...2_000))
      #expect(run.mostBuffered > 0 && run.mostBuffered <= size)
    }
  }

  @Test("defect 10: duration begins with the first demand")
  func duration() throws {
    let run = try run(10)
    #expect(run.progress.duration == nil)
    let before = ContinuousClock.now
    try run.runToEnd()
    let duration = try #require(run.progress.duration)
    #expect(duration <= before.duration(to: .now))
    #expect(run.progress.duration == duration)
  }
}
