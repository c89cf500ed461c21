import BenchComparer
import BenchModel
import BenchWorkflows
import Testing

@Suite("The series that a bisection is about")
struct BisectedSeriesTests {
  private let grouped = BenchmarkDeclaration(
    key: BenchmarkKey(id: "throughput/grouped", parameters: ["records": "1000"]),
    metrics: [.cpu, Metric.wall.gated(true), Metric.allocations])
  private let plain = BenchmarkDeclaration(
    key: BenchmarkKey(id: "throughput/plain"), metrics: [Metric.wall.gated(true)])

  private func series(
    _ name: String, good: [BenchmarkDeclaration]? = nil
  ) throws -> BisectedSeries {
    try BisectedSeries(
      name, good: MeasuredExample.built(0, good ?? [grouped, plain]),
      bad: MeasuredExample.built(1, [grouped, plain]))
  }

  private func refusal(_ name: String, good: [BenchmarkDeclaration]? = nil) -> String? {
    #expect(throws: CommandFailure.self) { try series(name, good: good) }?.message
  }

  @Test(
    "a benchmark stands for its gate metric, by its whole name, its name or its beginning",
    arguments: [
      "throughput/grouped records=1000", "throughput/grouped", "throughput/gr",
      "throughput/grouped records=1000 · wall",
    ])
  func gate(_ name: String) throws {
    let series = try series(name)
    #expect(series.key.description == "throughput/grouped records=1000 · wall")
  }

  @Test("another metric is taken where it is named")
  func otherMetric() throws {
    #expect(try series("throughput/grouped records=1000 · cpu").metric == .cpu)
  }

  @Test("what names several benchmarks is refused with their names")
  func ambiguous() {
    #expect(
      refusal("throughput/")
        == "'throughput/' fits 2 benchmarks, and a bisection is about one: "
        + "'throughput/grouped records=1000', 'throughput/plain'.")
  }

  @Test("what names none is answered with what is there")
  func unknown() {
    #expect(
      refusal("memory")
        == "BAD has no series 'memory'. It has throughput/grouped, throughput/plain.")
    #expect(
      refusal("throughput/groupde")
        == "BAD has no series 'throughput/groupde'. Did you mean 'throughput/grouped'?")
  }

  @Test("a benchmark that GOOD lacks can't have become slower")
  func newBenchmark() {
    #expect(
      refusal("throughput/plain", good: [grouped])
        == "GOOD has no benchmark 'throughput/plain', so nothing became slower.")
  }

  @Test("a benchmark of another version or with other metrics is another series")
  func otherMeaning() {
    let newer = BenchmarkDeclaration(key: plain.key, version: 2, metrics: plain.metrics)
    let other = BenchmarkDeclaration(key: plain.key, metrics: [.cpu])
    for good in [newer, other] {
      #expect(
        refusal("throughput/plain", good: [good])
          == "'throughput/plain · wall' means something else in GOOD: the benchmark's version or "
          + "its metrics changed.")
    }
  }

  @Test("counting processes run in every round for what timing processes do not measure")
  func countingRounds() throws {
    #expect(try series("throughput/plain").countingRounds(of: 30) == 0)
    #expect(
      try series("throughput/grouped records=1000 · allocations").countingRounds(of: 30) == 30)
  }

  @Test("there is no look after more rounds than are allowed")
  func looks() throws {
    let series = try series("throughput/plain")
    #expect(series.checkLooks(upTo: 15) == PairedLook.standard.filter { $0.rounds <= 15 })
    #expect(series.probeLooks(upTo: 8) == [4, 6, 8])
  }

  @Test("an exact metric is looked at early, which spends no level")
  func exactLooks() throws {
    let exact = MeasuredExample.declaration()
    let series = try BisectedSeries(
      "suite/one", good: MeasuredExample.built(0, [exact]), bad: MeasuredExample.built(1, [exact]))
    #expect(
      series.checkLooks(upTo: 6) == [PairedLook(rounds: 2, share: 0), PairedLook.standard[0]])
    #expect(series.probeLooks(upTo: 4) == [1, 4])
  }

  @Test("the selection matches the benchmark and nothing else")
  func selection() throws {
    let filter = try Regex(#require(series("throughput/grouped").selection.filter))
    #expect("throughput/grouped records=1000".contains(filter))
    #expect(!"throughput/grouped records=10000".contains(filter))
    #expect(!"throughput/plain".contains(filter))
  }
}
