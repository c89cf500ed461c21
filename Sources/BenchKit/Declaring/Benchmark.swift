import BenchModel

/// One benchmark, or one for each combination of its parameters.
///
/// ```swift
/// Benchmark("sort", parameters: ["records": [1_000, 100_000]], gate: [.cpu, .allocations()]) {
///   parameters, seed in
///   let records = makeRecords(parameters.integer("records"), seed: seed)
///   return .measuring { records.sorted() }
/// }
/// ```
public struct Benchmark: Sendable {
  enum Setup: Sendable {
    case running(@Sendable (Parameters, UInt64) throws -> Work)
    case waiting(@Sendable (Parameters, UInt64) async throws -> Work)
  }

  let name: String
  let sweep: Sweep
  let gate: Gate
  let customMetrics: [CustomMetric]
  let version: Int
  let takesTurns: Bool
  let source: DeclaredAt
  let setup: Setup

  /// - Parameters:
  ///   - name: the part of the benchmark's id after the suite and a slash.
  ///   - parameters: the values that each parameter takes.
  ///   - gate: the standard metrics on which a commit can fail.
  ///   - metrics: the metrics that the body measures itself.
  ///   - version: the version of what is measured. Increase it whenever the benchmark measures
  ///     something else under the same name, so that the two are not compared.
  ///   - takesTurns: whether the process does nothing between two samples, so that a paired
  ///     comparison can measure it in turns of a millisecond with the other commit's process. Set
  ///     it to false for a benchmark whose threads work in the background.
  ///   - fileID: the file that declares the benchmark; leave it to the compiler.
  ///   - filePath: the file that declares the benchmark; leave it to the compiler.
  ///   - line: the line that declares the benchmark; leave it to the compiler.
  ///   - setup: receives one combination of the parameters and the process's seed, prepares, and
  ///     returns the work to measure.
  public init(
    _ name: String, parameters: Sweep = [:], gate: Gate = .cpu, metrics: [CustomMetric] = [],
    version: Int = 1, takesTurns: Bool = true, fileID: String = #fileID,
    filePath: String = #filePath, line: Int = #line,
    setup: @escaping @Sendable (_ parameters: Parameters, _ seed: UInt64) throws -> Work
  ) {
    self.init(
      name, parameters, gate, metrics, version, takesTurns,
      DeclaredAt(fileID: fileID, filePath: filePath, line: line), .running(setup))
  }

  /// Makes a benchmark whose setup is asynchronous.
  /// - Parameters:
  ///   - name: the part of the benchmark's id after the suite and a slash.
  ///   - parameters: the values that each parameter takes.
  ///   - gate: the standard metrics on which a commit can fail.
  ///   - metrics: the metrics that the body measures itself.
  ///   - version: the version of what is measured. Increase it whenever the benchmark measures
  ///     something else under the same name, so that the two are not compared.
  ///   - takesTurns: whether the process does nothing between two samples, so that a paired
  ///     comparison can measure it in turns of a millisecond with the other commit's process. Set
  ///     it to false for a benchmark whose threads work in the background.
  ///   - fileID: the file that declares the benchmark; leave it to the compiler.
  ///   - filePath: the file that declares the benchmark; leave it to the compiler.
  ///   - line: the line that declares the benchmark; leave it to the compiler.
  ///   - setup: receives one combination of the parameters and the process's seed, prepares, and
  ///     returns the work to measure.
  public init(
    _ name: String, parameters: Sweep = [:], gate: Gate = .cpu, metrics: [CustomMetric] = [],
    version: Int = 1, takesTurns: Bool = true, fileID: String = #fileID,
    filePath: String = #filePath, line: Int = #line,
    setup: @escaping @Sendable (_ parameters: Parameters, _ seed: UInt64) async throws -> Work
  ) {
    self.init(
      name, parameters, gate, metrics, version, takesTurns,
      DeclaredAt(fileID: fileID, filePath: filePath, line: line), .waiting(setup))
  }

  private init(
    _ name: String, _ sweep: Sweep, _ gate: Gate, _ customMetrics: [CustomMetric], _ version: Int,
    _ takesTurns: Bool, _ source: DeclaredAt, _ setup: Setup
  ) {
    self.name = name
    self.sweep = sweep
    self.gate = gate
    self.customMetrics = customMetrics
    self.version = version
    self.takesTurns = takesTurns
    self.source = source
    self.setup = setup
  }

  /// All metrics that the benchmark may report, with their roles.
  var metrics: [Metric] {
    Metric.standard.map(gate.applied(to:)) + customMetrics.map(\.metric)
  }
}

/// A named group of benchmarks.
///
/// ```swift
/// Suite("order") {
///   Benchmark("sorting") { _, seed in
///     let records = makeRecords(1_000, seed: seed)
///     return .measuring { records.sorted() }
///   }
///   Benchmark("shuffling") { _, seed in
///     let records = makeRecords(1_000, seed: seed)
///     return .measuring { records.shuffled() }
///   }
/// }
/// ```
public struct Suite: Sendable {
  let name: String
  let benchmarks: [Benchmark]

  /// - Parameters:
  ///   - name: the part of the benchmarks' ids before the slash.
  ///   - benchmarks: the suite's benchmarks, in the order in which they are listed.
  public init(_ name: String, @ListBuilder<Benchmark> _ benchmarks: () -> [Benchmark]) {
    self.name = name
    self.benchmarks = benchmarks()
  }
}

/// Collects the benchmarks of a suite, or the suites of an executable: one on each line, with `if`
/// and `for` where needed.
@resultBuilder
public enum ListBuilder<Element> {
  /// One element.
  public static func buildExpression(_ element: Element) -> [Element] { [element] }
  /// Elements made elsewhere.
  public static func buildExpression(_ elements: [Element]) -> [Element] { elements }
  /// One after the other.
  public static func buildBlock(_ parts: [Element]...) -> [Element] { parts.flatMap { $0 } }
  /// `if` without `else`.
  public static func buildOptional(_ part: [Element]?) -> [Element] { part ?? [] }
  /// `if`.
  public static func buildEither(first part: [Element]) -> [Element] { part }
  /// `else`.
  public static func buildEither(second part: [Element]) -> [Element] { part }
  /// `for`.
  public static func buildArray(_ parts: [[Element]]) -> [Element] { parts.flatMap { $0 } }
  /// `if #available`.
  public static func buildLimitedAvailability(_ part: [Element]) -> [Element] { part }
}
