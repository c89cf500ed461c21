import BenchModel
import Foundation

/// A run for targets: processes of one metric each, in the order in which they are added.
struct TargetProcesses {
  private(set) var all: [ProcessRecord] = []

  /// Adds one process for each number, which is the median of its samples.
  mutating func add(
    _ id: String, _ parameters: [String: String] = [:], metric: Metric = .wall,
    medians: [Double]
  ) {
    for median in medians {
      add(id, parameters, metric: metric, samples: [median * 0.99, median, median * 1.02])
    }
  }

  /// Adds one process with these samples.
  mutating func add(
    _ id: String, _ parameters: [String: String] = [:], metric: Metric = .wall,
    samples: [Double]
  ) {
    add(
      id, parameters, .completed, metric: metric,
      [
        MetricSamples(
          metric: metric, values: samples, iterations: samples.map { _ in 1 }, warmUpCount: 0,
          summary: MeasurementSummary(of: samples))
      ])
  }

  /// Adds a process that failed.
  mutating func add(
    _ id: String, _ parameters: [String: String] = [:], failing reason: String
  ) {
    add(id, parameters, .failed(reason: reason, detail: ""), metric: .wall, [])
  }

  private mutating func add(
    _ id: String, _ parameters: [String: String], _ outcome: ProcessOutcome, metric: Metric,
    _ measurements: [BenchModel.MetricSamples]
  ) {
    let date = Date(timeIntervalSince1970: 0)
    let build = Build(
      revision: Revision(commit: Commit(hash: "a", authored: date, committed: date)),
      toolchain: "", binaryHash: "b")
    all.append(
      ProcessRecord(
        session: UUID(), build: build,
        benchmark: BenchmarkDeclaration(
          key: BenchmarkKey(id: id, parameters: parameters), metrics: [metric]),
        pass: .timing, order: all.count, started: date, seconds: 1, outcome: outcome,
        measurements: measurements))
  }
}
