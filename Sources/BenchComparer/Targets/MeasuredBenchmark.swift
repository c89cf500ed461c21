internal import BenchModel
internal import BenchStatistics

/// Why a benchmark gives a target no estimate.
enum Undecided: Error {
  case inconclusive(TargetVerdict.Doubt)
  case notMeasured(TargetVerdict.Gap)

  var verdict: TargetVerdict {
    switch self {
    case .inconclusive(let doubt): .inconclusive(doubt)
    case .notMeasured(let gap): .notMeasured(gap)
    }
  }
}

/// One benchmark of a run: its processes, in the order of their plan.
struct MeasuredBenchmark: Sendable {
  let key: BenchmarkKey
  let source: SourceLocation?
  private let processes: [ProcessRecord]

  /// - Parameter processes: at least one, all of one benchmark.
  init(_ processes: [ProcessRecord]) {
    key = processes[0].benchmark.key
    source = processes[0].benchmark.source
    self.processes = processes.sorted { $0.order < $1.order }
  }

  /// What the first process that failed said, and how many did.
  var failure: String? {
    let failed = processes.filter { !$0.outcome.isCompleted }
    guard let first = failed.first else { return nil }
    return "\(failed.count) of \(processes.count) processes failed: \(first.outcome.reason)"
  }

  func unit(of metric: String) -> Unit? {
    processes.lazy.flatMap(\.measurements).first { $0.metric.name == metric }?.metric.unit
  }

  /// A parameter as a number above 0.
  func number(of parameter: String) -> Result<Double, Undecided> {
    guard let number = key.parameters[parameter].flatMap({ Double($0) }), number > 0 else {
      return .failure(.notMeasured(.noParameter(parameter)))
    }
    return .success(number)
  }

  /// The target's statistic of every process that measured its metric.
  func numbers(_ target: Target) -> Result<[Double], Undecided> {
    let measurements = processes.filter(\.outcome.isCompleted).compactMap { process in
      process.measurements.first { $0.metric.name == target.metric }
    }
    guard !measurements.isEmpty else {
      return .failure(.notMeasured(.noMetric(target.metric)))
    }
    let found = measurements.map(\.summary.count).min() ?? 0
    guard found >= target.statistic.neededSamples else {
      return .failure(
        .inconclusive(.fewSamples(needed: target.statistic.neededSamples, found: found)))
    }
    return .success(measurements.map { target.statistic.value(of: $0) })
  }
}

extension Target.Statistic {
  /// A quantile with less than one sample beyond it is no more than the largest.
  fileprivate var neededSamples: Int {
    switch self {
    case .median, .maximum: 1
    case .p90: 10
    case .p99: 100
    }
  }

  fileprivate func value(of measurement: MetricSamples) -> Double {
    switch self {
    case .median: measurement.summary.median
    case .maximum: measurement.summary.maximum
    case .p90: quantile(0.9, of: measurement)
    case .p99: quantile(0.99, of: measurement)
    }
  }

  private func quantile(_ share: Double, of measurement: MetricSamples) -> Double {
    Quantile.type7(share, ofSorted: measurement.countedValues.sorted())
  }
}

extension ProcessOutcome {
  fileprivate var reason: String {
    switch self {
    case .completed: ""
    case .failed(let reason, let detail): detail.isEmpty ? reason : "\(reason): \(detail)"
    case .crashed(let description), .protocolViolation(let description): description
    case .timedOut(let seconds): "timed out after \(seconds) s"
    }
  }
}

extension BenchmarkKey {
  func without(_ parameter: String) -> BenchmarkKey {
    BenchmarkKey(id: id, parameters: parameters.filter { $0.key != parameter })
  }

  /// Orders benchmarks by name, then by parameters; parameters that are numbers by their values.
  var readingOrder: ReadingOrder { ReadingOrder(key: self) }

  struct ReadingOrder: Comparable {
    private let id: String
    private let parameters: [(name: String, number: Double, text: String)]

    init(key: BenchmarkKey) {
      id = key.id
      parameters = key.parameters.sorted { $0.key < $1.key }
        .map { ($0.key, Double($0.value) ?? .infinity, $0.value) }
    }

    static func < (left: ReadingOrder, right: ReadingOrder) -> Bool {
      if left.id != right.id { return left.id < right.id }
      for (a, b) in zip(left.parameters, right.parameters) where a != b { return a < b }
      return left.parameters.count < right.parameters.count
    }

    static func == (left: ReadingOrder, right: ReadingOrder) -> Bool {
      !(left < right) && !(right < left)
    }
  }
}
