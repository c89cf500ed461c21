import BenchModel
import Foundation

/// What the executable does when a person starts it.
struct ByHand {
  let catalogue: BenchmarkCatalogue

  /// - Returns: the exit status: 0, 1 when a benchmark failed, 64 when the arguments make no sense.
  func run(_ arguments: [String]) -> Int32 {
    switch arguments.first {
    case "--help", "-h":
      print(help)
      return 0
    case "list" where arguments.count == 1:
      for benchmark in catalogue.benchmarks { print(benchmark.declaration.key) }
      return 0
    case let option? where option.hasPrefix("-"):
      return refuse("there is no option '\(option)'")
    default:
      return arguments.count > 1
        ? refuse("one filter at most, and \(arguments.count) words were given")
        : measure(filter: arguments.first)
    }
  }

  private var help: String {
    """
    Benchmarks made with BenchKit.

      \(executable)             measure every benchmark quickly
      \(executable) FILTER      only those whose name contains FILTER
      \(executable) list        their names
      \(executable) --help      this text

    These figures come from one process and are not stored. `benchdb record` measures in
    fresh processes, stores every sample, and `benchdb compare` tells commits apart.
    """
  }

  private var executable: String {
    URL(fileURLWithPath: CommandLine.arguments.first ?? "benchmarks").lastPathComponent
  }

  private func refuse(_ complaint: String) -> Int32 {
    standardError("error: \(complaint); see \(executable) --help")
    return 64
  }

  private func measure(filter: String?) -> Int32 {
    let chosen = catalogue.benchmarks.filter { benchmark in
      filter.map { benchmark.declaration.key.description.contains($0) } ?? true
    }
    guard !chosen.isEmpty else {
      return refuse("no benchmark's name contains '\(filter ?? "")'")
    }
    let names = chosen.map(\.declaration.key.description)
    let table = QuickTable(width: names.map(\.count).max() ?? 0)
    print(table.header)
    var failures = 0
    for benchmark in chosen {
      let row = QuickRow(measuring: benchmark)
      if row.failure != nil { failures += 1 }
      print(table.line(row))
    }
    print(
      "\nOne process, not stored. `benchdb record` measures in fresh ones and keeps every sample.")
    return failures == 0 ? 0 : 1
  }
}

/// The medians of one benchmark, measured quickly in this process.
struct QuickRow {
  let name: String
  private(set) var failure: String?
  private(set) var medians: [String: Double] = [:]

  init(measuring benchmark: DeclaredBenchmark) {
    name = benchmark.declaration.key.description
    for pass in MeasurementPass.allCases {
      let plan = MeasurementPlan(pass: pass, seconds: 0.1, warmUpSeconds: 0.05)
      switch BenchmarkProcess.run(benchmark, seed: 1, plan: plan) {
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

/// A row a benchmark, in columns.
struct QuickTable {
  let width: Int

  private static let columns: [(title: String, metric: Metric)] = [
    ("wall", .wall), ("cpu", .cpu), ("allocations", .allocations),
    ("peak live heap", .peakLiveBytes),
  ]

  var header: String {
    row("benchmark", Self.columns.map(\.title))
  }

  /// Custom metrics follow the columns, each with its name.
  func line(_ result: QuickRow) -> String {
    if let failure = result.failure { return row(result.name, []) + "  failed: \(failure)" }
    let values = Self.columns.map { column in
      result.medians[column.metric.name].map { quantity($0, column.metric.unit) } ?? "–"
    }
    let standard = Set(Metric.standard.map(\.name))
    let custom = result.medians.filter { !standard.contains($0.key) }.sorted { $0.key < $1.key }
    let extra = custom.map { "  \($0.key) \(threeDigits($0.value))" }.joined()
    return row(result.name, values) + extra
  }

  private func row(_ name: String, _ values: [String]) -> String {
    let padded = name + String(repeating: " ", count: max(0, width - name.count))
    return padded
      + values.map { String(repeating: " ", count: max(2, 16 - $0.count)) + $0 }.joined()
  }
}

/// `312 ns`, `4.56 ms`, `1.2 MB`, `1000`: three digits, in the unit in which they are read most easily.
func quantity(_ value: Double, _ unit: BenchModel.Unit) -> String {
  let steps: [(size: Double, name: String)] =
    switch unit {
    case .nanoseconds: [(1e9, "s"), (1e6, "ms"), (1e3, "µs"), (1, "ns")]
    case .bytes: [(1e9, "GB"), (1e6, "MB"), (1e3, "kB"), (1, "B")]
    default: [(1, "")]
    }
  let step = steps.first { abs(value) >= $0.size } ?? steps[steps.count - 1]
  return threeDigits(value / step.size) + (step.name.isEmpty ? "" : " " + step.name)
}

/// Three significant digits, and never fewer than the whole number has.
func threeDigits(_ value: Double) -> String {
  let size = abs(value)
  if value == value.rounded(), size < 1e15 { return String(Int(value)) }
  return String(format: size < 10 ? "%.2f" : size < 100 ? "%.1f" : "%.0f", value)
}
