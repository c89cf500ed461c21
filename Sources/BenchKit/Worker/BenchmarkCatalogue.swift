package import BenchModel
import Foundation

/// A benchmark with one combination of its parameters, ready to run.
struct DeclaredBenchmark: Sendable {
  let declaration: BenchmarkDeclaration
  let parameters: Parameters
  let setup: Benchmark.Setup
  /// Whether a commit can fail on elapsed time. Warm-up then watches elapsed time instead of CPU
  /// time.
  let isGatedOnWall: Bool
}

/// All benchmarks of an executable, checked.
package struct BenchmarkCatalogue: Sendable {
  /// The benchmarks in the order of declaration, each with its parameters' values in the order of
  /// the sweep.
  let benchmarks: [DeclaredBenchmark]

  /// - Throws: the first mistake in the declarations.
  package init(_ suites: [Suite]) throws(BenchKitError) {
    var benchmarks: [DeclaredBenchmark] = []
    var seen: [BenchmarkKey: SourceLocation] = [:]
    for suite in suites {
      try Self.check(suite)
      for benchmark in suite.benchmarks {
        try Self.check(benchmark, in: suite)
        for declared in Self.declared(benchmark, in: suite) {
          let key = declared.declaration.key
          let location = benchmark.source.location
          if let first = seen.updateValue(location, forKey: key) {
            throw .duplicateBenchmark(
              key.description, first: "\(first.file):\(first.line)",
              second: "\(location.file):\(location.line)")
          }
          benchmarks.append(declared)
        }
      }
    }
    self.benchmarks = benchmarks
  }

  package var declarations: [BenchmarkDeclaration] { benchmarks.map(\.declaration) }

  subscript(key: BenchmarkKey) -> DeclaredBenchmark? {
    benchmarks.first { $0.declaration.key == key }
  }

  private static func declared(_ benchmark: Benchmark, in suite: Suite) -> [DeclaredBenchmark] {
    let source = benchmark.source.location
    return benchmark.sweep.combinations.map { combination in
      let key = BenchmarkKey(
        id: "\(suite.name)/\(benchmark.name)", parameters: combination.mapValues(\.description))
      return DeclaredBenchmark(
        declaration: BenchmarkDeclaration(
          key: key, version: benchmark.version, metrics: benchmark.metrics, source: source,
          takesTurns: benchmark.takesTurns),
        parameters: Parameters(combination), setup: benchmark.setup,
        isGatedOnWall: benchmark.gate.rules[Metric.wall.name] != nil)
    }
  }
}

extension BenchmarkCatalogue {
  private static func check(_ suite: Suite) throws(BenchKitError) {
    try checkName(suite.name, of: "suite", within: "this executable")
    if suite.name.contains("/") { throw .slashInSuite(suite.name) }
  }

  private static func check(_ benchmark: Benchmark, in suite: Suite) throws(BenchKitError) {
    try checkName(benchmark.name, of: "benchmark", within: "the suite '\(suite.name)'")
    let id = "\(suite.name)/\(benchmark.name)"
    if benchmark.version < 1 { throw .versionBelowOne(benchmark.version, benchmark: id) }
    try checkParameters(benchmark.sweep, of: id)
    try checkMetrics(benchmark.customMetrics, of: id)
  }

  private static func checkParameters(_ sweep: Sweep, of id: String) throws(BenchKitError) {
    var names: Set<String> = []
    for axis in sweep.axes {
      try checkName(axis.name, of: "parameter", within: "'\(id)'")
      if !names.insert(axis.name).inserted {
        throw .duplicateParameter(axis.name, benchmark: id)
      }
      if axis.values.isEmpty { throw .emptySweep(parameter: axis.name, benchmark: id) }
      for value in axis.values {
        try checkName(value.description, of: "value of '\(axis.name)'", within: "'\(id)'")
      }
    }
  }

  private static func checkMetrics(
    _ metrics: [CustomMetric], of id: String
  ) throws(BenchKitError) {
    var names = Set(Metric.standard.map(\.name))
    for metric in metrics {
      try checkName(metric.name, of: "metric", within: "'\(id)'")
      if !names.insert(metric.name).inserted {
        throw .duplicateMetric(metric.name, benchmark: id)
      }
      if metric.gate != nil, metric.direction == nil {
        throw .undirectedMetric(metric.name, unit: metric.unit.name, benchmark: id)
      }
    }
  }

  private static func checkName(
    _ name: String, of kind: String, within location: String
  ) throws(BenchKitError) {
    let trimmed = name.trimmingCharacters(in: .whitespacesAndNewlines)
    if trimmed.isEmpty { throw .emptyName(of: kind, within: location) }
    let refused = CharacterSet.controlCharacters.union(.newlines)
    if trimmed != name || name.unicodeScalars.contains(where: refused.contains) {
      throw .unreadableName(name, of: kind)
    }
  }
}
