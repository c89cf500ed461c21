import Dispatch
import PipelineWorkloads
import StreamingPipeline
import Testing

/// An executor that counts its jobs: each of them is a hop to its actor.
private final class CountingExecutor: SerialExecutor {
  let jobs = Count()
  private let queue = DispatchQueue(label: "counting executor")

  func enqueue(_ job: consuming ExecutorJob) {
    jobs.add()
    let job = UnownedJob(job)
    let executor = asUnownedSerialExecutor()
    queue.async { job.runSynchronously(on: executor) }
  }
}

private actor Consumer {
  nonisolated let executor = CountingExecutor()
  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  func consume(_ run: PipelineRun) async throws -> (batches: Int, records: Int) {
    var seen = (batches: 0, records: 0)
    for try await batch in run.batches {
      seen.batches += 1
      seen.records += batch.count
    }
    return seen
  }

  /// Consumes both runs at once, and returns what the second had delivered when the first ended.
  func consume(_ first: PipelineRun, beside second: PipelineRun) async throws -> Int {
    // Both are in the actor's queue before either begins.
    let ahead = Task {
      _ = try await consume(first)
      return second.progress.delivered
    }
    let behind = Task { try await consume(second).records }
    #expect(try await behind.value == 20_000)
    return try await ahead.value
  }
}

@Suite struct IsolationTests {
  @Test(
    "a consumer on an actor stays there: it leaves it every eighth batch, for others to go first")
  func staysOnActor() async throws {
    let consumer = Consumer()
    let run = try Pipeline.start(PipelineDefinition(source: try PlainWorkload(count: 100_000)))
    let seen = try await consumer.consume(run)
    #expect(seen.batches == 200 && seen.records == 100_000)
    // There is one job to start, and one for each time that the consumer yielded.
    #expect(consumer.executor.jobs.value <= 1 + (seen.batches + 1) / 8)
  }

  @Test("of many runs at once none is far ahead of the others")
  func fairness() async throws {
    let source = try PlainWorkload(count: 20_000)
    let consumer = Consumer()
    let first = try Pipeline.start(PipelineDefinition(source: source))
    let second = try Pipeline.start(PipelineDefinition(source: source))
    let delivered = try await consumer.consume(first, beside: second)
    #expect(first.progress.delivered == 20_000)
    // Only the last turn of the run may be missing.
    #expect(delivered >= 20_000 - 8 * 500)
  }
}
