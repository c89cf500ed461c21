import Foundation
import Testing

/// A run judged by targets, as a user does it.
@Suite struct CheckTests {
  private static let targets = """

    [[target]]
    name = "grouped is quick"
    benchmark = "throughput/grouped"
    metric = "cpu"
    below = "100ms"

    [[target]]
    name = "grouped beside simple"
    benchmark = "throughput/grouped"
    metric = "cpu"
    over = "throughput/simple"
    below = "5x"

    """

  @Test("a target is met, and missed once the code sleeps; the answer names it")
  func check() throws {
    try withProject { project in
      let none = try project.benchdb("check")
      #expect(none.status == 2 && none.reason.contains("no targets"), "\(none)")
      try project.write(try project.text(of: "benchdb.toml") + Self.targets, to: "benchdb.toml")
      try project.commit("Ask for something")
      try project.record()
      let met = try project.benchdb("check")
      #expect(met.status == 0, "\(met)")
      #expect(met.output.contains("2 of 2 targets met."), "\(met)")

      try project.setCost(of: "grouped", to: 140_000_000)
      try project.commit("Sleep")
      try project.record()
      let missed = try project.benchdb("check")
      #expect(missed.status == 1, "\(missed)")
      #expect(missed.reason.contains("exit 1: 0 of 2 targets met, 2 missed"), "\(missed)")
      #expect(missed.output.contains("grouped is quick"), "\(missed)")
      let advice = try project.benchdb("check", "--exit-zero")
      #expect(advice.status == 0, "\(advice)")
      for (format, word) in [
        ("json", "\"kind\" : \"check\""), ("markdown", "**missed**"), ("junit", "<failure "),
        ("github", "::error "),
      ] {
        let answer = try project.benchdb("check", "--format", format)
        #expect(answer.status == 1 && answer.output.contains(word), "\(format): \(answer)")
      }

      let document = try project.benchdb(
        "check", "--exit-zero", "--report", "results", "--html", "performance.html", "--format",
        "markdown")
      #expect(document.status == 0, "\(document)")
      #expect(document.output.contains("\n## throughput\n"), "\(document)")
      #expect(document.output.contains("| throughput/grouped |"), "\(document)")
      let page = try project.text(of: "performance.html")
      #expect(
        page.contains("0 of 2 targets met, 2 missed.") && page.contains("<h2>throughput</h2>"))
      let bare = try project.benchdb("check", "--report", "results")
      #expect(bare.status == 2 && bare.errors.contains("--html"), "\(bare)")
      let other = try project.benchdb("check", "--report", "runs", "--format", "markdown")
      #expect(other.status == 2 && other.reason.contains("no parameter 'run'"), "\(other)")

      let runs = try project.rows("SELECT uuid FROM run ORDER BY started_ms")
      let first = try #require(runs.first)
      #expect(try project.benchdb("check", first).status == 0)
      let typo = try project.benchdb("check", "--suite", "througput")
      #expect(typo.status == 2 && typo.reason.contains("Did you mean 'throughput'?"), "\(typo)")
    }
  }

  @Test("a target that no benchmark fits is not measured, and a mistake in one is explained")
  func mistakes() throws {
    try withProject { project in
      let whole = try project.text(of: "benchdb.toml")
      try project.write(
        whole + Self.targets.replacing("throughput/grouped", with: "latency/none"),
        to: "benchdb.toml")
      try project.record()
      let unmeasured = try project.benchdb("check")
      #expect(unmeasured.status == 4, "\(unmeasured)")
      #expect(unmeasured.output.contains("not measured"), "\(unmeasured)")

      let cases = [
        ("below = \"100ms\"", "below = \"100\"", "an amount with its unit"),
        ("below = \"5x\"", "below = \"5\"", "such as \"1.5x\""),
        ("below = \"5x\"", "blow = \"5x\"", "Did you mean 'below'?"),
        ("over = \"throughput/simple\"", "over = \"a\"\nper = \"b\"", "only one of per, over"),
        ("below = \"100ms\"", "", "one limit"),
        ("below = \"100ms\"", "below = \"100MiB\"", "is in B"),
      ]
      for (from, to, expected) in cases {
        try project.write(whole + Self.targets.replacing(from, with: to), to: "benchdb.toml")
        let refused = try project.benchdb("check")
        #expect(refused.status == 2, "\(to): \(refused)")
        #expect(refused.errors.contains(expected), "\(to): \(refused)")
      }
    }
  }

  @Test("within a time limit every benchmark is measured in fewer processes, which is said")
  func timeLimit() throws {
    try withProject { project in
      let short = try project.benchdb("record", "--profile", "quick", "--time-limit", "1s")
      #expect(short.status == 0, "\(short)")
      #expect(short.errors.contains("All 10 processes a benchmark would take"), "\(short)")
      let measured = try project.rows(
        "SELECT count(*), count(DISTINCT benchmark_id) FROM process WHERE pass = 'timing'")
      let counts = (measured.first ?? "").split(separator: ",").compactMap { Int($0) }
      #expect(counts.count == 2 && counts[1] == 2 && counts[0] < 20, "\(measured)")
      let long = try project.benchdb(
        "record", "--profile", "smoke", environment: ["BENCHDB_TIME_LIMIT": "10min"])
      #expect(long.status == 0 && !long.errors.contains("would take"), "\(long)")
      let wrong = try project.benchdb("record", "--time-limit", "5")
      #expect(wrong.status == 2 && wrong.reason.contains("such as 5min"), "\(wrong)")
    }
  }
}
