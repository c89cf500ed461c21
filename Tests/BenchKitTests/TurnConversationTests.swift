import BenchModel
import Foundation
import Testing

/// The fixture worker while it takes turns. Its commands are all there before it starts, so that
/// what it answers is all of a conversation.
@Suite("Workers that take turns") struct TurnConversationTests {
  private struct Conversation {
    /// The words and messages in order.
    let words: [String]
    let messages: [WorkerMessage]
    let status: Int32

    var samples: [Sample] {
      messages.compactMap { if case .sample(let sample) = $0 { sample } else { nil } }
    }
  }

  private func conversation(
    _ id: String, parameters: [String: String] = [:], _ commands: String...
  ) throws -> Conversation {
    var worker = try SpawnedWorker(
      .turns(BenchmarkKey(id: id, parameters: parameters), seed: 7, samples: 100))
    worker.environment[WorkerProtocol.versionVariable] = "2"
    worker.input += commands.map { $0 + "\n" }.joined()
    let outcome = try worker.run()
    let lines = outcome.answer.split(separator: 0x0A)
    let words = lines.filter { $0.first != UInt8(ascii: "{") }
    return Conversation(
      words: words.map { String(decoding: $0, as: UTF8.self) },
      messages: try lines.dropFirst(words.count).map {
        try JSONLine.decode(WorkerMessage.self, from: $0)
      },
      status: outcome.status)
  }

  @Test(
    "A turn has as many samples as it was told, and all come after the end",
    arguments: [
      ("good/sum", ["records": "100"]), ("good/yields", [:]), ("good/waits", [:]),
    ])
  func turns(id: String, parameters: [String: String]) throws {
    let heard = try conversation(
      id, parameters: parameters, "go 0 3 20", "go 4 2 50", "go 7 3 20", "end")
    #expect(heard.words == ["ready", "done", "done", "done"] && heard.status == 0)
    guard case .done(let facts)? = heard.messages.last else {
      Issue.record("no 'done': \(heard.messages.suffix(1))")
      return
    }
    #expect(facts.busyBetweenTurns != nil && facts.peakResidentBytes != nil)
    for metric in [Metric.wall, .cpu] {
      let own = heard.samples.filter { $0.metric == metric.name }
      #expect(own.map(\.turn) == [0, 0, 0, 4, 4, 7, 7, 7])
      #expect(own.map(\.iterations) == [20, 20, 20, 50, 50, 20, 20, 20])
      #expect(own.map(\.order) == Array(0..<8))
      #expect(own.allSatisfy { $0.value > 0 && !$0.warmUp })
    }
    // What the system counts is told once a turn.
    let faults = heard.samples.filter { $0.metric == Metric.minorFaults.name }
    #expect(faults.map(\.turn) == [0, 4, 7])
  }

  @Test("Custom metrics are reported for each sample, as often as the benchmark does")
  func customMetrics() throws {
    let heard = try conversation("good/latencies", "go 0 2 1", "go 1 2 1", "end")
    let latencies = heard.samples.filter { $0.metric == "latency" }
    #expect(latencies.map(\.value) == [10, 20, 30, 10, 20, 30, 10, 20, 30, 10, 20, 30])
    #expect(latencies.map(\.turn) == [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1])
  }

  @Test("A wrong result is told at the end, and a setup that fails instead of 'ready'")
  func failures() throws {
    func reason(_ heard: Conversation) -> String? {
      if case .failure(let reason, _)? = heard.messages.last { reason } else { nil }
    }
    let wrong = try conversation("bad/wrong", "go 0 1 1", "end")
    #expect(wrong.words == ["ready", "done"] && reason(wrong) == "wrong result")
    #expect(wrong.samples.isEmpty)
    let broken = try conversation("bad/setup throws", "go 0 1 1", "end")
    #expect(broken.words.isEmpty && reason(broken) == "error")
  }

  @Test(
    "What is no command, or no end of them, is a failure",
    arguments: [
      ["go 0 1"], ["stop"], ["go 0 1 1"], [String(repeating: "x", count: 300)],
    ])
  func commands(commands: [String]) throws {
    var worker = try SpawnedWorker(
      .turns(BenchmarkKey(id: "good/yields"), seed: 7, samples: 100))
    worker.environment[WorkerProtocol.versionVariable] = "2"
    worker.input += commands.map { $0 + "\n" }.joined()
    let answer = String(decoding: try worker.run().answer, as: UTF8.self)
    #expect(answer.hasPrefix("ready\n") && answer.contains("unreadable request"), "\(answer)")
  }
}
