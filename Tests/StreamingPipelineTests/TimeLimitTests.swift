import BenchTestSupport
import Dispatch
import Foundation
import PipelineWorkloads
import StreamingPipeline
import Testing

/// A source whose every read takes as long as the test says, by the test's clock.
private struct SlowSource: Source {
  let inner: PlainWorkload
  let clock: ManualClock
  let time: Duration

  var schema: Schema { inner.schema }
  var totalCount: Int? { inner.totalCount }

  func open(after position: SourcePosition) -> any SourceCursor {
    Cursor(source: self, inner: inner.open(after: position))
  }

  final class Cursor: SourceCursor {
    let source: SlowSource
    let inner: any SourceCursor

    init(source: SlowSource, inner: any SourceCursor) {
      self.source = source
      self.inner = inner
    }

    func next(atMost demand: Int) throws -> Batch? {
      source.clock.advance(by: source.time)
      return try inner.next(atMost: demand)
    }
  }
}

@Suite struct TimeLimitTests {
  @Test("the verdicts: quiet counts from the demand or the last read, whichever came later")
  func quiet() {
    var limits = TimeLimits(stall: .seconds(30), total: nil)
    #expect(limits.verdict(at: .seconds(100)) == .fine(until: .seconds(130)))
    limits.demand(at: .seconds(100))
    #expect(limits.verdict(at: .seconds(110)) == .fine(until: .seconds(130)))
    limits.read(at: .seconds(120))
    #expect(limits.verdict(at: .seconds(149)) == .fine(until: .seconds(150)))
    #expect(limits.verdict(at: .seconds(150)) == .stalled(after: .seconds(30)))
    limits.answer()
    #expect(limits.verdict(at: .seconds(999)) == .fine(until: .seconds(1_029)))
  }

  @Test("a user's pause is no quiet, and afterwards the count begins anew")
  func pause() {
    var limits = TimeLimits(stall: .seconds(30), total: nil)
    limits.demand(at: .zero)
    limits.pause()
    #expect(limits.verdict(at: .seconds(500)) == .fine(until: .seconds(530)))
    limits.resume(at: .seconds(600))
    #expect(limits.verdict(at: .seconds(629)) == .fine(until: .seconds(630)))
    #expect(limits.verdict(at: .seconds(630)) == .stalled(after: .seconds(30)))
  }

  @Test("the whole time counts from the first demand, pauses included")
  func total() {
    var limits = TimeLimits(stall: nil, total: .seconds(60))
    #expect(limits.verdict(at: .seconds(1_000)) == .fine(until: .seconds(1_060)))
    limits.demand(at: .seconds(1_000))
    limits.answer()
    limits.pause()
    #expect(limits.verdict(at: .seconds(1_059)) == .fine(until: .seconds(1_060)))
    #expect(limits.verdict(at: .seconds(1_060)) == .timedOut(after: .seconds(60)))
    #expect(TimeLimits(stall: nil, total: nil).verdict(at: .seconds(9)) == .fine(until: nil))
  }

  @Test(
    "time never gets better: whatever happens, no verdict comes before the moment it was put off to"
  )
  func neverEarlier() {
    for seed in 1...200 as ClosedRange<UInt64> {
      var random = SeededRandom(seed: seed)
      var limits = TimeLimits(
        stall: .seconds(7), total: seed.isMultiple(of: 2) ? .seconds(40) : nil)
      var now = Duration.zero
      var promised = Duration.zero
      for _ in 0..<60 {
        switch Int.random(in: 0..<5, using: &random) {
        case 0: limits.demand(at: now)
        case 1: limits.read(at: now)
        case 2: limits.answer()
        case 3: limits.pause()
        default: limits.resume(at: now)
        }
        now += .seconds(Int.random(in: 0..<4, using: &random))
        guard case .fine(let until) = limits.verdict(at: now) else {
          #expect(now >= promised, "seed \(seed): the watchdog would have slept past it")
          break
        }
        // The watchdog sleeps until this time and looks again only then.
        if now >= promised { promised = until ?? .zero }
      }
    }
  }

  @Test(
    "defect 8: a source that delivers nothing while it is waited for fails as stalled",
    arguments: PipelineOptions.Execution.allCases)
  func stalled(execution: PipelineOptions.Execution) async throws {
    let clock = ManualClock()
    var options = PipelineOptions(execution: execution)
    options.clock = PipelineClock(clock)
    // The source fails and waits longer for its retry than it may be quiet.
    options.retryDelay = .seconds(90)
    let run = try Pipeline.start(
      PipelineDefinition(source: FlakySource(try PlainWorkload(count: 5_000)) { $0 == 2 }),
      options: options)
    let consumer = Task { try await run.batches.reduce(0) { $0 + $1.count } }
    await clock.sleepers(2)
    clock.advance(by: .seconds(29))
    #expect(run.status.kind == .running)
    // The watchdog may have begun its sleep before the last read; it looks again then.
    clock.advance(by: .seconds(1))
    let error = PipelineError.stalled(after: .seconds(30), recordsRead: 1_000)
    await #expect(throws: error) { try await consumer.value }
    guard case .failed(let reason) = run.status else {
      Issue.record("not failed")
      return
    }
    #expect(reason as? PipelineError == error)
  }

  @Test("a read that took too long is found out without a watchdog, too")
  func slowRead() async throws {
    let clock = ManualClock()
    let source = SlowSource(
      inner: try PlainWorkload(count: 10), clock: clock, time: .seconds(31))
    var options = PipelineOptions()
    options.clock = PipelineClock(clock)
    let error = PipelineError.stalled(after: .seconds(30), recordsRead: 0)
    let drain = try Pipeline.start(PipelineDefinition(source: source), options: options)
    #expect(throws: error) { try drain.runToEnd() }
    let run = try Pipeline.start(PipelineDefinition(source: source), options: options)
    await #expect(throws: error) { for try await _ in run.batches {} }
    #expect(run.status.kind == .failed)
  }

  @Test(
    "a consumer that does not ask stalls nothing", arguments: PipelineOptions.Execution.allCases)
  func idleConsumer(execution: PipelineOptions.Execution) async throws {
    let clock = ManualClock()
    var options = PipelineOptions(execution: execution)
    options.clock = PipelineClock(clock)
    let run = try Pipeline.start(
      PipelineDefinition(source: try PlainWorkload(count: 2_000)), options: options)
    var count = 0
    for try await batch in run.batches {
      count += batch.count
      clock.advance(by: .seconds(1_000))
    }
    #expect(count == 2_000)
  }

  @Test(
    "timeout ends a run, also one that is paused", arguments: PipelineOptions.Execution.allCases)
  func timeout(execution: PipelineOptions.Execution) async throws {
    let clock = ManualClock()
    var options = PipelineOptions(execution: execution)
    options.clock = PipelineClock(clock)
    options.stallTimeout = nil
    options.timeout = .seconds(10)
    let run = try Pipeline.start(
      PipelineDefinition(source: try PlainWorkload(count: 2_000)), options: options)
    var iterator = run.batches.makeAsyncIterator()
    _ = try await iterator.next()
    await clock.sleepers(1)
    run.pause()
    clock.advance(by: .seconds(10))
    await #expect(throws: PipelineError.timedOut(after: .seconds(10), recordsRead: 500)) {
      while try await iterator.next() != nil {}
    }
    let afterwards = try await iterator.next()
    #expect(afterwards == nil, "a failure is told once")
  }

  @Test("a drain that takes too long is ended between two batches")
  func drainTimeout() throws {
    let clock = ManualClock()
    var options = PipelineOptions()
    options.clock = PipelineClock(clock)
    options.timeout = .seconds(10)
    let run = try Pipeline.start(
      PipelineDefinition(source: try PlainWorkload(count: 2_000)), options: options)
    var count = 0
    #expect(throws: PipelineError.timedOut(after: .seconds(10), recordsRead: 1_000)) {
      try run.forEachBatch { batch in
        count += batch.count
        clock.advance(by: .seconds(5))
      }
    }
    #expect(count == 1_000 && run.status.kind == .failed)
  }
}

/// A source that does not return from a read until it is released.
private struct HungSource: Source {
  let inner: PlainWorkload
  let gate: DispatchSemaphore

  var schema: Schema { inner.schema }
  var totalCount: Int? { inner.totalCount }

  func open(after position: SourcePosition) -> any SourceCursor { Cursor(gate: gate) }

  final class Cursor: SourceCursor {
    let gate: DispatchSemaphore

    init(gate: DispatchSemaphore) { self.gate = gate }

    func next(atMost demand: Int) -> Batch? {
      gate.wait()
      return nil
    }
  }
}

@Suite(.enabled(if: ProcessInfo.processInfo.activeProcessorCount > 1))
struct HungSourceTests {
  @Test("a consumer of a source that hangs receives an error, and the run answers meanwhile")
  func prefetching() async {
    // The test runs in a process of its own, because it blocks one of the few threads that all
    // tests share.
    await #expect(processExitsWith: .success) {
      let clock = ManualClock()
      let gate = DispatchSemaphore(value: 0)
      var options = PipelineOptions(execution: .prefetch)
      options.clock = PipelineClock(clock)
      let run = try Pipeline.start(
        PipelineDefinition(source: HungSource(inner: try PlainWorkload(count: 10), gate: gate)),
        options: options)
      let consumer = Task { try await run.batches.reduce(0) { $0 + $1.count } }
      await clock.sleepers(1)
      while run.state.demand == 0 { await Task.yield() }
      #expect(try run.aggregationSnapshot().records == 0)
      clock.advance(by: .seconds(30))
      await #expect(throws: PipelineError.stalled(after: .seconds(30), recordsRead: 0)) {
        try await consumer.value
      }
      gate.signal()
    }
  }
}
