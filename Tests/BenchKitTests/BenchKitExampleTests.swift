import BenchKit
import BenchModel
import BenchTestSupport
import Testing

/// The examples in the comments of BenchKit, compiled; the benchmarks are declared.
@Suite struct BenchKitExampleTests {
  @Test("this file contains every line of the examples in comments")
  func complete() throws {
    let examples = try DocumentedExamples(ofTarget: "BenchKit")
    #expect(examples.lines.count > 40)
    let missing = try examples.missing(from: #filePath)
    #expect(missing == ["@main struct Benchmarks {"])
  }

  @Test("the benchmarks of the examples can be declared")
  func benchmarks() throws {
    let declarations = try BenchmarkCatalogue(
      [
        Suite("s") { [sort(), cachedReads(), grouped()] }, Suite("t") { sortByParameters() },
        order(),
      ]
    ).declarations
    #expect(
      declarations.map(\.key.id) == [
        "s/sort", "s/sort", "s/cached reads", "s/grouped", "t/sort", "t/sort", "order/sorting",
        "order/shuffling",
      ])
    #expect(declarations[2].metrics.contains { $0.name == "cache hits" && $0.isGate })
  }

  private func sort() -> Benchmark {
    Benchmark("sort", parameters: ["records": [1_000, 100_000]], gate: [.cpu, .allocations()]) {
      parameters, seed in
      let records = makeRecords(parameters.integer("records"), seed: seed)
      return .measuring { records.sorted() }
    }
  }

  private func sortByParameters() -> Benchmark {
    Benchmark("sort", parameters: ["records": [1_000, 10_000]]) { parameters, seed in
      let records = makeRecords(parameters.integer("records"), seed: seed)
      return .measuring { records.sorted() }
    }
  }

  private func order() -> Suite {
    Suite("order") {
      Benchmark("sorting") { _, seed in
        let records = makeRecords(1_000, seed: seed)
        return .measuring { records.sorted() }
      }
      Benchmark("shuffling") { _, seed in
        let records = makeRecords(1_000, seed: seed)
        return .measuring { records.shuffled() }
      }
    }
  }

  private func cachedReads() -> Benchmark {
    let hits = CustomMetric("cache hits", unit: .count, better: .higher, gate: .statistical)

    return
      Benchmark("cached reads", metrics: [hits]) { _, seed in
        .measuring {
          readCached(makeRecords(1_000, seed: seed))
        } reporting: { cache, reporter in
          reporter[hits] = cache.hits
        }
      }
  }

  private func grouped() -> Benchmark {
    Benchmark("grouped", parameters: ["records": [100_000]]) { parameters, seed in
      let records = makeRecords(parameters.integer("records"), seed: seed)  // not measured
      return .measuring {
        group(records)
      } checking: { groups in
        groups.count == 96 ? nil : "expected 96 groups, got \(groups.count)"
      }
    }
  }

  @Test("values are consumed and hidden, and gates and sweeps combine")
  func values() {
    let records = makeRecords(10, seed: 1)
    func consuming() -> Work {
      return .measuring {
        for record in records { blackHole(record.total()) }
      }
    }
    @Sendable func hiding() -> Work {
      return .measuring { fibonacci(opaque(20)) }
    }
    let gate: Gate = [.cpu, .allocations(.exact(tolerance: 0.01))]
    let sweep: Sweep = ["records": [1_000, 9_000], "workload": ["orders", "events"]]  // four
    let benchmark = Benchmark("b", parameters: sweep, gate: gate) { _, _ in hiding() }
    _ = consuming()
    let declarations = try? BenchmarkCatalogue([Suite("s") { benchmark }]).declarations
    #expect(declarations?.count == 4)
    #expect(declarations?[0].metrics.filter(\.isGate).map(\.name) == ["cpu", "allocations"])
  }
}

struct Benchmarks {
  static func main() {
    BenchmarkMain.run {
      Suite("throughput") {
        Benchmark("sort", parameters: ["records": [1_000, 100_000]]) { parameters, seed in
          let records = makeRecords(parameters.integer("records"), seed: seed)
          return .measuring {
            records.sorted()
          } checking: { sorted in
            sorted.count == records.count ? nil : "records were lost"
          }
        }
      }
    }
  }
}

private struct Run {
  let latencies: [Double] = []

  func report(to reporter: inout MetricReporter, _ latencyMetric: CustomMetric) {
    let run = self
    for latency in run.latencies { reporter.add(latency, to: latencyMetric) }
  }
}

private struct Record: Comparable {
  let value: UInt64

  static func < (left: Record, right: Record) -> Bool { left.value < right.value }

  func total() -> UInt64 { value }
}

private func makeRecords(_ count: Int, seed: UInt64) -> [Record] {
  (0..<count).map { Record(value: UInt64($0) &* seed) }
}

private func readCached(_ records: [Record]) -> (records: Int, hits: Double) {
  (records.count, Double(records.count))
}

private func group(_ records: [Record]) -> [UInt64: [Record]] {
  Dictionary(grouping: records) { $0.value % 96 }
}

private func fibonacci(_ number: Int) -> Int {
  number < 2 ? number : fibonacci(number - 1) + fibonacci(number - 2)
}
