internal import Synchronization

// The consumer's side of a run: asking, reading, waiting.

extension PipelineRun {
  /// The result of a demand.
  enum Pulled {
    /// The records, and what the producer keeps of their chunk.
    case batch(Batch, rest: Occupancy)
    case end
    /// The source failed and will be tried again.
    case again(after: Duration)
  }

  /// - Throws: `PipelineError.alreadyConsumed`.
  func claim() throws(PipelineError) {
    guard life.withLock({ $0.claim() }) else { throw .alreadyConsumed }
  }

  /// Waits while the user has paused the run, and returns whether the run goes on.
  func mayContinue() async -> Bool {
    while true {
      switch status {
      case .running, .paused(.memory): return true
      case .completed, .stopped, .failed: return false
      case .paused(.user): await waitForResume()
      }
    }
  }

  private func waitForResume() async {
    await withCheckedContinuation { continuation in
      let resumeNow = life.withLock { life in
        guard case .paused(.user) = life.status else { return true }
        life.waiting.consumer = continuation
        return false
      }
      if resumeNow { continuation.resume() }
    }
  }

  /// Records that the consumer waits for this many records.
  ///
  /// - Returns: the number of records to read at a time.
  /// - Throws: `PipelineError.timedOut`, after failing the run with it.
  func demand(_ outstanding: Int) throws -> Int {
    let now = options.clock.now
    let (isFirst, chunk, verdict, read) = life.withLock { life in
      let isFirst = life.demand(outstanding, at: now)
      return (
        isFirst, life.budget.chunk, life.limits.verdict(at: now), life.progress.transformed.read
      )
    }
    if isFirst { report(.started(total: progress.total)) }
    try orFail {
      if let error = PipelineError(verdict, recordsRead: read) { throw error }
    }
    return chunk
  }

  /// Records that the consumer has received its answer.
  func answer() { life.withLock { $0.answer() } }

  /// Reads up to `demand` records, in chunks of up to `chunk`.
  func pull(atMost demand: Int, chunk: Int) throws -> Pulled {
    try orFail {
      try attempt {
        try $0.next(atMost: demand, chunk: chunk)
      } noting: { bytes, rest in
        account(rest, inFlight: bytes, afterRead: true)
      }
    }
  }

  /// Reads up to `room` records into the buffer, with retries; false when there are no more.
  func prefetch(_ room: Int, into buffer: PrefetchBuffer) async throws -> Bool {
    while !status.isFinal {
      switch try attempt({ try $0.read(atMost: room) }, noting: { _, _ in }) {
      case .batch(let batch, _):
        buffer.offer(batch, bytes: batch.byteCount, asked: room)
        account(nil, afterRead: true)
        return true
      case .end: return false
      case .again(let delay): await backOff(delay)
      }
    }
    return false
  }

  /// Reads once. `note` is called with the records and bytes of a chunk that came from the source.
  private func attempt(
    _ read: (inout Producer) throws -> Producer.Attempt,
    noting note: (_ bytes: Int, _ rest: Occupancy) -> Void
  ) throws -> Pulled {
    let before = telemetry.isOn ? options.clock.now : .zero
    let (attempt, rest, fetched, bytes) = try producer.withLock { producer in
      let position = producer.position.records
      let attempt = try read(&producer)
      return (
        attempt, producer.held, producer.position.records - position, producer.chunkBytes
      )
    }
    switch attempt {
    case .ended: return .end
    case .failed(let error, let retry, let delay):
      report(.sourceError(error, retry: retry, of: options.retries, delay: delay))
      return .again(after: delay)
    case .read(let batch):
      if fetched > 0 {
        try noteRead(records: fetched, bytes: bytes, since: before)
        note(bytes, rest)
      }
      return .batch(batch, rest: rest)
    }
  }

  /// - Throws: `PipelineError.stalled` for a source that took too long.
  private func noteRead(records: Int, bytes: Int, since before: Duration) throws {
    let now = options.clock.now
    let (verdict, read) = life.withLock { life in
      defer { life.read(at: now) }
      return (life.limits.verdict(at: now), life.progress.transformed.read)
    }
    report(.chunkFetched(records: records, bytes: bytes, duration: now - before))
    if let error = PipelineError(verdict, recordsRead: read) { throw error }
  }

  /// Waits before a retry. The end of the run ends the wait.
  func backOff(_ delay: Duration) async {
    let clock = options.clock
    let deadline = clock.now + delay
    let sleep = Task.detached { _ = try? await clock.sleep(until: deadline) }
    let hasEnded = life.withLock { life in
      if !life.status.isFinal { life.waiting.backOff = sleep }
      return life.status.isFinal
    }
    if hasEnded { sleep.cancel() }
    await sleep.value
  }

  /// Compares what is held with the limits, and reads less, or nothing, where it is too much.
  ///
  /// - Parameters:
  ///   - rest: what the producer keeps; nil where the buffer holds the records.
  ///   - inFlight: the bytes of a chunk on its way to the consumer.
  ///   - afterRead: whether records have just come in.
  private func account(_ rest: Occupancy?, inFlight: Int = 0, afterRead: Bool) {
    let weighing = life.withLock { weigh(&$0, rest, inFlight: inFlight, afterRead: afterRead) }
    report(weighing)
  }

  func weigh(
    _ life: inout Lifecycle, _ rest: Occupancy?, inFlight: Int = 0, afterRead: Bool
  ) -> Lifecycle.Weighing {
    let before = life.budget
    let held = rest ?? buffer?.held ?? Occupancy()
    let weighing = life.weigh(held, inFlight: inFlight, afterRead: afterRead)
    if life.budget != before {
      buffer?.govern(chunk: life.budget.chunk, isHeld: life.budget.isHeld)
    }
    return weighing
  }

  /// Ends the run with what `body` throws.
  func orFail<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch {
      end(.failed(error))
      throw error
    }
  }
}
