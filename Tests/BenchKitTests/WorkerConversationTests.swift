import BenchModel
import Foundation
import Testing

@Suite struct WorkerConversationTests {
  @Test("list names every benchmark, one a combination of parameters, and then ends")
  func list() throws {
    let outcome = try SpawnedWorker(.list).run()
    let messages = try outcome.messages()
    #expect(outcome.status == 0)
    #expect(messages.last == .end)
    let declarations = messages.compactMap { message -> BenchmarkDeclaration? in
      if case .benchmark(let declaration) = message { declaration } else { nil }
    }
    #expect(declarations.count == messages.count - 1)
    #expect(declarations[0].key == BenchmarkKey(id: "good/sum", parameters: ["records": "100"]))
    #expect(declarations[1].key == BenchmarkKey(id: "good/sum", parameters: ["records": "1000"]))
  }

  @Test("a declaration carries gates, judgements, custom metrics, version and location")
  func declaration() throws {
    let messages = try SpawnedWorker(.list).run().messages()
    func declaration(_ id: String) -> BenchmarkDeclaration? {
      messages.lazy.compactMap { message -> BenchmarkDeclaration? in
        if case .benchmark(let found) = message, found.key.id == id { found } else { nil }
      }.first
    }
    let objects = try #require(declaration("good/objects"))
    #expect(
      objects.metrics.filter(\.isGate) == [
        Metric.cpu.gated(true),
        Metric.allocations.gated(true, judgement: .exact(tolerance: 0)),
        Metric.allocatedBytes.gated(true, judgement: .exact(tolerance: 0.01)),
      ])
    #expect(objects.source?.file == "Tests/FixtureWorker/Suite+Good.swift")
    #expect(objects.source.map { $0.line > 1 } == true)
    let waits = try #require(declaration("good/waits"))
    #expect(waits.version == 2)
    #expect(waits.metrics.filter(\.isGate).map(\.name) == ["wall"])
    let latencies = try #require(declaration("good/latencies"))
    #expect(latencies.metrics.suffix(2).map(\.name) == ["latency", "rate"])
    #expect(latencies.metrics.suffix(2).map(\.direction) == [.lower, .higher])
    #expect(latencies.metrics.filter(\.isGate).map(\.name) == ["latency"])
  }

  @Test("a benchmark that this executable does not have is a failure")
  func unknown() throws {
    let outcome = try SpawnedWorker.run("good/sum", parameters: ["records": "3"])
    #expect(try outcome.failure()?.reason == "unknown benchmark")
    #expect(try outcome.failure()?.detail.contains("good/sum records=3") == true)
    #expect(outcome.status == 0)
  }

  @Test("another version of the protocol is refused, and all versions are named")
  func otherVersion() throws {
    var worker = try SpawnedWorker(.list)
    worker.environment[WorkerProtocol.versionVariable] = "3"
    let failure = try worker.run().failure()
    #expect(failure?.reason == "other protocol")
    #expect(failure?.detail.contains("versions 1 and 2") == true)
    #expect(failure?.detail.contains("version 3") == true)
  }

  @Test("a request that is none is a failure", arguments: ["", "hello\n", "{\"request\":\"x\"}\n"])
  func unreadable(input: String) throws {
    var worker = SpawnedWorker()
    worker.input = input
    #expect(try worker.run().failure()?.reason == "unreadable request")
  }

  @Test("without an open descriptor the worker says so and exits with 64")
  func noDescriptor() throws {
    let outcome = try SpawnedWorker(.list).run(opensAnswer: false)
    #expect(outcome.status == 64)
    #expect(outcome.standardError.contains("BENCHDB_FD"))
    #expect(outcome.output.isEmpty)
  }

  @Test("what a benchmark prints stays on standard output")
  func printing() throws {
    let outcome = try SpawnedWorker.run("good/prints")
    #expect(outcome.output == "{\"message\":\"end\"}\n")
    #expect(try outcome.facts() != nil)
  }

  @Test("a reader that leaves ends the worker quietly")
  func brokenPipe() throws {
    var worker = try SpawnedWorker(.list)
    worker.environment["BENCHDB_FD"] = "1"
    // Standard output becomes a pipe whose reader is already gone.
    let outcome = try worker.run(closingOutput: true)
    #expect(outcome.status == 0)
    #expect(!outcome.wasKilledBySignal)
    #expect(outcome.standardError.isEmpty)
  }
}

extension SpawnedWorker.Outcome {
  /// The failure, if it is the whole answer.
  func failure() throws -> (reason: String, detail: String)? {
    let messages = try messages()
    guard messages.count == 1, case .failure(let reason, let detail) = messages[0] else {
      return nil
    }
    return (reason, detail)
  }

  func samples(_ metric: Metric) throws -> [Sample] {
    try messages().compactMap { message in
      if case .sample(let sample) = message, sample.metric == metric.name { sample } else { nil }
    }
  }

  /// The facts of the answer's last message.
  func facts() throws -> WorkerFacts? {
    if case .done(let facts) = try messages().last { facts } else { nil }
  }
}
