import BenchKit
import Foundation

private final class Node {
  let value: Int
  init(_ value: Int) { self.value = value }
}

private struct Latencies {
  let values: [Double]
}

private let latency = CustomMetric("latency", unit: .nanoseconds, gate: .statistical)
private let rate = CustomMetric("rate", unit: .perSecond, better: .higher)

extension Suite {
  /// Benchmarks that succeed.
  static let good = Suite("good") {
    Benchmark("sum", parameters: ["records": [100, 1_000]]) { parameters, seed in
      let records = (0..<parameters.integer("records")).map { UInt64($0) ^ seed }
      let expected = records.reduce(0, &+)
      return .measuring {
        opaque(records).reduce(0, &+)
      } checking: { sum in
        sum == expected ? nil : "expected \(expected), got \(sum)"
      }
    }

    // There are exactly as many allocations as objects; nothing else in the body allocates.
    Benchmark(
      "objects", parameters: ["count": [1_000]],
      gate: [.cpu, .allocations(), .allocatedBytes(.exact(tolerance: 0.01))]
    ) { parameters, _ in
      let count = parameters.integer("count")
      return .measuring {
        for value in 0..<count { blackHole(Node(value)) }
      }
    }

    Benchmark("waits", gate: .wall, version: 2) { _, seed async in
      .measuring {
        await Task.detached { seed }.value
      } checking: { value in
        value == seed ? nil : "the task gave another value"
      }
    }

    // The setup is synchronous, the work asynchronous.
    Benchmark("yields") { _, _ in
      .measuring { await Task.yield() }
    }

    Benchmark("latencies", gate: .none, metrics: [latency, rate]) { _, _ in
      .measuring {
        Latencies(values: [10, 20, 30])
      } reporting: { result, reporter in
        for value in result.values { reporter.add(value, to: latency) }
        reporter[rate] = 5
      }
    }

    // It writes to standard output, at once, that its setup has run.
    Benchmark("announces") { _, _ in
      FileHandle.standardOutput.write(Data("ready\n".utf8))
      return .measuring {}
    }

    Benchmark("prints") { _, _ in
      print("{\"message\":\"end\"}")
      return .measuring {}
    }
  }
}
