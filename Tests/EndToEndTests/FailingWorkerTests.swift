import Foundation
import Testing

/// Benchmarks that fail in every way they can, measured from a real worker: each fails alone, and
/// says why.
@Suite struct FailingWorkerTests {
  @Test("every kind of failure is named with its reason, and everything else is stored")
  func kinds() throws {
    try withProject { project in
      try project.measureFixtures(timeout: "20s")
      // Two processes of each: one for timing, one for counting.
      let answer = try project.benchdb(
        "record", "--profile", "smoke", "--processes", "1", "--filter",
        "^(bad/(?!hangs)|good/(prints|sum))")
      #expect(answer.status == 3, "\(answer)")
      let lines = answer.output.split(separator: "\n").map(String.init)
      for (benchmark, reason) in Self.reasons {
        #expect(lines.contains { $0.hasPrefix("\(benchmark) failed: \(reason)") }, "\(answer)")
      }
      #expect(lines.count { $0.contains(" failed: ") } == Self.reasons.count)
      #expect(answer.reason.contains("10 benchmarks failed; everything else is stored as run "))
      for benchmark in ["good/prints", "good/sum records=100", "good/sum records=1000"] {
        #expect(lines.contains { $0.contains("\(benchmark) · cpu") }, "\(answer)")
      }
      #expect(
        try project.rows("SELECT DISTINCT benchmark FROM history ORDER BY 1")
          // Neither reports its ratio in a counting process, so only timing fails.
          == ["bad/not a number", "bad/undeclared", "good/prints"]
          + ["good/sum records=100", "good/sum records=1000"])

      // What the worker said before it died is kept.
      let words = try project.rows(
        "SELECT instr(standard_error, 'planned crash') > 0 FROM failure "
          + "WHERE benchmark = 'bad/crashes'")
      #expect(words.count > 1 && Set(words) == ["1"])

      let compared = try project.benchdb("compare", "HEAD")
      #expect(compared.status == 3, "\(compared)")
      #expect(compared.reason == "benchdb: exit 3: 10 benchmarks failed to run")
      #expect(try project.benchdb("show").output.contains("bad/wrong"))
    }
  }

  @Test("a benchmark that hangs is killed at its timeout")
  func hang() throws {
    try withProject { project in
      try project.measureFixtures(timeout: "1s")
      let answer = try project.benchdb(
        "record", "--profile", "smoke", "--processes", "1", "--filter", "bad/hangs")
      #expect(answer.status == 3, "\(answer)")
      #expect(answer.output.contains("bad/hangs failed: timed out after 1 s"), "\(answer)")
      #expect(try project.rows("SELECT DISTINCT outcome FROM failure") == ["timed-out"])
    }
  }

  @Test("the end of what a failing worker wrote on standard error is shown")
  func standardError() throws {
    try withProject { project in
      let worker = try project.text(of: "worker.sh")
      try project.write(
        worker.replacing(
          "death before", with: "echo 'no data set in /srv' >&2; exit 3"), to: "worker.sh")
      let answer = try project.benchdb(["record"] + Project.small)
      #expect(answer.status == 3)
      #expect(answer.output.contains("throughput/grouped failed: ended with status 3"))
      #expect(answer.output.contains("| no data set in /srv"), "\(answer)")
    }
  }

  @Test("an executable that lists no benchmarks, or none in time, is the build's failure")
  func list() throws {
    try withProject { project in
      try project.write("#!/bin/sh\necho 'no such option' >&2\nexit 64\n", to: "worker.sh")
      let answer = try project.benchdb("record")
      #expect(answer.status == 3, "\(answer)")
      #expect(answer.errors.contains("did not list its benchmarks: it ended with status 64."))
      #expect(answer.errors.contains("no such option"))

      try project.write("\n", to: "build.sh")
      try FileManager.default.removeItem(at: project.root.appending(path: "built-worker"))
      let missing = try project.benchdb("record")
      #expect(missing.status == 3, "\(missing)")
      #expect(missing.reason.contains("succeeded, but there is no "), "\(missing)")
    }
  }

  private static let reasons = [
    "bad/check throws": "wrong result: planned",
    "bad/crashes": "was killed by signal",
    "bad/exits": "ended with status 3",
    "bad/protocol violation": "line 1: not a line of JSON in 'this is not JSON'",
    "bad/not a number": "not a number: the metric 'ratio' was given the value",
    "bad/setup throws": "error: planned",
    "bad/throws": "error: planned",
    "bad/undeclared": "undeclared metric: a value was reported for 'ratio'",
    "bad/waits and throws": "error: planned",
    "bad/wrong": "wrong result: expected 42, got 41",
  ]
}

extension Project {
  /// Has the fixture worker measured instead of the one in shell.
  fileprivate func measureFixtures(timeout: String) throws {
    let configuration = """
      [[executable]]
      build = ["true"]
      path = "\(Executable.fixtureWorker.path)"
      timeout = "\(timeout)"

      """
    try write(configuration, to: "benchdb.toml")
    try commit("Measure what fails")
  }
}
