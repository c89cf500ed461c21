import BenchModel
import BenchRunner
import BenchTestSupport
import Foundation
import Testing

/// Workers of a few lines of shell: the protocol needs no library and no particular language.
@Suite("Worker processes") struct WorkerProcessTests {
  static let declaration = BenchmarkDeclaration(
    key: BenchmarkKey(id: "suite/one"),
    metrics: [.wall.gated(true), .cpu, Metric(name: "drift", unit: Unit(rawValue: "K"))])

  private func sample(
    _ value: String, metric: String = "wall", order: Int, warmUp: Bool = false,
    iterations: Int = 10
  ) -> String {
    "{\"message\":\"sample\",\"metric\":\"\(metric)\",\"value\":\(value),"
      + "\"iterations\":\(iterations),\"order\":\(order),\"warmUp\":\(warmUp)}"
  }
  private let done = "{\"message\":\"done\",\"facts\":{\"peakResidentBytes\":4096}}"

  private func run(
    _ script: String, pass: MeasurementPass = .timing, timeout: Double = 20
  ) throws -> WorkerRun {
    try withTemporaryDirectory { directory in
      let worker = WorkerProcess(command: [try directory.script("#!/bin/sh\n" + script)])
      return try worker.run(
        Self.declaration, seed: 7, plan: Profile.smoke.plan(pass), timeout: timeout)
    }
  }

  private func say(_ lines: String...) -> String {
    lines.map { "printf '%s\\n' '\($0)' >&3\n" }.joined()
  }

  private func violation(_ script: String) throws -> String {
    let run = try run(script)
    #expect(run.measurements.isEmpty)
    guard case .protocolViolation(let description) = run.outcome else {
      Issue.record("\(run.outcome) is not a protocol violation")
      return ""
    }
    return description
  }

  @Test("A good worker's samples are grouped by metric, in order, warm-up apart")
  func good() throws {
    let run = try run(
      say(
        sample("9", order: 0, warmUp: true), sample("8", metric: "cpu", order: 0),
        sample("3", order: 1), sample("1.5", order: 2), sample("-4", metric: "drift", order: 2),
        done))
    #expect(run.outcome == .completed)
    #expect(run.facts.peakResidentBytes == 4096)
    #expect(run.measurements.map(\.metric.name) == ["wall", "cpu", "drift"])
    let wall = run.measurements[0]
    #expect(wall.values == [9, 3, 1.5])
    #expect(wall.iterations == [10, 10, 10])
    #expect(wall.warmUpCount == 1)
    #expect(wall.summary.count == 2)
    #expect(wall.summary.maximum == 3)
  }

  @Test("A worker sees the request, the version and the descriptor")
  func request() throws {
    let run = try run(
      "read line; echo \"$line $BENCHDB_PROTOCOL $BENCHDB_FD $SWIFT_BACKTRACE\" >&2; exit 1")
    #expect(run.standardError.hasPrefix(#"{"benchmark":{"id":"suite/one""#))
    #expect(run.standardError.contains(#""request":"run","seed":7}"#))
    #expect(run.standardError.hasSuffix("1 3 enable=no\n"))
  }

  @Test("Crashes, failures and hangs are outcomes of their own")
  func endings() throws {
    let killed = try run("echo why >&2; kill -SEGV $$")
    #expect(
      killed.outcome
        == .crashed(description: "was killed by signal 11 (Segmentation fault)"))
    #expect(killed.standardError.contains("why"))
    #expect(
      try run(say(sample("1", order: 0), done) + "exit 3").outcome
        == .crashed(description: "ended with status 3"))
    #expect(
      try run(say(#"{"message":"failure","reason":"wrong result","detail":"5 for 4"}"#) + "exit 1")
        .outcome == .failed(reason: "wrong result", detail: "5 for 4"))
    #expect(try run("sleep 60", timeout: 0.3).outcome == .timedOut(seconds: 0.3))
  }

  @Test("A chatty worker and one with a leftover grandchild complete")
  func distractions() throws {
    let answer = say(sample("1", order: 0), done)
    #expect(
      try run("yes | head -c 1000000; yes | head -c 1000000 >&2\n" + answer).outcome
        == .completed)
    #expect(try run("sleep 60 &\n" + answer).outcome == .completed)
    #expect(try run("exec <&-\n" + answer).outcome == .completed)
  }

  @Test("Whatever is not the protocol is a protocol violation, quoted")
  func noProtocol() throws {
    #expect(try violation(say("hello\tworld")) == "line 1: not a line of JSON in 'hello\\tworld'")
    #expect(try violation("true") == "it ended without saying 'done'")
    #expect(try violation(say(sample("1", order: 0))) == "it ended without saying 'done'")
    #expect(try violation(say(done)) == "it measured nothing")
    #expect(
      try violation(say(sample("1", order: 0), done, done)).hasPrefix(
        "line 3: more after the last message"))
    #expect(
      try violation(say(sample("1", order: 0), done) + "printf x >&3").hasPrefix(
        "line 3: no newline at the end"))
    #expect(
      try violation("head -c 2000000 /dev/zero | tr '\\0' x >&3").hasPrefix(
        "line 1: a line of more than 1 MiB in 'xxx"))
    #expect(
      try violation("head -c 70000000 /dev/zero >&3; sleep 60") == "it wrote more than 64 MiB")
    #expect(try violation(say(#"{"message":"end"}"#)).contains("not an answer to 'run'"))
  }

  @Test("Values that can't be are a protocol violation")
  func noValues() throws {
    #expect(try violation(say(sample("NaN", order: 0), done)).contains("NaN"))
    #expect(try violation(say(sample("1e999", order: 0), done)).contains("1e999"))
    #expect(try violation(say(sample("-1", order: 0), done)).contains("a negative value"))
    #expect(
      try violation(say(sample("1", metric: "zeal", order: 0), done)).contains("undeclared metric"))
    #expect(
      try violation(say(sample("1", order: 1), sample("1", order: 1), done)).contains(
        "line 2: a sample out of order"))
    #expect(
      try violation(say(sample("1", order: 0), sample("1", order: 1, warmUp: true), done)).contains(
        "a warm-up sample after warm-up"))
    #expect(
      try violation(say(sample("1", order: 0, warmUp: true), done))
        == "'wall' has no sample after warm-up")
    #expect(
      try violation(say(sample("1", order: 0, iterations: 0), done)).contains(
        "fewer than 1 iteration"))
  }

  @Test(
    "Values and iterations that can't be added up are a protocol violation of this process alone")
  func overflow() throws {
    #expect(
      try violation(say(sample("1.7e308", order: 0), sample("1.7e308", order: 1), done))
        == "the values of 'wall' are too large to be added up")
    #expect(
      try violation(say(sample("1e200", order: 0), sample("3e200", order: 1), done))
        .contains("too large"))
    #expect(
      try violation(
        say(sample("1", order: 0, iterations: .max), sample("1", order: 1), done)
      ).contains("line 2: more iterations than can be counted"))
  }

  @Test("A worker's words are stored shortened")
  func longWords() throws {
    let long = String(repeating: "é", count: 10_000)
    let failed = try run(
      say(#"{"message":"failure","reason":"\#(long)","detail":"\#(long)"}"#))
    let words = String(repeating: "é", count: 2_048) + "…"
    #expect(failed.outcome == .failed(reason: words, detail: words))
    let facts = #"{"message":"done","facts":{"harness":"x\#(long)","originalUnits":{"wall":"s"}}}"#
    let completed = try run(say(sample("1", order: 0), facts))
    #expect(completed.facts.harness == "x" + String(repeating: "é", count: 99) + "…")
    #expect(completed.facts.originalUnits == nil)
  }

  @Test("A counting process without counters completes")
  func noCounters() throws {
    let run = try run(say(done), pass: .counting)
    #expect(run.outcome == .completed)
    #expect(run.measurements.isEmpty)
  }

  // MARK: Lists

  private func list(_ script: String) throws -> [BenchmarkDeclaration] {
    try withTemporaryDirectory { directory in
      try WorkerProcess(command: [try directory.script("#!/bin/sh\n" + script)]).list(timeout: 20)
    }
  }

  private func line(_ id: String) throws -> String {
    let message = WorkerMessage.benchmark(
      BenchmarkDeclaration(key: BenchmarkKey(id: id), metrics: [.wall]))
    return try #require(
      String(data: JSONLine.encode(message), encoding: .utf8)?
        .trimmingCharacters(in: .newlines))
  }

  private func refusal(_ script: String) throws -> String {
    let error = #expect(throws: RunnerError.self) { try list(script) }
    guard case .listFailed(_, let reason, _)? = error else { return "\(String(describing: error))" }
    return reason
  }

  @Test("A list is read, and refused when it is not sound")
  func lists() throws {
    let end = #"{"message":"end"}"#
    let one = try line("suite/one")
    #expect(
      try list(say(one, try line("suite/two"), end)).map(\.key.id) == ["suite/one", "suite/two"])
    #expect(try list(say(end)).isEmpty)
    #expect(try refusal(say(one)) == "it ended without saying 'end'")
    #expect(try refusal(say(one, one, end)) == "line 2: suite/one is declared twice")
    #expect(try refusal(say(one, end, one)).hasPrefix("line 3: more after 'end'"))
    #expect(try refusal(say(try line("a\u{1B}[31m"), end)).contains("'a\\e[31m' is not a name"))
    #expect(try refusal(say(try line(" a"), end)).contains("is not a name"))
    #expect(try refusal(say(one, end) + "exit 4") == "it ended with status 4")
    let long = String(repeating: "x", count: 5_000)
    for (members, reason) in [
      (#""version":0"#, "has version 0; versions count from 1"),
      (#""version":-9223372036854775808"#, "versions count from 1"),
      (#""source":{"file":"a","line":0}"#, "is declared in line 0; lines count from 1"),
      (#""source":{"file":"a","line":9223372036854775807}"#, "lines count from 1"),
      (#""source":{"file":"","line":1}"#, "'' is not the path of a file"),
      (#""source":{"file":"\#(long)","line":1}"#, "is not the path of a file"),
      (#""metrics":[{"name":"wall","unit":"ns","exact":-0.1}]"#, "is not a share"),
      (#""metrics":[{"name":"wall","unit":""}]"#, "'' is not a name"),
      (#""metrics":[{"name":"\#(long)","unit":"ns"}]"#, "is not a name"),
      (#""metrics":[{"name":"wall","unit":"\#(long)"}]"#, "is not a name"),
    ] {
      let metrics = members.hasPrefix(#""metrics"#) ? "" : #""metrics":[{"name":"w","unit":"s"}],"#
      let line = #"{"message":"benchmark","key":{"id":"a/b"},\#(metrics)\#(members)}"#
      let refused = try refusal(say(line, end))
      #expect(refused.hasPrefix("line 1: ") && refused.contains(reason), "\(refused)")
    }
    #expect(
      try refusal("head -c 100 /bin/sh >&3; kill -ABRT $$").hasPrefix("it was killed by signal 6"))
  }
}
