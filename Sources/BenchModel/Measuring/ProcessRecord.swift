package import Foundation

/// The outcome of a worker process.
package enum ProcessOutcome: Sendable, Hashable, Codable {
  case completed
  /// The benchmark said so itself: a wrong result, an error thrown.
  case failed(reason: String, detail: String)
  /// A signal killed it, or it exited with a status other than 0.
  case crashed(description: String)
  case timedOut(seconds: Double)
  /// It sent something that the protocol does not have, or a value that is not a finite number.
  case protocolViolation(description: String)

  package var isCompleted: Bool { self == .completed }

  /// The outcome in one line for people.
  package var summary: String {
    switch self {
    case .completed: "completed"
    case .failed(let reason, let detail): detail.isEmpty ? reason : "\(reason): \(detail)"
    case .crashed(let description): description
    case .timedOut(let seconds): "no answer within \(seconds) s"
    case .protocolViolation(let description):
      "said something that is not the protocol: \(description)"
    }
  }
}

/// One fresh worker process: what it ran, how it ended and everything it measured.
package struct ProcessRecord: Sendable, Hashable {
  package let id: UUID
  package let session: UUID
  package let build: Build
  package let benchmark: BenchmarkDeclaration
  package let pass: MeasurementPass
  /// The position in the run's plan, from 0.
  package let order: Int
  package let started: Date
  package let seconds: Double
  package let outcome: ProcessOutcome
  package let state: MachineState
  package var facts: WorkerFacts
  /// The end of its standard error; empty when it completed.
  package let standardError: String
  package private(set) var measurements: [MetricSamples]
  /// The position in a paired session; `nil` elsewhere.
  package let position: RoundPosition?

  package init(
    id: UUID = UUID(), session: UUID, build: Build, benchmark: BenchmarkDeclaration,
    pass: MeasurementPass, order: Int, started: Date, seconds: Double, outcome: ProcessOutcome,
    state: MachineState = MachineState(), facts: WorkerFacts = WorkerFacts(),
    standardError: String = "", measurements: [MetricSamples], position: RoundPosition? = nil
  ) {
    self.id = id
    self.session = session
    self.build = build
    self.benchmark = benchmark
    self.pass = pass
    self.order = order
    self.started = started
    self.seconds = seconds
    self.outcome = outcome
    self.state = state
    self.facts = facts
    self.standardError = standardError
    self.measurements = measurements
    self.position = position
  }
}

extension ProcessRecord {
  /// The same process with the number that each of its metrics gives its round: how it differs from
  /// `base`, the process of BASE that ran at the same time.
  package func compared(with base: ProcessRecord) -> ProcessRecord {
    let before = Dictionary(
      base.measurements.map { ($0.metric.name, $0) }, uniquingKeysWith: { first, _ in first })
    var compared = self
    for index in measurements.indices {
      guard let base = before[measurements[index].metric.name] else { continue }
      compared.measurements[index].shift =
        facts.method == .together
        ? measurements[index].shiftOfMeans(from: base) : measurements[index].shift(from: base)
    }
    return compared
  }
}

/// All samples of one metric in one process, in the order in which they were taken.
package struct MetricSamples: Sendable, Hashable {
  /// The most samples of one metric in one process that are stored.
  package static let limit = 4 << 20

  package let metric: Metric
  /// The samples for one iteration each, in the metric's unit; the first `warmUpCount` were taken
  /// before the benchmark was warm.
  package let values: [Double]
  package let iterations: [Int]
  package let warmUpCount: Int
  /// The summary of the samples that count.
  package let summary: MeasurementSummary
  /// How the samples are divided into turns; `nil` where the process took none.
  package let turns: SampleTurns?
  /// By how much they differ from the samples of the round's process of BASE, as a logarithm of a
  /// ratio; `nil` for BASE itself, and where the processes of the round did not run at once.
  package var shift: Double?

  package init(
    metric: Metric, values: [Double], iterations: [Int], warmUpCount: Int,
    summary: MeasurementSummary, turns: SampleTurns? = nil, shift: Double? = nil
  ) {
    self.metric = metric
    self.values = values
    self.iterations = iterations
    self.warmUpCount = warmUpCount
    self.summary = summary
    self.turns = turns
    self.shift = shift
  }
}

/// All that comparing and plotting need of a measurement.
///
/// Quantiles are of type 7 (Hyndman and Fan 1996); the standard deviation divides by n − 1.
package struct MeasurementSummary: Sendable, Hashable, Codable {
  package let count: Int
  package let minimum: Double
  package let lowerQuartile: Double
  package let median: Double
  package let upperQuartile: Double
  package let maximum: Double
  package let mean: Double
  /// The standard deviation; 0 where there is one sample.
  package let deviation: Double

  package init(
    count: Int, minimum: Double, lowerQuartile: Double, median: Double, upperQuartile: Double,
    maximum: Double, mean: Double, deviation: Double
  ) {
    self.count = count
    self.minimum = minimum
    self.lowerQuartile = lowerQuartile
    self.median = median
    self.upperQuartile = upperQuartile
    self.maximum = maximum
    self.mean = mean
    self.deviation = deviation
  }

  /// Summarises the samples taken after warm-up.
  /// - Parameter samples: at least one finite value.
  package init(of samples: some Sequence<Double>) {
    // Sorting a concrete array is compiled for it, ten times as fast as sorting any sequence.
    var sorted = Array(samples)
    sorted.sort()
    precondition(!sorted.isEmpty, "a summary needs at least one sample")
    func quantile(_ share: Double) -> Double {
      let position = share * Double(sorted.count - 1)
      let low = Int(position)
      let high = min(low + 1, sorted.count - 1)
      return sorted[low] + (position - Double(low)) * (sorted[high] - sorted[low])
    }
    let mean = sorted.reduce(0, +) / Double(sorted.count)
    let squares = sorted.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    self.init(
      count: sorted.count, minimum: sorted[0], lowerQuartile: quantile(0.25),
      median: quantile(0.5), upperQuartile: quantile(0.75), maximum: sorted[sorted.count - 1],
      mean: mean,
      deviation: sorted.count > 1 ? (squares / Double(sorted.count - 1)).squareRoot() : 0)
  }
}
