import BenchModel
import Foundation

/// The medians of one benchmark, measured quickly in this process.
struct QuickRow {
  let name: String
  /// The custom metrics that the benchmark declares.
  let customMetrics: [Metric]
  private(set) var failure: String?
  private(set) var medians: [String: Double] = [:]

  init(measuring benchmark: DeclaredBenchmark) {
    name = benchmark.declaration.key.description
    customMetrics = Array(benchmark.declaration.metrics.dropFirst(Metric.standard.count))
    for pass in [MeasurementPass.timing, .counting] {
      let plan = MeasurementPlan(pass: pass, seconds: 0.1, warmUpSeconds: 0.05)
      switch BenchmarkProcess.run(benchmark, seed: 1, task: .plan(plan)) {
      case .success(let result): add(result.samples)
      case .failure(let reason):
        failure = "\(reason.reason): \(reason.detail)"
        return
      }
    }
  }

  private mutating func add(_ samples: [Sample]) {
    let kept = Dictionary(grouping: samples.filter { !$0.warmUp }, by: \.metric)
    for (metric, samples) in kept { medians[metric] = median(samples.map(\.value)) }
  }
}

/// A table with one row for each benchmark.
struct QuickTable {
  let width: Int

  private static let columns: [(title: String, metric: Metric)] = [
    ("wall", .wall), ("cpu", .cpu), ("allocations", .allocations),
    ("peak live heap", .peakLiveBytes),
  ]

  var header: String {
    row("benchmark", Self.columns.map(\.title))
  }

  /// A row of the table. Custom metrics follow the columns, each with its name.
  func line(_ result: QuickRow) -> String {
    if let failure = result.failure { return row(result.name, []) + "  failed: \(failure)" }
    let values = Self.columns.map { column in
      result.medians[column.metric.name].map { quantity($0, column.metric.unit) } ?? "–"
    }
    let extra = result.customMetrics.compactMap { metric in
      result.medians[metric.name].map { "  \(metric.name) \(quantity($0, metric.unit))" }
    }.joined()
    return row(result.name, values) + extra
  }

  private func row(_ name: String, _ values: [String]) -> String {
    let padded = name + String(repeating: " ", count: max(0, width - name.count))
    return padded
      + values.map { String(repeating: " ", count: max(2, 16 - $0.count)) + $0 }.joined()
  }
}

/// A quantity with three digits, in the unit that reads most easily: `312 ns`, `4.56 ms`, `1.2 MB`,
/// `1000`.
func quantity(_ value: Double, _ unit: BenchModel.Unit) -> String {
  let steps: [(size: Double, name: String)] =
    switch unit {
    case .nanoseconds: [(1e9, "s"), (1e6, "ms"), (1e3, "µs"), (1, "ns")]
    case .bytes: [(1e9, "GB"), (1e6, "MB"), (1e3, "kB"), (1, "B")]
    case .count: [(1, "")]
    default: [(1, unit.rawValue)]
    }
  let step = steps.first { abs(value) >= $0.size } ?? steps[steps.count - 1]
  return threeDigits(value / step.size) + (step.name.isEmpty ? "" : " " + step.name)
}

/// A number with three significant digits, or all digits of the whole number if it has more.
func threeDigits(_ value: Double) -> String {
  let size = abs(value)
  if value == value.rounded(), size < 1e15 { return String(Int(value)) }
  return String(format: size < 10 ? "%.2f" : size < 100 ? "%.1f" : "%.0f", value)
}
