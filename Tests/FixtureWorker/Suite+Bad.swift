import BenchKit
import Foundation

private enum FixtureError: Error { case planned }

private let ratio = CustomMetric("ratio", unit: "1")

extension Suite {
  /// Benchmarks that fail, each in a different way.
  static let bad = Suite("bad") {
    Benchmark("wrong") { _, _ in
      .measuring {
        41
      } checking: {
        $0 == 42 ? nil : "expected 42, got \($0)"
      }
    }

    Benchmark("check throws") { _, _ in
      .measuring {
        41
      } checking: { _ in
        throw FixtureError.planned
      }
    }

    Benchmark("throws") { _, _ in
      .measuring { throw FixtureError.planned }
    }

    Benchmark("setup throws") { _, _ in
      throw FixtureError.planned
    }

    Benchmark("waits and throws") { _, _ async in
      .measuring {
        await Task.yield()
        throw FixtureError.planned
      }
    }

    Benchmark("not a number", metrics: [ratio]) { _, _ in
      .measuring {
        opaque(0.0) / 0
      } reporting: { value, reporter in
        reporter[ratio] = value
      }
    }

    Benchmark("undeclared") { _, _ in
      .measuring {
      } reporting: { _, reporter in
        reporter[ratio] = 1
      }
    }

    Benchmark("crashes") { _, _ in
      .measuring { fatalError("planned crash") }
    }

    Benchmark("exits") { _, _ in
      .measuring { exit(3) }
    }

    Benchmark("hangs") { _, _ in
      FileHandle.standardOutput.write(Data("ready\n".utf8))
      return .measuring { while true { sleep(1) } }
    }

    // It writes to the descriptor of the protocol something that violates the protocol.
    Benchmark("protocol violation") { _, _ in
      let descriptor = ProcessInfo.processInfo.environment["BENCHDB_FD"].flatMap { Int32($0) }
      if let descriptor {
        FileHandle(fileDescriptor: descriptor).write(Data("this is not JSON\n".utf8))
      }
      return .measuring {}
    }
  }
}
