import BenchKit
import BenchModel
import BenchRunner
import PipelineBenchmarks
import Testing

@Suite("The listing") struct SuiteListingTests {
  let declarations: [BenchmarkDeclaration]

  init() throws { declarations = try BenchmarkCatalogue(pipelineSuites).declarations }

  @Test("the declarations are sound, and no benchmark is listed twice")
  func unique() {
    #expect(Set(declarations.map(\.key)).count == declarations.count)
    #expect(
      Set(declarations.map(\.key.suite)) == [
        "throughput", "latency", "memory", "scalability", "concurrency", "aggregation", "dsl",
      ])
  }

  @Test(
    "every benchmark of a pipeline says how many records it takes, so that profiles can leave it out"
  )
  func records() {
    for declaration in declarations where declaration.key.suite != "dsl" {
      #expect(
        declaration.key.parameters["records"].flatMap { Int($0) } != nil, "\(declaration.key)")
    }
  }

  @Test("every benchmark has a gate, and its allocations are gated exactly")
  func gates() {
    for declaration in declarations {
      let gates = declaration.metrics.filter(\.isGate)
      let allocations = gates.first { $0.name == Metric.allocations.name }
      #expect(gates.count >= 2, "\(declaration.key)")
      if case .exact = allocations?.judgement {} else { Issue.record("\(declaration.key)") }
    }
  }

  @Test("every suite has a control")
  func controls() {
    for suite in Set(declarations.map(\.key.suite)) {
      #expect(declarations.contains { $0.key.id == "\(suite)/control" }, "\(suite)")
    }
  }

  /// Uses the estimate that `record` prints: a process that starts and sets up takes less than its
  /// 0.1 s.
  @Test("quick is estimated at four minutes at most, and smoke at under forty seconds")
  func cost() throws {
    for (profile, seconds) in [(Profile.quick, 240.0), (.smoke, 40)] {
      let schedule = try Schedule(declarations: declarations, profile: profile, seed: 1)
      let estimate = Schedule.estimatedSeconds(of: schedule.processes, profile: profile)
      #expect(estimate <= seconds, "\(profile.name): \(estimate) s")
    }
  }
}
