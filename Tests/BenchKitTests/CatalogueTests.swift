import BenchKit
import BenchModel
import Testing

@Suite struct CatalogueTests {
  private func benchmark(
    _ name: String, _ parameters: Sweep = [:], metrics: [CustomMetric] = [], version: Int = 1
  ) -> Benchmark {
    Benchmark(name, parameters: parameters, metrics: metrics, version: version) { _, _ in
      .measuring {}
    }
  }

  private func refusal(_ suites: Suite...) -> BenchKitError? {
    do throws(BenchKitError) {
      _ = try BenchmarkCatalogue(suites)
      return nil
    } catch {
      return error
    }
  }

  @Test("a sweep declares every combination, the last parameter varying fastest")
  func sweep() throws {
    let suite = Suite("s") {
      benchmark("b", ["records": [10, 20], "kind": ["x", "y", "z"], "on": [true]])
    }
    let declarations = try BenchmarkCatalogue([suite]).declarations
    #expect(
      declarations.map { [$0.key.parameters["records"], $0.key.parameters["kind"]] } == [
        ["10", "x"], ["10", "y"], ["10", "z"], ["20", "x"], ["20", "y"], ["20", "z"],
      ])
    #expect(declarations.allSatisfy { $0.key.id == "s/b" && $0.key.parameters["on"] == "true" })
  }

  @Test("CPU time is the gate where nothing else is said")
  func defaultGate() throws {
    let declared = try BenchmarkCatalogue([Suite("s") { benchmark("b") }]).declarations[0]
    #expect(declared.metrics.filter(\.isGate) == [Metric.cpu.gated(true)])
    #expect(declared.metrics.map(\.name) == Metric.standard.map(\.name))
  }

  @Test("the location of a declaration is relative to the repository")
  func location() throws {
    let line = #line + 1
    let suite = Suite("s") { Benchmark("b") { _, _ in .measuring {} } }
    let source = try BenchmarkCatalogue([suite]).declarations[0].source
    #expect(source == SourceLocation(file: "Tests/BenchKitTests/CatalogueTests.swift", line: line))
  }

  @Test("a location whose sources are not on this machine is the file's short name")
  func locationElsewhere() throws {
    let suite = Suite("s") {
      Benchmark("b", fileID: "M/F.swift", filePath: "/nowhere/at/all/F.swift", line: 3) { _, _ in
        .measuring {}
      }
    }
    let source = try BenchmarkCatalogue([suite]).declarations[0].source
    #expect(source == SourceLocation(file: "M/F.swift", line: 3))
  }

  @Test("suites of one name are one suite, and conditions and loops declare")
  func builder() throws {
    let isWanted = true
    let first = Suite("s") {
      if isWanted { benchmark("a") }
      for name in ["b", "c"] { benchmark(name) }
    }
    let catalogue = try BenchmarkCatalogue([first, Suite("s") { benchmark("d") }])
    #expect(catalogue.declarations.map(\.key.id) == ["s/a", "s/b", "s/c", "s/d"])
  }

  @Test("the same benchmark twice is refused, with both locations")
  func duplicates() {
    let error = refusal(Suite("s") { benchmark("b") }, Suite("s") { benchmark("b") })
    guard case .duplicateBenchmark("s/b", let first, let second) = error else {
      Issue.record("got \(String(describing: error))")
      return
    }
    #expect(first.hasPrefix("Tests/BenchKitTests/CatalogueTests.swift:"))
    #expect(error.map(String.init(describing:))?.contains(second) == true)
  }

  @Test("a value twice in one sweep is the same benchmark twice")
  func duplicateValue() {
    let error = refusal(Suite("s") { benchmark("b", ["n": [1, 1]]) })
    guard case .duplicateBenchmark("s/b n=1", _, _) = error else {
      Issue.record("got \(String(describing: error))")
      return
    }
  }

  @Test("names that are empty or break the line are refused", arguments: ["", " ", "\n"])
  func emptyNames(name: String) {
    #expect(
      refusal(Suite(name) { benchmark("b") })
        == .emptyName(of: "suite", within: "this executable"))
    #expect(
      refusal(Suite("s") { benchmark(name) })
        == .emptyName(of: "benchmark", within: "the suite 's'"))
    #expect(
      refusal(Suite("s") { benchmark("b", ["": [1]]) })
        == .emptyName(of: "parameter", within: "'s/b'"))
  }

  @Test(
    "names with control characters or space around them are refused",
    arguments: ["a\nb", "a\tb", "a\u{0}b", "a\u{1B}[31m", "a\u{2028}b", " a", "a "])
  func unreadableNames(name: String) {
    #expect(refusal(Suite("s") { benchmark(name) }) == .unreadableName(name, of: "benchmark"))
    #expect(
      refusal(Suite("s") { benchmark("b", metrics: [CustomMetric(name, unit: .count)]) })
        == .unreadableName(name, of: "metric"))
  }

  @Test("what else can't be measured is refused, each with its own error")
  func others() {
    #expect(refusal(Suite("a/b") { benchmark("c") }) == .slashInSuite("a/b"))
    #expect(
      refusal(Suite("s") { benchmark("b", ["n": []]) })
        == .emptySweep(parameter: "n", benchmark: "s/b"))
    #expect(
      refusal(Suite("s") { benchmark("b", ["n": [1], "n": [2]]) })
        == .duplicateParameter("n", benchmark: "s/b"))
    let wall = CustomMetric("wall", unit: .nanoseconds)
    #expect(
      refusal(Suite("s") { benchmark("b", metrics: [wall]) })
        == .duplicateMetric("wall", benchmark: "s/b"))
    let score = CustomMetric("quality", unit: "score", gate: .statistical)
    #expect(
      refusal(Suite("s") { benchmark("b", metrics: [score]) })
        == .undirectedMetric("quality", unit: "score", benchmark: "s/b"))
    #expect(
      refusal(Suite("s") { benchmark("b", version: 0) })
        == .versionBelowOne(0, benchmark: "s/b"))
  }
}
