internal import Synchronization

// Observing a run from any task, without disturbing it.

extension PipelineRun {
  /// The current state of the run.
  public var state: PipelineState {
    let now = options.clock.now
    return life.withLock { life in
      PipelineState(
        id: id, status: life.status, startMicroseconds: life.startMicroseconds,
        progress: life.progress(at: now), demand: life.demand, buffered: life.held.records,
        bytes: life.held.bytes + life.groupBytes, chunkSize: life.budget.chunk)
    }
  }

  /// The current progress of the run.
  public var progress: PipelineProgress {
    let now = options.clock.now
    return life.withLock { $0.progress(at: now) }
  }

  /// The most records that the prefetching buffer ever held; 0 in pull execution, which has none.
  public var mostBuffered: Int { buffer?.mostHeld ?? 0 }

  /// The aggregates over all records; nil until the run is completed.
  public var aggregationState: AggregationResult? { life.withLock { $0.result } }

  /// The aggregates so far, over whole batches. They are computed in the caller's task; the run is
  /// held only for as long as it takes to copy its state.
  ///
  /// - Throws: `PipelineError.overflow`.
  public func aggregationSnapshot() throws(PipelineError) -> AggregationSnapshot {
    let isStable = status.isFinal
    let (state, read) = chain.withLock { ($0.snapshot(), $0.counts.read) }
    let aggregates = try state.result()
    var progress = progress
    progress.transformed.read = read
    return AggregationSnapshot(
      aggregates: aggregates, percent: progress.percent, isStable: isStable)
  }

  /// The events from now on. Subscribe before the first batch to miss none. A subscriber that falls
  /// more than 1,000 events behind misses the oldest. The stream is empty where telemetry is off.
  ///
  /// ```swift
  /// let events = run.events
  /// Task { for await event in events { print(event.time, event.kind) } }
  /// ```
  public var events: AsyncStream<PipelineEvent> { telemetry.subscribe() }
}

// MARK: Events
extension PipelineRun {
  /// Sends an event to all listeners; `kind` is not evaluated where there are none.
  func report(_ kind: @autoclosure () -> PipelineEvent.Kind) {
    guard telemetry.isOn else { return }
    let now = options.clock.now
    let start = life.withLock { $0.limits.start }
    telemetry.send(
      PipelineEvent(runID: id, time: start.map { now - $0 } ?? .zero, kind: kind()))
  }

  /// Sends the last events of a run.
  func reportEnd(_ final: PipelineStatus) {
    if telemetry.isOn {
      let progress = progress
      report(
        .throughput(records: progress.transformed.read, duration: progress.duration ?? .zero))
      switch final {
      case .completed: report(.completed)
      case .failed(let error): report(.failed(error))
      case .stopped, .running, .paused: report(.stopped)
      }
    }
    telemetry.finish()
  }

  /// Sends the changes that a comparison with the limits found.
  func report(_ weighing: Lifecycle.Weighing) {
    if weighing.becameNearlyFull {
      report(.bufferNearlyFull(records: state.buffered, size: options.bufferSize))
    }
    for change in weighing.changes {
      switch change {
      case .warned(let chunk):
        report(
          .memoryWarning(bytes: weighing.bytes, limit: options.memoryLimit, chunk: chunk))
      case .held: report(.paused(.memory))
      case .released: report(.resumed(.memory))
      }
    }
  }
}

// MARK: Time limits
extension PipelineRun {
  /// Watches the time limits until the run ends, for a consumer that may wait forever.
  func watch() {
    guard life.withLock({ $0.limits.exist }) else { return }
    let task = Task.detached { [self] in
      while !Task.isCancelled, let next = expire() {
        try? await options.clock.sleep(until: next)
      }
    }
    let hasEnded = life.withLock { life in
      if !life.status.isFinal { life.waiting.watchdog = task }
      return life.status.isFinal
    }
    if hasEnded { task.cancel() }
  }

  /// Fails the run if a limit is reached. Returns when to check again; nil after the end.
  private func expire() -> Duration? {
    let now = options.clock.now
    let (verdict, read) = life.withLock { life in
      (life.limits.verdict(at: now), life.progress.transformed.read)
    }
    if let error = PipelineError(verdict, recordsRead: read) {
      end(.failed(error))
      return nil
    }
    guard case .fine(let next) = verdict, !status.isFinal else { return nil }
    return next
  }
}

extension PipelineError {
  /// The error for a verdict; nil when the verdict is not an error.
  init?(_ verdict: TimeLimits.Verdict, recordsRead: Int) {
    switch verdict {
    case .fine: return nil
    case .stalled(let time): self = .stalled(after: time, recordsRead: recordsRead)
    case .timedOut(let time): self = .timedOut(after: time, recordsRead: recordsRead)
    }
  }
}
