import PipelineWorkloads
import StreamingPipeline
import Testing

/// A source that fails after some records, or returns more than it was asked for.
struct FaultySource: Source {
  struct Broken: Error, Equatable {}
  enum Fault { case failure, tooMuch, empty }
  let inner: PlainWorkload
  let fault: Fault
  let reads: Int

  var schema: Schema { inner.schema }
  var totalCount: Int? { nil }

  func open(after position: SourcePosition) throws -> any SourceCursor {
    Cursor(source: self, inner: inner.open(after: position))
  }

  final class Cursor: SourceCursor {
    let source: FaultySource
    let inner: any SourceCursor
    var left: Int

    init(source: FaultySource, inner: any SourceCursor) {
      self.source = source
      self.inner = inner
      left = source.reads
    }

    func next(atMost demand: Int) throws -> Batch? {
      left -= 1
      if left >= 0 { return try inner.next(atMost: demand) }
      switch source.fault {
      case .failure: throw Broken()
      case .tooMuch: return try inner.next(atMost: demand + 1)
      case .empty: return try MemorySource(schema: source.schema, rows: []).emptyBatch()
      }
    }
  }
}

extension MemorySource {
  func emptyBatch() throws -> Batch {
    try Batch(
      schema: schema, columns: schema.fields.map { ColumnBuilder($0).finish() })
  }
}

/// The ids of a batch's records.
func ids(_ batch: Batch) -> [Int64] {
  batch.rows.compactMap { if case .int64(let id) = $0["id"] { id } else { nil } }
}

@Suite struct RunTests {
  @Test(
    "demand equal to, larger and smaller than a chunk: every record once, in order, in batches of at most maxDemand",
    arguments: PipelineOptions.Execution.allCases, [1, 7, 250, 1_000, 3_000])
  func demandAndChunks(execution: PipelineOptions.Execution, chunk: Int) async throws {
    for demand in [1, 100, 250, 1_000, 5_000] where demand > 1 || chunk > 7 {
      var options = PipelineOptions.unhurried(execution)
      options.chunkSize = chunk
      options.maxDemand = demand
      options.minDemand = demand / 3
      let run = try Pipeline.start(
        PipelineDefinition(source: try PlainWorkload(count: 2_003)), options: options)
      var seen: [Int64] = []
      for try await batch in run.batches {
        #expect(batch.count > 0 && batch.count <= demand)
        #expect(batch.position == seen.count)
        seen += ids(batch)
      }
      #expect(seen.elementsEqual(1...2_003))
      guard case .completed = run.status else {
        Issue.record("not completed")
        return
      }
    }
  }

  @Test("prefetching gives exactly what pulling gives")
  func prefetchEqualsPull() async throws {
    let aggregation = Aggregation(
      global: [.count, .sum("amount"), .max("order_date")],
      groupings: [Grouping(by: "region", "status", computing: [.count, .average("tax")])])
    let definition = PipelineDefinition(
      source: try OrdersWorkload(count: 20_000, seed: 3),
      transforms: [.filter(!(.isNull("amount")))], aggregation: aggregation)
    var results: [AggregationResult?] = []
    for execution in PipelineOptions.Execution.allCases {
      let run = try Pipeline.start(definition, options: .unhurried(execution))
      for try await _ in run.batches {}
      results.append(run.aggregationState)
    }
    results.append(try Pipeline.start(definition).runToEnd())
    #expect(results[0] != nil && results[0] == results[1] && results[1] == results[2])
  }

  @Test(
    "cancel after 500 ends the run and the source", arguments: PipelineOptions.Execution.allCases)
  func cancelAfter500(execution: PipelineOptions.Execution) async throws {
    let run = try Pipeline.start(
      PipelineDefinition(source: try PlainWorkload(count: 1_000_000)),
      options: .unhurried(execution))
    let consumer = Task {
      var count = 0
      for try await batch in run.batches {
        count += batch.count
        if count >= 500 { withUnsafeCurrentTask { $0?.cancel() } }
      }
      return count
    }
    await #expect(throws: CancellationError.self) { try await consumer.value }
    guard case .stopped = run.status else {
      Issue.record("not stopped")
      return
    }
    #expect(run.progress.delivered == 500)
    #expect(run.aggregationState == nil)
  }

  @Test("leaving the loop stops the run", arguments: PipelineOptions.Execution.allCases)
  func leaving(execution: PipelineOptions.Execution) async throws {
    let run = try Pipeline.start(
      PipelineDefinition(source: try PlainWorkload(count: 100_000)),
      options: .unhurried(execution))
    for try await _ in run.batches { break }
    guard case .stopped = run.status else {
      Issue.record("not stopped")
      return
    }
  }

  @Test(
    "two runs are isolated: one fails, the other completes",
    arguments: PipelineOptions.Execution.allCases)
  func isolated(execution: PipelineOptions.Execution) async throws {
    let source = try PlainWorkload(count: 5_000)
    var options = PipelineOptions.unhurried(execution)
    options.retries = 0
    let failing = try Pipeline.start(
      PipelineDefinition(source: FaultySource(inner: source, fault: .failure, reads: 2)),
      options: options)
    let sound = try Pipeline.start(PipelineDefinition(source: source), options: options)
    #expect(failing.id != sound.id)
    async let count = sound.batches.reduce(0) { $0 + $1.count }
    await #expect(throws: SourceFailure.self) {
      for try await _ in failing.batches {}
    }
    #expect(try await count == 5_000)
    // This is defect 13: a source that fails permanently does not end as completed.
    guard case .failed(let error) = failing.status else {
      Issue.record("not failed")
      return
    }
    let failure = try #require(error as? SourceFailure)
    #expect(failure.underlying is FaultySource.Broken)
    #expect(failure.recordsDelivered == failing.progress.delivered)
    #expect(failing.progress.delivered > 0 && failing.progress.delivered <= 2_000)
  }

  @Test("a source that returns more than it was asked for, or nothing, is an error")
  func brokenDemand() async throws {
    let source = try PlainWorkload(count: 5_000)
    for execution in PipelineOptions.Execution.allCases {
      for (fault, returned) in [(FaultySource.Fault.tooMuch, 1_001), (.empty, 0)] {
        let run = try Pipeline.start(
          PipelineDefinition(source: FaultySource(inner: source, fault: fault, reads: 0)),
          options: .unhurried(execution))
        await #expect(throws: PipelineError.brokenDemand(asked: 1_000, returned: returned)) {
          for try await _ in run.batches {}
        }
      }
    }
  }

  @Test("there is one consumer")
  func oneConsumer() async throws {
    let run = try Pipeline.start(PipelineDefinition(source: try PlainWorkload(count: 10)))
    var first = run.batches.makeAsyncIterator()
    _ = try await first.next()
    var second = run.batches.makeAsyncIterator()
    await #expect(throws: PipelineError.alreadyConsumed) { try await second.next() }
    #expect(throws: PipelineError.alreadyConsumed) { try run.runToEnd() }
    let rest = try await first.next()
    #expect(rest == nil)
    guard case .completed = run.status else {
      Issue.record("the second consumer disturbed the first")
      return
    }
  }

  @Test("twenty and fifty runs at once count every record", arguments: [20, 50])
  func manyAtOnce(runs: Int) async throws {
    let source = try OrdersWorkload(count: 10_000, seed: 2)
    let counts = try await withThrowingTaskGroup(of: Int.self) { group in
      for index in 0..<runs {
        group.addTask {
          let run = try Pipeline.start(
            PipelineDefinition(source: source),
            options: .unhurried(index.isMultiple(of: 2) ? .pull : .prefetch))
          return try await run.batches.reduce(0) { $0 + $1.count }
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(counts == Array(repeating: 10_000, count: runs))
  }
}
