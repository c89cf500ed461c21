import BenchModel
import CBenchCounters

/// The results of one worker process.
struct ProcessResult: Sendable {
  var samples: [Sample] = []
  var facts = WorkerFacts()
}

/// One way of measuring a benchmark in a process of its own.
protocol MeasuringPass {
  /// Measures synchronous work; `batch` runs it a number of times.
  mutating func run(_ work: Work, batch: (Int) throws -> Void) throws
  /// Measures asynchronous work.
  mutating func run(_ work: Work, batch: (Int) async throws -> Void) async throws
  /// What was measured.
  func result() -> ProcessResult
}

/// The timing pass, which only reads clocks: the loop writes and allocates nothing while samples
/// are taken.
struct TimingPass: MeasuringPass {
  private var sampler: Sampler
  private var reports: [(order: Int, metric: String, value: Double)] = []
  private var reporter = MetricReporter()

  init(plan: MeasurementPlan, watchesWall: Bool) {
    let tick = clockTick { benchdb_monotonic_nanoseconds() }
    let target = BatchSizing.target(
      clockTick: tick, seconds: plan.seconds, maximumSamples: plan.maximumSamples)
    sampler = Sampler(plan: plan, target: target, watchesWall: watchesWall, now: Clocks.now)
  }

  mutating func run(_ work: Work, batch: (Int) throws -> Void) throws {
    while let iterations = sampler.nextIterations {
      let clocks = Clocks()
      try batch(iterations)
      add(clocks.reading(iterations: iterations), of: work)
    }
  }

  mutating func run(_ work: Work, batch: (Int) async throws -> Void) async throws {
    while let iterations = sampler.nextIterations {
      let clocks = Clocks()
      try await batch(iterations)
      add(clocks.reading(iterations: iterations), of: work)
    }
  }

  private mutating func add(_ reading: Reading, of work: Work) {
    work.report(&reporter)
    if !reporter.values.isEmpty {
      let order = sampler.readings.count
      for entry in reporter.values { reports.append((order, entry.metric, entry.value)) }
      reporter.removeAll()
    }
    sampler.add(reading, now: Clocks.now)
    Parent.leaveIfGone()
  }

  /// All samples in the order in which they were taken.
  func result() -> ProcessResult {
    var result = ProcessResult()
    var nextReport = 0
    for (order, reading) in sampler.readings.enumerated() {
      result.samples += Self.samples(of: reading, order: order)
      while nextReport < reports.count, reports[nextReport].order == order {
        let entry = reports[nextReport]
        result.samples.append(
          Sample(
            metric: entry.metric, value: entry.value, order: order, warmUp: reading.isWarmUp))
        nextReport += 1
      }
    }
    result.facts.warmUpSeconds = Double(sampler.warmUpNanoseconds) / 1e9
    result.facts.isStable = sampler.isStable
    result.facts.emptyBatchNanoseconds = SamplingCost.emptyBatchNanoseconds()
    return result
  }

  /// The samples of a reading. Elapsed time is always included. The other metrics are included
  /// after warm-up, where batches are sized for them, and before that if a batch happens to be long
  /// enough for reading CPU time to cost little.
  static func samples(of reading: Reading, order: Int) -> [Sample] {
    func sample(_ metric: Metric, _ total: Double) -> Sample {
      Sample(
        metric: metric.name, value: total / Double(reading.iterations),
        iterations: reading.iterations, order: order, warmUp: reading.isWarmUp)
    }
    var samples = [sample(.wall, Double(reading.wallNanoseconds))]
    if reading.isWarmUp, reading.wallNanoseconds < BatchSizing.shortestForCPU { return samples }
    samples.append(sample(.cpu, Double(reading.cpuNanoseconds)))
    if let count = reading.instructions { samples.append(sample(.instructions, Double(count))) }
    if let count = reading.cycles { samples.append(sample(.cycles, Double(count))) }
    samples.append(sample(.voluntarySwitches, Double(reading.voluntarySwitches)))
    samples.append(sample(.involuntarySwitches, Double(reading.involuntarySwitches)))
    samples.append(sample(.minorFaults, Double(reading.minorFaults)))
    samples.append(sample(.majorFaults, Double(reading.majorFaults)))
    return samples
  }
}
