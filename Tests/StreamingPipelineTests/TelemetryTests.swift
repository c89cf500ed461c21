import BenchTestSupport
import PipelineWorkloads
import StreamingPipeline
import Synchronization
import Testing

/// Records the events of a run.
private final class Events: Sendable {
  private let kept = Mutex<[PipelineEvent]>([])

  var all: [PipelineEvent] { kept.withLock { $0 } }
  var names: [String] { all.map { name($0.kind) } }

  func keep(_ event: PipelineEvent) { kept.withLock { $0.append(event) } }
}

private func name(_ kind: PipelineEvent.Kind) -> String {
  switch kind {
  case .started(let total): "started \(total ?? -1)"
  case .chunkFetched(let records, _, _): "fetched \(records)"
  case .batchTransformed(let read, let delivered, let filtered, let failed, _, let buffered):
    "transformed \(read): \(delivered) \(filtered) \(failed), \(buffered) behind"
  case .aggregationComputed(let records, let groups, _): "aggregated \(records), \(groups) groups"
  case .bufferNearlyFull(let records, let size): "buffer \(records) of \(size)"
  case .groupLimitReached(let rejected): "limit: \(rejected)"
  case .memoryWarning(_, let limit, let chunk): "memory \(limit), \(chunk)"
  case .throughput(let records, let duration): "throughput \(records) in \(duration)"
  case .sourceError(let error, let retry, let of, let delay):
    "\(error), retry \(retry) of \(of) in \(delay)"
  case .paused(let pause): "paused by \(pause)"
  case .resumed(let pause): "resumed by \(pause)"
  case .completed: "completed"
  case .stopped: "stopped"
  case .failed(let error): "failed: \(error)"
  }
}

@Suite struct TelemetryTests {
  private let clock = ManualClock(movesItself: true)

  private func run(
    _ source: any Source, _ events: Events, transforms: [Transform] = [],
    aggregation: Aggregation = Aggregation(), _ set: (inout PipelineOptions) -> Void = { _ in }
  ) throws -> PipelineRun {
    var options = PipelineOptions()
    options.clock = PipelineClock(clock)
    options.stallTimeout = nil
    options.onEvent = { events.keep($0) }
    set(&options)
    return try Pipeline.start(
      PipelineDefinition(source: source, transforms: transforms, aggregation: aggregation),
      options: options, in: PipelineRegistry())
  }

  @Test("a run reports its start, its chunks and batches, its aggregates and its end, in order")
  func sequence() throws {
    let events = Events()
    let run = try run(
      try PlainWorkload(count: 1_200), events,
      transforms: [.filter(.compare("category", .equal, "odd"))],
      aggregation: Aggregation(groupings: [Grouping(by: "category", computing: [.count])]))
    try run.runToEnd()
    #expect(
      events.names == [
        "started 1200", "fetched 1000", "transformed 500: 250 250 0, 500 behind",
        "transformed 500: 250 250 0, 0 behind", "fetched 200",
        "transformed 200: 100 100 0, 0 behind", "aggregated 600, 1 groups",
        "throughput 1200 in 0.0 seconds", "completed",
      ])
    #expect(events.all.allSatisfy { $0.runID == run.id })
  }

  @Test("times count from the first demand, and throughput is reported once a second")
  func times() throws {
    let events = Events()
    let run = try run(try PlainWorkload(count: 3_000), events)
    clock.advance(by: .seconds(100))
    try run.forEachBatch { _ in clock.advance(by: .milliseconds(600)) }
    let told = events.all.filter { name($0.kind).hasPrefix("throughput") }
    #expect(
      told.map { name($0.kind) } == [
        "throughput 1500 in 1.2 seconds", "throughput 1000 in 1.2 seconds",
        "throughput 3000 in 3.6 seconds",
      ])
    #expect(told.map(\.time) == [.milliseconds(1_200), .milliseconds(2_400), .milliseconds(3_600)])
  }

  @Test("a source error is reported with its retry, and a failure with its error")
  func errors() async throws {
    let events = Events()
    let flaky = FlakySource(try PlainWorkload(count: 10)) { $0 <= 3 }
    let run = try run(flaky, events) { $0.retries = 2 }
    await #expect(throws: SourceFailure.self) { for try await _ in run.batches {} }
    let broken = "the source failed after 0 records and 2 retries: Broken(attempt: 2)"
    #expect(
      events.names == [
        "started 10", "Broken(attempt: 0), retry 1 of 2 in 1.0 seconds",
        "Broken(attempt: 1), retry 2 of 2 in 2.0 seconds", "throughput 0 in 3.0 seconds",
        "failed: \(broken)",
      ])
  }

  @Test("the group limit is reported once for each batch, with the records it rejected")
  func groupLimit() throws {
    let events = Events()
    let run = try run(
      try PlainWorkload(count: 1_500), events,
      aggregation: Aggregation(groupings: [Grouping(by: "id", computing: [.count])])
    ) { $0.maxGroups = 700 }
    #expect(try run.runToEnd()?.groupings[0].rejectedRecords == 800)
    #expect(events.names.filter { $0.hasPrefix("limit") } == ["limit: 300", "limit: 500"])
  }

  @Test("a buffer that goes over 80 % is reported once each time, with what it really holds")
  func buffer() throws {
    let events = Events()
    let run = try run(try PlainWorkload(count: 30), events) {
      $0.chunkSize = 10
      $0.bufferSize = 10
      $0.maxDemand = 2
      $0.minDemand = 0
    }
    try run.runToEnd()
    #expect(
      events.names.filter { $0.hasPrefix("buffer") }
        == Array(repeating: "buffer 8 of 10", count: 3))
  }

  @Test("pauses and stops are reported, also from another task")
  func steering() async throws {
    let events = Events()
    let run = try run(try PlainWorkload(count: 10_000), events)
    var iterator = run.batches.makeAsyncIterator()
    _ = try await iterator.next()
    run.pause()
    run.resume()
    run.stop()
    run.stop()
    #expect(
      events.names.suffix(4) == [
        "paused by user", "resumed by user", "throughput 500 in 0.0 seconds", "stopped",
      ])
  }

  @Test("a handler may steer the run it hears of")
  func steeringHandler() throws {
    let seen = Mutex<PipelineRun?>(nil)
    var options = PipelineOptions()
    options.onEvent = { event in
      if case .batchTransformed = event.kind { seen.withLock { $0 }?.stop() }
    }
    let run = try Pipeline.start(
      PipelineDefinition(source: try PlainWorkload(count: 10_000)), options: options)
    seen.withLock { $0 = run }
    #expect(try run.runToEnd() == nil)
    #expect(run.status.kind == .stopped && run.progress.delivered == 500)
    seen.withLock { $0 = nil }
  }

  @Test("subscribers get the events as a stream that ends with the run")
  func stream() async throws {
    let run = try run(try PlainWorkload(count: 10), Events())
    let events = run.events
    let reading = Task { await events.reduce(into: []) { $0.append(name($1.kind)) } }
    try run.runToEnd()
    let names = await reading.value
    #expect(names.first == "started 10" && names.last == "completed")
    #expect(await run.events.reduce(0) { count, _ in count + 1 } == 0, "nothing after the end")
  }

  @Test("when telemetry is off, nothing is reported")
  func off() async throws {
    let events = Events()
    let run = try run(try PlainWorkload(count: 10), events) { $0.telemetry = false }
    let stream = run.events
    try run.runToEnd()
    #expect(events.all.isEmpty)
    #expect(await stream.reduce(0) { count, _ in count + 1 } == 0)
  }
}
