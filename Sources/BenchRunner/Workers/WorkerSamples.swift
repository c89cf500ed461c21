import BenchModel
import Foundation

/// The answer to `run`, checked and grouped by metric.
struct WorkerSamples {
  let facts: WorkerFacts
  let measurements: [MetricSamples]

  /// What a worker says that keeps to the protocol.
  enum Answer {
    case done(WorkerSamples)
    case failure(reason: String, detail: String)
  }

  static func parse(
    _ answer: WorkerAnswer, of benchmark: BenchmarkDeclaration, pass: MeasurementPass,
    plan: TurnPlan? = nil
  ) throws(ProtocolViolation) -> Answer {
    var columns: [String: Column] = [:]
    let metrics = Dictionary(benchmark.metrics.map { ($0.name, $0) }) { first, _ in first }
    var count = 0
    var facts: WorkerFacts?
    var failure: Answer?
    try answer.forEachMessage { message, line, number in
      guard facts == nil, failure == nil else {
        throw ProtocolViolation("more after the last message", line: line, number: number)
      }
      switch message {
      case .sample(let sample):
        count += 1
        guard count <= WorkerLimits.samples else {
          throw ProtocolViolation("more than \(WorkerLimits.samples) samples")
        }
        guard let metric = metrics[sample.metric] else {
          throw ProtocolViolation("an undeclared metric", line: line, number: number)
        }
        if let problem = columns[sample.metric, default: Column(plan: plan)].append(
          sample, metric)
        {
          throw ProtocolViolation(problem, line: line, number: number)
        }
      case .done(let its): facts = its.limited
      case .failure(let reason, let detail):
        failure = .failure(
          reason: reason.limited(bytes: WorkerLimits.failureBytes),
          detail: detail.limited(bytes: WorkerLimits.failureBytes))
      case .benchmark, .end:
        throw ProtocolViolation("not an answer to 'run'", line: line, number: number)
      }
    }
    if let failure { return failure }
    guard let facts else { throw ProtocolViolation("it ended without saying 'done'") }
    let measurements = try measurements(of: benchmark, pass: pass, columns: columns)
    return .done(WorkerSamples(facts: facts, measurements: measurements))
  }

  /// The samples of each metric, in the order in which the metrics are declared.
  private static func measurements(
    of benchmark: BenchmarkDeclaration, pass: MeasurementPass, columns: [String: Column]
  ) throws(ProtocolViolation) -> [MetricSamples] {
    // A benchmark without counters has nothing to say when it is only counted.
    guard !columns.isEmpty || pass != .timing else {
      throw ProtocolViolation("it measured nothing")
    }
    var measurements: [MetricSamples] = []
    for metric in benchmark.metrics {
      guard let column = columns[metric.name] else { continue }
      guard column.warmUpCount < column.values.count else {
        throw ProtocolViolation("\(quoted(metric.name)) has no sample after warm-up")
      }
      let turns = column.sampleTurns
      let summary = MeasurementSummary(
        of: turns?.counted(column.values, warmUpCount: column.warmUpCount)
          ?? Array(column.values.dropFirst(column.warmUpCount)))
      guard summary.isFinite else {
        throw ProtocolViolation("the values of \(quoted(metric.name)) are too large to be added up")
      }
      measurements.append(
        MetricSamples(
          metric: metric, values: column.values, iterations: column.iterations,
          warmUpCount: column.warmUpCount, summary: summary, turns: turns))
    }
    return measurements
  }

  /// The samples of one metric.
  private struct Column {
    var values: [Double] = []
    var iterations: [Int] = []
    var warmUpCount = 0
    private let plan: TurnPlan?
    private var lastOrder = -1
    private var totalIterations = 0
    /// The number of samples of each turn so far.
    private var ofTurn: [Int] = []

    init(plan: TurnPlan?) { self.plan = plan }

    /// How the samples are divided into turns; `nil` where there are none, or not every turn has as
    /// many.
    var sampleTurns: SampleTurns? {
      guard let plan, ofTurn.count == plan.turns, let count = ofTurn.first,
        ofTurn.allSatisfy({ $0 == count })
      else { return nil }
      // What is taken once a turn has no part that does not count; what is taken several times a
      // sample has it as often.
      let uncounted =
        count.isMultiple(of: plan.samples)
        ? plan.uncounted * (count / plan.samples) : 0
      let turns = SampleTurns(samples: count, uncounted: uncounted)
      return turns.fits(count: values.count, warmUpCount: warmUpCount) ? turns : nil
    }

    /// - Returns: what is wrong with the sample, if anything.
    mutating func append(_ sample: Sample, _ metric: Metric) -> String? {
      guard sample.value.isFinite else { return "a value that is not a finite number" }
      guard sample.value >= 0 || !metric.unit.isNeverNegative else {
        return "a negative value"
      }
      guard sample.iterations >= 1 else { return "fewer than 1 iteration" }
      let (total, isTooMany) = totalIterations.addingReportingOverflow(sample.iterations)
      guard !isTooMany else { return "more iterations than can be counted" }
      guard sample.order > lastOrder || sample.order == lastOrder && plan != nil else {
        return "a sample out of order"
      }
      guard !sample.warmUp || warmUpCount == values.count else {
        return "a warm-up sample after warm-up"
      }
      if let problem = noteTurn(of: sample) { return problem }
      totalIterations = total
      lastOrder = sample.order
      values.append(sample.value)
      iterations.append(sample.iterations)
      warmUpCount += sample.warmUp || isWarmUp(sample) ? 1 : 0
      return nil
    }

    private func isWarmUp(_ sample: Sample) -> Bool {
      guard let plan, let turn = sample.turn else { return false }
      return turn < plan.warmUpTurns
    }

    /// - Returns: what is wrong with the sample's turn, if anything.
    private mutating func noteTurn(of sample: Sample) -> String? {
      guard let plan else { return nil }
      guard let turn = sample.turn else { return "a sample without its turn" }
      guard (0..<plan.turns).contains(turn), turn >= ofTurn.count - 1 else {
        return "a turn that was not asked for, or out of order"
      }
      while ofTurn.count <= turn { ofTurn.append(0) }
      ofTurn[turn] += 1
      return nil
    }
  }
}

extension MeasurementSummary {
  /// Finite samples may still have a sum, or squares, that are not.
  fileprivate var isFinite: Bool {
    [minimum, lowerQuartile, median, upperQuartile, maximum, mean, deviation]
      .allSatisfy(\.isFinite)
  }
}

extension WorkerFacts {
  /// The part of it that is worth storing with every process. Units are converted by readers of
  /// foreign files, and code is named by benchdb, never by a worker.
  fileprivate var limited: WorkerFacts {
    var facts = self
    facts.harness = harness?.limited(bytes: WorkerLimits.harnessBytes)
    facts.originalUnits = nil
    facts.codeHash = nil
    return facts
  }
}

extension String {
  /// The beginning, in whole scalars of at most `bytes` bytes together; `…` stands for the rest.
  fileprivate func limited(bytes: Int) -> String {
    guard utf8.count > bytes else { return self }
    var end = utf8.index(startIndex, offsetBy: bytes)
    while String.Index(end, within: unicodeScalars) == nil { end = utf8.index(before: end) }
    return self[..<end] + "…"
  }
}
