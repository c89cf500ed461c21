import BenchKit
import BenchModel
import BenchRunner
import BenchTestSupport
import Foundation
import PipelineBenchmarks
import Testing

/// Runs the built executable as `benchdb` does, a fresh process for each benchmark. Every process checks its own answers.
@Suite("The executable") struct WorkerTests {
  /// One or two iterations of each.
  static let plan = MeasurementPlan(
    pass: .timing, seconds: 0, maximumSamples: 1, minimumSamples: 1, warmUpSeconds: 0)

  static let small = (try? BenchmarkCatalogue(pipelineSuites).declarations)?.filter {
    Int($0.key.parameters["records"] ?? "") ?? .max <= 10_000
  }

  @Test("lists what is declared")
  func list() throws {
    let worker = WorkerProcess(command: [try executable()])
    let declared = try BenchmarkCatalogue(pipelineSuites).declarations
    #expect(try worker.list().map(\.key) == declared.map(\.key))
  }

  @Test("runs every benchmark of up to 10,000 records to a right answer", arguments: small ?? [])
  func run(_ declaration: BenchmarkDeclaration) throws {
    let worker = WorkerProcess(command: [try executable()])
    let run = try worker.run(declaration, seed: 1, plan: Self.plan, timeout: 60)
    #expect(run.outcome == .completed, "\(declaration.key)")
    #expect(run.measurements.contains { $0.metric.name == Metric.wall.name })
  }

  @Test("leaves no database behind")
  func temporaryFiles() throws {
    let declaration = try #require(Self.small?.first { $0.key.id.contains("SQLite") })
    try withTemporaryDirectory { folder in
      var environment = ProcessInfo.processInfo.environment
      environment["TMPDIR"] = folder.path
      let worker = WorkerProcess(command: [try executable()], environment: environment)
      let run = try worker.run(declaration, seed: 1, plan: Self.plan, timeout: 60)
      #expect(run.outcome == .completed)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }
  }

  /// Beside the test bundle, where the package's products are built.
  private func executable() throws -> String {
    let bundle = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    let folders = [Bundle.main.bundleURL, bundle, bundle.deletingLastPathComponent()]
    let candidates = folders.map { $0.appending(path: "pipeline-benchmarks").path }
    return try #require(candidates.first(where: FileManager.default.isExecutableFile(atPath:)))
  }
}
