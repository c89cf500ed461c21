package import BenchModel

/// Decides what a timing process does next: size the batch, warm up, sample, or stop. It reads no
/// clock and calls no benchmark; all readings are passed to it.
package struct Sampler {
  private enum Phase: Equatable { case sizing, warmingUp, sampling, done }

  /// All samples so far, warm-up first. Their memory is reserved beforehand, so that adding one
  /// allocates nothing.
  package private(set) var readings: [Reading] = []
  package private(set) var isStable = false
  package private(set) var warmUpNanoseconds: UInt64 = 0

  private let plan: MeasurementPlan
  private let watchesWall: Bool
  private var sizing: BatchSizing
  private var phase = Phase.sizing
  private var phaseStart: UInt64
  /// The values that decide when warm-up ends; sizing clears them.
  private var watched: [Double] = []
  private var sampled = 0

  /// The most warm-up samples: at 100 µs a sample this exceeds the 125 ms of the longest profile.
  private static let maximumWarmUp = 2_000
  /// The most trials of sizing: doubling up to a billion, with each size confirmed, needs no more.
  private static let maximumTrials = 62

  /// - Parameters:
  ///   - plan: the duration and precision of measuring.
  ///   - target: the nanoseconds that a sample should take.
  ///   - watchesWall: whether elapsed time instead of CPU time decides when warm-up ends.
  ///   - now: the time of the monotonic clock, as in `add`.
  package init(plan: MeasurementPlan, target: UInt64, watchesWall: Bool, now: UInt64) {
    self.plan = plan
    self.watchesWall = watchesWall
    sizing = BatchSizing(target: target)
    phaseStart = now
    let samples = max(plan.maximumSamples, plan.minimumSamples)
    readings.reserveCapacity(Self.maximumTrials + Self.maximumWarmUp + samples)
    watched.reserveCapacity(Self.maximumWarmUp)
  }

  /// The number of iterations of the next sample; nil when measuring is over.
  package var nextIterations: Int? { phase == .done ? nil : sizing.iterations }

  /// Adds a sample, and decides what comes next.
  package mutating func add(_ reading: Reading, now: UInt64) {
    var reading = reading
    reading.isWarmUp = phase != .sampling
    readings.append(reading)
    switch phase {
    case .sizing: addTrial(reading, now: now)
    case .warmingUp: addWarmUp(reading, now: now)
    case .sampling: addSample(now: now)
    case .done: break
    }
  }

  private mutating func addTrial(_ reading: Reading, now: UInt64) {
    sizing.add(nanoseconds: reading.wallNanoseconds)
    if sizing.isDone {
      phase = .warmingUp
      addWarmUp(reading, now: now)
    }
  }

  /// Adds a warm-up sample. If the benchmark has become twice as fast since its batch was sized, it
  /// is sized again.
  private mutating func addWarmUp(_ reading: Reading, now: UInt64) {
    if reading.wallNanoseconds < sizing.target / 2 {
      sizing.add(nanoseconds: reading.wallNanoseconds)
      if !sizing.isDone {
        phase = .sizing
        watched.removeAll(keepingCapacity: true)
        return
      }
    }
    watched.append(watchesWall ? reading.wallPerIteration : reading.cpuPerIteration)
    isStable = WarmUp.isStable(watched)
    warmUpNanoseconds = now - phaseStart
    let isLate = Double(warmUpNanoseconds) >= plan.warmUpSeconds * 1e9
    if isStable || isLate || watched.count >= Self.maximumWarmUp {
      phase = .sampling
      phaseStart = now
    }
  }

  private mutating func addSample(now: UInt64) {
    sampled += 1
    let isLate = Double(now - phaseStart) >= plan.seconds * 1e9
    let isEnough = sampled >= plan.minimumSamples
    if isEnough && (isLate || sampled >= plan.maximumSamples) { phase = .done }
  }
}

/// Decides when a benchmark is warm.
///
/// It is warm when the medians of its last five samples and of the five before differ by no more
/// than noise. Noise is the larger of
///
/// - two standard errors of that difference, 1.5 σ: the median of five normal values deviates by
///   0.5355 σ, the difference of two by 0.757 σ. σ is 1.4826 × the median distance of the ten
///   from their own five's median (which makes it consistent for normal values);
/// - 1 % of the median, half the change that comparisons look for, so that warm-up ends even for a
///   very steady benchmark.
package enum WarmUp {
  /// - Parameter values: one value for each sample, in the order in which samples were taken, all
  ///   from batches of the final size.
  /// - Returns: `false` for fewer than ten values.
  package static func isStable(_ values: some RandomAccessCollection<Double>) -> Bool {
    guard values.count >= 10 else { return false }
    let last = Array(values.suffix(5))
    let before = Array(values.suffix(10).prefix(5))
    let (lastMedian, beforeMedian) = (median(last), median(before))
    let distances = last.map { abs($0 - lastMedian) } + before.map { abs($0 - beforeMedian) }
    let noise = max(1.5 * 1.4826 * median(distances), 0.01 * lastMedian)
    return abs(lastMedian - beforeMedian) <= noise
  }
}

/// The middle value, or the mean of the two middle ones; `values` must not be empty.
func median(_ values: [Double]) -> Double {
  let sorted = values.sorted()
  let middle = sorted.count / 2
  return sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
}
