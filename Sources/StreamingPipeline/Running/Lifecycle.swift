/// The states of a run and the transitions between them: `running ⇄ paused`, and from either to
/// `completed`, `stopped` or `failed`, which are final. It also holds the numbers that are reported
/// about the run.
struct Lifecycle {
  /// The parties that are resumed or cancelled when the run ends.
  struct Waiting {
    /// The consumer that waits for `resume()`.
    var consumer: CheckedContinuation<Void, Never>?
    /// The wait before a retry.
    var backOff: Task<Void, Never>?
    /// The task that checks the time limits.
    var watchdog: Task<Void, Never>?

    func callOff() {
      consumer?.resume()
      backOff?.cancel()
      watchdog?.cancel()
    }
  }

  private(set) var progress: PipelineProgress
  private(set) var result: AggregationResult?
  private(set) var limits: TimeLimits
  private(set) var budget: MemoryBudget
  private(set) var startMicroseconds: Int64?
  /// The number of records asked for and not received.
  private(set) var demand = 0
  private(set) var held = Occupancy()
  private(set) var groupBytes = 0
  var waiting = Waiting()
  private let bufferSize: Int
  private var isNearlyFull = false
  private var isConsumed = false
  private var isPausedByUser = false
  private var final: PipelineStatus?
  private var lastThroughput: (time: Duration, records: Int)?

  init(total: Int?, options: PipelineOptions) {
    progress = PipelineProgress(total: total)
    limits = TimeLimits(stall: options.stallTimeout, total: options.timeout)
    bufferSize = options.bufferSize
    budget = MemoryBudget(
      limit: options.memoryLimit, chunk: min(options.chunkSize, options.bufferSize))
  }

  /// The state of the run. A pause by the user takes precedence over one for memory.
  var status: PipelineStatus {
    if let final { return final }
    if isPausedByUser { return .paused(.user) }
    return budget.isHeld ? .paused(.memory) : .running
  }

  /// Registers the only consumer; false when there is one already.
  mutating func claim() -> Bool {
    defer { isConsumed = true }
    return !isConsumed
  }

  /// The consumer waits for `outstanding` records. Returns true the first time, which starts the
  /// clock.
  mutating func demand(_ outstanding: Int, at now: Duration) -> Bool {
    let isFirst = limits.start == nil
    if isFirst { startMicroseconds = wallClockMicroseconds() }
    demand = outstanding
    limits.demand(at: now)
    return isFirst
  }

  /// Records came from the source.
  mutating func read(at now: Duration) { limits.read(at: now) }

  /// The consumer has received its answer.
  mutating func answer() { limits.answer() }

  /// Pauses the run for the user; false when there is nothing to pause.
  mutating func pause() -> Bool {
    guard final == nil, !isPausedByUser else { return false }
    isPausedByUser = true
    limits.pause()
    return true
  }

  /// Ends the user's pause; false when the user has not paused the run.
  mutating func resume(at now: Duration) -> Bool {
    guard final == nil, isPausedByUser else { return false }
    isPausedByUser = false
    limits.resume(at: now)
    return true
  }

  /// Ends the run; nil when it has ended already.
  mutating func end(
    _ status: PipelineStatus, result: AggregationResult?, at now: Duration
  ) -> Waiting? {
    guard final == nil else { return nil }
    final = status
    self.result = result
    progress.duration = limits.start.map { now - $0 }
    held = Occupancy()
    defer { waiting = Waiting() }
    return waiting
  }
}

// MARK: Numbers to report
extension Lifecycle {
  /// Records the work done: records taken from the demand, and their results.
  mutating func advance(
    _ counts: TransformCounts, taken: Int, delivered: Int, groupBytes: Int
  ) {
    progress.transformed = counts
    progress.delivered += delivered
    demand -= taken
    self.groupBytes = groupBytes
  }

  /// The outcome of comparing the held bytes with the limits.
  struct Weighing {
    var changes: [MemoryBudget.Change]
    var bytes: Int
    /// Whether the buffer has just exceeded 80 % of its size.
    var becameNearlyFull: Bool
  }

  /// Compares the bytes held now with the limits.
  mutating func weigh(_ held: Occupancy, inFlight: Int, afterRead: Bool) -> Weighing {
    guard final == nil else { return Weighing(changes: [], bytes: 0, becameNearlyFull: false) }
    self.held = held
    let buffers = max(held.bytes, inFlight)
    let changes = budget.weigh(buffers: buffers, groups: groupBytes, afterRead: afterRead)
    let wasNearlyFull = isNearlyFull
    isNearlyFull = held.records * 5 >= bufferSize * 4
    return Weighing(
      changes: changes, bytes: buffers + groupBytes,
      becameNearlyFull: isNearlyFull && !wasNearlyFull)
  }

  /// The progress, with the time until `now` while the run goes on.
  func progress(at now: Duration) -> PipelineProgress {
    var current = progress
    if final == nil { current.duration = limits.start.map { now - $0 } }
    return current
  }

  /// The records read since the last report, when that is at least a second ago.
  mutating func throughput(at now: Duration) -> (records: Int, duration: Duration)? {
    let last = lastThroughput ?? (limits.start ?? now, 0)
    guard now - last.time >= .seconds(1) else { return nil }
    lastThroughput = (now, progress.transformed.read)
    return (progress.transformed.read - last.records, now - last.time)
  }
}
