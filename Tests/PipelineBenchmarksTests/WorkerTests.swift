import BenchKit
import BenchModel
import BenchRunner
import BenchTestSupport
import Foundation
import PipelineBenchmarks
import Testing

/// Runs the built executable as benchdb does, in a fresh process for each benchmark. Every process
/// checks its own results.
@Suite("The executable") struct WorkerTests {
  /// A plan with one or two iterations of each benchmark.
  static let plan = MeasurementPlan(
    pass: .timing, seconds: 0, maximumSamples: 1, minimumSamples: 1, warmUpSeconds: 0)

  static let small = ((try? BenchmarkCatalogue(pipelineSuites).declarations) ?? []).filter {
    declaration in
    ["records", "elements"].allSatisfy { size in
      Int(declaration.key.parameters[size] ?? "0") ?? .max <= 10_000
    }
  }

  @Test("lists what is declared")
  func list() throws {
    let worker = WorkerProcess(command: [try executable()])
    let declared = try BenchmarkCatalogue(pipelineSuites).declarations
    #expect(try worker.list().map(\.key) == declared.map(\.key))
    #expect(!Self.small.isEmpty)
  }

  @Test("runs every benchmark of up to 10,000 records to a right answer", arguments: small)
  func run(_ declaration: BenchmarkDeclaration) throws {
    let worker = WorkerProcess(command: [try executable()])
    let run = try worker.run(declaration, seed: 1, plan: Self.plan, timeout: 60)
    #expect(run.outcome == .completed, "\(declaration.key)")
    #expect(run.measurements.contains { $0.metric.name == Metric.wall.name })
  }

  @Test("allocates the same in two processes, where nothing is hashed")
  func allocations() throws {
    let declaration = try #require(Self.small.first { $0.key.id == "memory/stream" })
    let worker = WorkerProcess(command: [try executable()])
    let plan = MeasurementPlan(pass: .counting, seconds: 0, minimumSamples: 1, warmUpSeconds: 0)
    let counts = try (0..<2).map { _ in
      let run = try worker.run(declaration, seed: 1, plan: plan, timeout: 60)
      return run.measurements.first { $0.metric.name == Metric.allocations.name }?.values.last
    }
    #expect(counts[0] != nil && counts[0] == counts[1])
  }

  @Test("streaming allocates the same for every chunk")
  func allocationsOfAChunk() throws {
    let counts = try [1_000, 10_000, 100_000].map { try allocations("memory/stream", records: $0) }
    let ofAChunk = (counts[1] - counts[0]) / 9
    // Whatever a process allocates once, such as an array that grows, is added to this.
    #expect(ofAChunk > 0 && abs(counts[2] - counts[1] - ofAChunk * 90) <= 10)
  }

  /// Without the optimiser, conditions and generated names cost allocations of their own.
  #if DEBUG
    static let steady = ["simple", "map", "global aggregates", "grouped"]
  #else
    static let steady = [
      "simple", "map", "filter", "global aggregates", "grouped", "full report",
      "grouped from generator",
    ]
  #endif

  @Test("no stage allocates for a record", arguments: steady)
  func allocationsOfARecord(benchmark: String) throws {
    let few = try allocations("throughput/\(benchmark)", records: 10_000)
    let many = try allocations("throughput/\(benchmark)", records: 100_000)
    #expect((many - few) / 90_000 < 0.1)
  }

  /// The allocations of one run.
  private func allocations(_ id: String, records: Int) throws -> Double {
    let declarations = try BenchmarkCatalogue(pipelineSuites).declarations
    let declaration = try #require(
      declarations.first { $0.key.id == id && $0.key.parameters["records"] == "\(records)" })
    let plan = MeasurementPlan(pass: .counting, seconds: 0, minimumSamples: 1, warmUpSeconds: 0)
    let run = try WorkerProcess(command: [try executable()])
      .run(declaration, seed: 1, plan: plan, timeout: 60)
    let counted = run.measurements.first { $0.metric.name == Metric.allocations.name }
    return try #require(counted?.values.last)
  }

  @Test("leaves no database behind")
  func temporaryFiles() throws {
    let declaration = try #require(Self.small.first { $0.key.id.contains("SQLite") })
    try withTemporaryDirectory { folder in
      var environment = ProcessInfo.processInfo.environment
      environment["TMPDIR"] = folder.path
      let worker = WorkerProcess(command: [try executable()], environment: environment)
      let run = try worker.run(declaration, seed: 1, plan: Self.plan, timeout: 60)
      #expect(run.outcome == .completed)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }
  }

  /// The path of the executable, which is beside the test bundle.
  private func executable() throws -> String {
    let bundle = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    let folders = [Bundle.main.bundleURL, bundle, bundle.deletingLastPathComponent()]
    let candidates = folders.map { $0.appending(path: "pipeline-benchmarks").path }
    return try #require(candidates.first(where: FileManager.default.isExecutableFile(atPath:)))
  }
}
