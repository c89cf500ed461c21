import BenchModel
import Foundation
import Testing

@Suite("The worker protocol") struct WorkerProtocolTests {
  private let key = BenchmarkKey(id: "a/b", parameters: ["n": "1"])

  @Test("Requests survive their line")
  func requests() throws {
    let plan = MeasurementPlan(pass: .counting, seconds: 0.5, warmUpSeconds: 0.1)
    for request in [WorkerRequest.list, .run(key, seed: .max, plan: plan)] {
      let line = try JSONLine.encode(request)
      #expect(line.last == 0x0A)
      #expect(line.dropLast().allSatisfy { $0 != 0x0A })
      #expect(try JSONLine.decode(WorkerRequest.self, from: line) == request)
    }
  }

  @Test("Answers survive their line")
  func answers() throws {
    let exact = Metric.allocations.gated(true, judgement: .exact(tolerance: 0.01))
    let declaration = BenchmarkDeclaration(
      key: key, version: 3, metrics: [.wall, .cpu.gated(true), exact],
      source: SourceLocation(file: "a.swift", line: 7))
    let messages: [WorkerMessage] = [
      .benchmark(declaration), .end,
      .sample(Sample(metric: "wall", value: 1.5, iterations: 9, order: 4, warmUp: true)),
      .done(WorkerFacts(peakResidentBytes: 1, isStable: false)),
      .failure(reason: "wrong result", detail: "4 is not 5"),
    ]
    for message in messages {
      #expect(
        try JSONLine.decode(WorkerMessage.self, from: JSONLine.encode(message)) == message)
    }
  }

  @Test(
    "What has a default may be left out",
    arguments: [
      (
        #"{"message":"benchmark","key":{"id":"a/b"},"metrics":[{"name":"cpu","unit":"ns"}]}"#,
        WorkerMessage.benchmark(
          BenchmarkDeclaration(key: BenchmarkKey(id: "a/b"), metrics: [.cpu]))
      ),
      (
        #"{"message":"sample","metric":"cpu","value":2,"order":0}"#,
        .sample(Sample(metric: "cpu", value: 2, order: 0))
      ),
      (#"{"message":"done"}"#, .done(WorkerFacts())),
      (#"{"message":"failure","reason":"no"}"#, .failure(reason: "no", detail: "")),
    ])
  func defaults(line: String, message: WorkerMessage) throws {
    #expect(try JSONLine.decode(WorkerMessage.self, from: Data(line.utf8)) == message)
  }

  @Test("Without a direction the unit decides, and where it does not the metric is only shown")
  func directions() throws {
    let line = """
      {"message":"benchmark","key":{"id":"a/b"},"metrics":[\
      {"name":"rate","unit":"fps","gate":true},{"name":"time","unit":"ms","gate":true},\
      {"name":"quality","unit":"score","gate":true},{"name":"share","unit":"%"},\
      {"name":"stated","unit":"score","gate":true,"direction":"higher"}]}
      """
    let message = try JSONLine.decode(WorkerMessage.self, from: Data(line.utf8))
    guard case .benchmark(let declaration) = message else {
      Issue.record("\(message)")
      return
    }
    #expect(declaration.metrics.map(\.direction) == [.higher, .lower, .lower, .lower, .higher])
    #expect(declaration.metrics.map(\.isGate) == [true, true, false, false, true])
    #expect(declaration.undirected.map(\.name) == ["quality"])
  }

  @Test(
    "What is not a message is refused",
    arguments: ["", "{}", #"{"message":"hello"}"#, #"{"message":"sample"}"#, "[1]"])
  func refused(line: String) {
    #expect(throws: DecodingError.self) {
      try JSONLine.decode(WorkerMessage.self, from: Data(line.utf8))
    }
  }
}
