import BenchModel
import CBenchCounters

/// The counting pass: allocations are counted for one iteration at a time, and no time is reported.
struct CountingPass: MeasuringPass {
  private let plan: MeasurementPlan
  private let start = Clocks.now
  private var counts: [benchdb_allocator_counts] = []
  private var warmUpCount = 0
  private var phaseStart: UInt64
  private var peakResident: UInt64?

  /// Three cold iterations fill whatever is filled once, such as caches, lazy tables and a thread
  /// pool. Five counted iterations are enough to see whether a count varies.
  private static let (warmUpIterations, countedIterations) = (3, 5)

  init(plan: MeasurementPlan) {
    self.plan = plan
    phaseStart = start
    counts.reserveCapacity(Self.warmUpIterations + Self.countedIterations + plan.minimumSamples)
  }

  mutating func run(_ work: Work, batch: (Int) throws -> Void) throws {
    defer { benchdb_allocator_stop() }
    while needsAnother {
      work.release()
      benchdb_allocator_start()
      try batch(1)
      add()
    }
    let isReset = resetPeakResident(work)
    try batch(1)
    readPeakResident(isReset)
  }

  mutating func run(_ work: Work, batch: (Int) async throws -> Void) async throws {
    defer { benchdb_allocator_stop() }
    while needsAnother {
      work.release()
      benchdb_allocator_start()
      try await batch(1)
      add()
    }
    let isReset = resetPeakResident(work)
    try await batch(1)
    readPeakResident(isReset)
  }

  private var isWarm: Bool {
    let isLate = Double(Clocks.now - start) >= plan.warmUpSeconds * 1e9
    return warmUpCount >= Self.warmUpIterations || (warmUpCount >= 1 && isLate)
  }

  private var needsAnother: Bool {
    let counted = counts.count - warmUpCount
    if counted == 0 { return true }
    let isLate = Double(Clocks.now - phaseStart) >= plan.seconds * 1e9
    if counted < plan.minimumSamples { return true }
    return !isLate && counted < min(plan.maximumSamples, Self.countedIterations)
  }

  private mutating func add() {
    benchdb_allocator_stop()
    counts.append(benchdb_allocator_read())
    if warmUpCount == counts.count - 1, !isWarm {
      warmUpCount += 1
      phaseStart = Clocks.now
    }
    Parent.leaveIfGone()
  }

  private func resetPeakResident(_ work: Work) -> Bool {
    work.release()
    return benchdb_reset_peak_resident()
  }

  private mutating func readPeakResident(_ isReset: Bool) {
    let peak = benchdb_peak_resident_bytes()
    if isReset, peak > 0 { peakResident = peak }
  }

  /// All samples in the order in which they were taken; none where nothing could be counted.
  func result() -> ProcessResult {
    var result = ProcessResult()
    if benchdb_allocator_is_counted() {
      for (order, count) in counts.enumerated() {
        func add(_ metric: Metric, _ value: Double) {
          result.samples.append(
            Sample(
              metric: metric.name, value: value, order: order, warmUp: order < warmUpCount))
        }
        add(.allocations, Double(count.allocations))
        add(.allocatedBytes, Double(count.allocated_bytes))
        add(.peakLiveBytes, Double(count.peak_live_bytes))
      }
    }
    if let peakResident {
      result.samples.append(
        Sample(
          metric: Metric.peakResidentBytes.name, value: Double(peakResident), order: counts.count))
    }
    return result
  }
}
