import BenchKit
import BenchModel
import PipelineBenchmarks
import Testing

@Suite("The listing") struct ListingTests {
  let declarations: [BenchmarkDeclaration]

  init() throws { declarations = try BenchmarkCatalogue(pipelineSuites).declarations }

  @Test("the declarations are sound, and no benchmark is listed twice")
  func unique() {
    #expect(Set(declarations.map(\.key)).count == declarations.count)
    #expect(Set(declarations.map(\.key.suite)) == ["throughput", "latency", "memory"])
  }

  @Test("every benchmark says how many records it takes, so that profiles can leave it out")
  func records() {
    for declaration in declarations {
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

  @Test("quick runs at most thirty benchmarks, which take about two minutes")
  func cost() {
    let quick = declarations.filter {
      Int($0.key.parameters["records"] ?? "") ?? 0 <= Profile.quick.maximumRecords
    }
    #expect(quick.count <= 30)
  }
}
