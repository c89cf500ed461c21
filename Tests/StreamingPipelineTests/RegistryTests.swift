import PipelineWorkloads
import StreamingPipeline
import Testing

@Suite struct RegistryTests {
  private func start(_ registry: PipelineRegistry, _ count: Int = 2_000) throws -> PipelineRun {
    try Pipeline.start(
      PipelineDefinition(source: try PlainWorkload(count: count)), in: registry)
  }

  @Test("runs are listed by id, and selected and counted by their states")
  func states() async throws {
    let registry = PipelineRegistry()
    let running = try start(registry)
    let paused = try start(registry)
    paused.pause()
    let stopped = try start(registry)
    stopped.stop()
    let completed = try start(registry)
    try completed.runToEnd()
    let failed = try start(registry)
    #expect(throws: TransformTests.Bad.self) {
      try failed.forEachBatch { _ in throw TransformTests.Bad() }
    }
    #expect(
      registry.list().map(\.id) == [running, paused, stopped, completed, failed].map(\.id))
    for (kind, run) in [
      (PipelineStatus.Kind.running, running), (.paused, paused), (.stopped, stopped),
      (.completed, completed), (.failed, failed),
    ] {
      #expect(registry.list(status: kind).map(\.id) == [run.id])
      #expect(registry.counts[kind] == 1)
    }
    #expect(registry.list(status: .completed)[0].progress.delivered == 2_000)
    #expect(registry.run(paused.id) === paused)
    #expect(registry.run(completed.id) == nil)
    registry.run(paused.id)?.resume()
    #expect(registry.counts[.running] == 2 && registry.counts[.paused] == 0)
  }

  @Test("a run that nobody keeps is forgotten, one that has ended is not")
  func forgotten() throws {
    let registry = PipelineRegistry()
    do {
      _ = try start(registry)
      try start(registry).runToEnd()
    }
    #expect(registry.list().map(\.status.kind) == [.completed])
    #expect(registry.counts[.running] == 0)
  }

  @Test("of the ended runs the newest hundred are listed, and all are counted")
  func bounded() throws {
    let registry = PipelineRegistry()
    var ids: [UInt64] = []
    for _ in 0..<250 {
      let run = try start(registry, 1)
      try run.runToEnd()
      ids.append(run.id)
    }
    #expect(registry.list().map(\.id) == Array(ids.suffix(PipelineRegistry.retainedEnded)))
    #expect(registry.counts[.completed] == 250)
  }

  @Test("runs are listed in the shared registry unless another one is given")
  func shared() throws {
    let run = try Pipeline.start(PipelineDefinition(source: try PlainWorkload(count: 1)))
    #expect(PipelineRegistry.shared.list().contains { $0.id == run.id })
  }

  @Test("the state has the records in, out, filtered and failed, and what is held and asked for")
  func info() async throws {
    let run = try Pipeline.start(
      PipelineDefinition(
        source: try PlainWorkload(count: 1_000),
        transforms: [
          .filterRows { row in
            guard case .int64(let id) = row[0] else { return false }
            if id.isMultiple(of: 100) { throw TransformTests.Bad() }
            return !id.isMultiple(of: 2)
          }
        ]), in: PipelineRegistry())
    #expect(run.state.startMicroseconds == nil && run.state.progress.duration == nil)
    #expect(run.state.progress.percent == 0)
    var iterator = run.batches.makeAsyncIterator()
    _ = try await iterator.next()
    let info = run.state
    #expect(info.id == run.id && info.status.kind == .running)
    #expect(info.progress.transformed.read == 500 && info.progress.percent == 50)
    #expect(info.progress.transformed.filtered == 245)
    #expect(info.progress.transformed.failed == 5)
    #expect(info.progress.delivered == 250)
    #expect(info.demand == 0 && info.buffered == 500)
    // The rest of a chunk keeps the whole chunk: six columns of 1,000 records.
    #expect(info.bytes > 1_000 * (4 * 8 + 2 * 4) && info.bytes < 1_000 * 70)
    #expect(info.chunkSize == 1_000)
    let start = try #require(info.startMicroseconds)
    #expect(start > PlainWorkload.baseMicroseconds)
    run.stop()
    #expect(run.state.buffered == 0)
  }
}
