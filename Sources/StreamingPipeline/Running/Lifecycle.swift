/// The states of a run and what may follow what: `running ⇄ paused`, and from either to
/// `completed`, `stopped` or `failed`, from which nothing leads away.
struct Lifecycle {
  private(set) var status = PipelineStatus.running
  private(set) var progress: PipelineProgress
  private(set) var result: AggregationResult?
  private var isConsumed = false
  private var firstDemand: ContinuousClock.Instant?
  /// A consumer that waits for `resume()`.
  var waiting: CheckedContinuation<Void, Never>?

  init(total: Int?) { progress = PipelineProgress(total: total) }

  /// The one consumer comes; false when there was one already.
  mutating func claim() -> Bool {
    defer { isConsumed = true }
    return !isConsumed
  }

  /// The consumer asks: the clock starts with the first time.
  mutating func demand(at now: ContinuousClock.Instant) {
    if firstDemand == nil { firstDemand = now }
  }

  /// False when there is nothing to pause.
  mutating func pause() -> Bool {
    guard case .running = status else { return false }
    status = .paused
    return true
  }

  /// False when it is not paused.
  mutating func resume() -> Bool {
    guard case .paused = status else { return false }
    status = .running
    return true
  }

  /// Notes what has been done.
  mutating func advance(_ counts: TransformCounts, delivered: Int) {
    progress.transformed = counts
    progress.delivered += delivered
  }

  /// Ends the run; false when it has ended already.
  mutating func end(
    _ final: PipelineStatus, result: AggregationResult? = nil, at now: ContinuousClock.Instant
  ) -> Bool {
    guard !status.isFinal else { return false }
    status = final
    self.result = result
    progress.duration = firstDemand.map { $0.duration(to: now) }
    return true
  }

  /// The progress with the time until `now` where the run goes on.
  func progress(at now: ContinuousClock.Instant) -> PipelineProgress {
    var current = progress
    if !status.isFinal { current.duration = firstDemand.map { $0.duration(to: now) } }
    return current
  }
}
