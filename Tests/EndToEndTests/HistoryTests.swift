import BenchTestSupport
import Foundation
import Testing

/// What happened over many commits, as a user asks for it.
@Suite struct HistoryTests {
  /// Twenty commits whose benchmark `grouped` takes a quarter longer from the twelfth on, with
  /// results as another tool would print them.
  private func withHistory(
    machines: [String] = ["ci"], _ body: (Project) throws -> Void
  ) throws {
    try withProject { project in
      for number in 1..<20 { try project.commit("Change number \(number)") }
      let hashes = try project.git("rev-list", "--reverse", "HEAD").split(separator: "\n")
      var random = SeededRandom(seed: 12)
      var lines = [#"{"benchdb":1}"#]
      for (number, hash) in hashes.enumerated() {
        for (name, machine) in machines.flatMap({ [("grouped", $0), ("simple", $0)] }) {
          for process in 0..<3 {
            let level = name == "grouped" && number >= 12 ? 37.5e6 : 30e6
            let value = Int(level * (1 + 0.004 * random.nextNormal()))
            lines.append(
              #"{"commit":"\#(hash)","machine":"\#(machine)","#
                + #""process":"\#(machine)-\#(name)-\#(number)-\#(process)","#
                + #""session":"\#(machine)-\#(number)","benchmark":"throughput/\#(name)","#
                + #""metric":"wall","unit":"ns","values":[\#(value)]}"#)
          }
        }
      }
      try project.write(lines.joined(separator: "\n") + "\n", to: "results.jsonl")
      let answer = try project.benchdb("import", "results.jsonl")
      try #require(answer.status == 0, "\(answer)")
      try body(project)
    }
  }

  @Test("trend names the series that shifted, the commit and the size, and folds what is steady")
  func trend() throws {
    try withHistory { project in
      let answer = try project.benchdb("trend")
      let culprit = try project.shortHash("HEAD~7")
      #expect(answer.status == 0, "\(answer)")
      #expect(answer.output.contains("20 measured commits of main"))
      #expect(answer.output.contains("1 of 2 series has shifted, 0 drifted, 1 held steady"))
      #expect(answer.output.contains("throughput/grouped · wall"))
      #expect(answer.output.contains("slower by 2"))
      #expect(answer.output.contains("in \(culprit)"))
      #expect(answer.output.contains("⋯ 1 steady"))
      #expect(!answer.output.contains("throughput/simple"))
      #expect(try project.benchdb("trend", "--all").output.contains("throughput/simple · wall"))
    }
  }

  @Test("changes gives the interval of commits to programs")
  func changes() throws {
    try withHistory { project in
      let answer = try project.benchdb("changes", "--format", "json")
      #expect(answer.status == 0, "\(answer)")
      let document = try JSONDecoder().decode(Changes.self, from: Data(answer.output.utf8))
      #expect(document.schemaVersion == 1 && document.kind == "changes")
      #expect(document.series == 2 && document.events.count == 1)
      let event = try #require(document.events.first)
      #expect(event.kind == "shift" && event.series == "throughput/grouped · wall")
      #expect(event.from == (try project.hash("HEAD~8")))
      #expect(event.to == (try project.hash("HEAD~7")))
      #expect(event.commits == 1 && !event.isProvisional)
      #expect(event.change.lower.value < 0.25 && 0.25 < event.change.upper.value)
      #expect(event.before.unit == "ns" && abs(event.before.value - 30e6) < 0.3e6)

      let csv = try project.benchdb("changes", "--format", "csv").output
      #expect(csv.hasPrefix("kind,series,machine,from,to,commits,"))
      #expect(csv.contains("shift,throughput/grouped · wall,"))
      let markdown = try project.benchdb("changes", "--format", "markdown").output
      #expect(markdown.hasPrefix("| kind | series |") && markdown.contains("| shift |"))
      #expect(try project.benchdb("changes").output.contains("1 level shift, 0 drifts"))
    }
  }

  @Test("changes of one series on two machines are told apart, and what was accepted is marked")
  func machinesAndAcceptance() throws {
    try withHistory(machines: ["east", "west"]) { project in
      let changes = try project.benchdb("changes").output
      #expect(changes.contains(##/#1 .*east/##) && changes.contains(##/#2 .*west/##), "\(changes)")
      #expect(changes.contains(##/throughput/grouped · wall +#1 /##))
      #expect(changes.contains(##/throughput/grouped · wall +#2 /##))
      #expect(!changes.contains("accepted"))

      try project.write(
        """
        [[accepted]]
        benchmark = "throughput/grouped"
        metric = "wall"
        from = "\(project.hash("HEAD~8"))"
        to = "\(project.hash("HEAD~7"))"
        up-to = "30%"
        accepted = "2026-11-23"
        by = "Ada"
        reason = "Groups keep their order"
        id = "00000000-0000-4000-8000-000000000001"

        """, to: "benchdb.accepted.toml")
      for command in ["changes", "trend"] {
        let words = try project.benchdb(command).output.split(whereSeparator: \.isWhitespace)
        #expect(words.count { $0.contains("accepted") } == 2, "\(words)")
      }
      #expect(
        try project.benchdb("changes", "--format", "csv").output.ranges(of: ",accepted,").count == 3
      )
    }
  }

  @Test("a part of history: by count, by revision, by day, by branch and by name")
  func parts() throws {
    try withHistory { project in
      let last = try project.benchdb("trend", "--last", "6")
      #expect(last.output.contains("6 measured commits of main"))
      #expect(last.output.contains("0 of 2 series have shifted"))
      try project.git("tag", "v1", "HEAD~9")
      let since = try project.benchdb("changes", environment: ["BENCHDB_SINCE": "v1"])
      #expect(since.output.contains("10 measured commits of main"), "\(since)")
      let future = try project.benchdb("trend", "--since", "2999-01-01")
      #expect(future.status == 2 && future.reason.contains("no commit since 2999-01-01"))
      let branch = try project.benchdb("trend", "--branch", "HEAD~15")
      #expect(branch.output.contains("5 measured commits of HEAD~15"))
      #expect(branch.output.contains("15 measured commits are not on this line"))
      let filtered = try project.benchdb("trend", "--filter", "simple")
      #expect(filtered.output.contains("0 of 1 series have shifted"))
      let none = try project.benchdb("trend", "--suite", "latency")
      #expect(none.status == 2 && none.reason.contains("the suites are throughput"))
      let wrong = try project.benchdb("trend", "--last", "0")
      #expect(wrong.status == 2 && wrong.reason.contains("expected a whole number above 0"))
      let regex = try project.benchdb("changes", "--filter", "(")
      #expect(regex.status == 2 && regex.reason.contains("expected a regular expression"))
    }
  }

  @Test("without results there is no history, and elsewhere the dates give the order")
  func elsewhere() throws {
    try withProject { project in
      try project.record()
      try project.git("checkout", "--quiet", "--orphan", "other")
      try project.commit("Begin anew")
      let answer = try project.benchdb("trend")
      #expect(answer.status == 0, "\(answer)")
      #expect(answer.errors.contains("None of the measured commits is in the history of other."))
      #expect(answer.output.contains("the order is that of the commits' dates"))
    }
    try withProject { project in
      let answer = try project.benchdb("changes")
      #expect(answer.status != 0 && answer.reason.contains("no results"), "\(answer)")
    }
  }
}

private struct Changes: Decodable {
  let schemaVersion: Int
  let kind: String
  let series: Int
  let events: [Event]

  struct Event: Decodable {
    let kind, series, from, to: String
    let commits: Int
    let isProvisional: Bool
    let before, after: Number
    let change: Shift
  }

  struct Shift: Decodable { let estimate, lower, upper: Number }
  struct Number: Decodable {
    let value: Double
    let unit: String
  }
}

/// What small steps add up to.
@Suite struct ReleaseDriftTests {
  @Test("compare names a series that is slower than at the last release, though not than its base")
  func drift() throws {
    try withProject { project in
      try project.record()
      try project.git("tag", "--annotate", "--message", "Release", "v1.4")
      try project.setCost(of: "grouped", to: 37_500_000)
      try project.commit("Group with care")
      try project.record()
      try project.commit("Change nothing")
      try project.record()

      let answer = try project.benchdb("compare", "HEAD~1")
      #expect(answer.status == 0, "\(answer)")
      // Wrapped to the width of the answer.
      let words = answer.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      #expect(
        words.contains(
          /looks slower than at release v1\.4, though not than the base: throughput\/grouped · cpu by/
        ),
        "\(answer)")
      #expect(!words.contains("throughput/simple · cpu by"))

      // Against the release itself there is nothing to add.
      let release = try project.benchdb("compare", "v1.4")
      #expect(release.status == 1 && !release.output.contains("though not than the base"))
    }
  }

  @Test("steps too small to be called slower one by one are named once they add up")
  func smallSteps() throws {
    try withProject { project in
      try project.record()
      try project.git("tag", "--annotate", "--message", "Release", "v2.0")
      // Each by 0.6 %, which is below the floor.
      for cost in (1...9).map({ 30_000_000 + $0 * 180_000 }) {
        try project.setCost(of: "grouped", to: cost)
        try project.commit("Group with a little more care, \(cost)")
        try project.record()
        let step = try project.benchdb("compare", "HEAD~1")
        #expect(step.status == 0 && !step.output.contains("1 slower"), "\(step)")
      }
      let last = try project.benchdb("compare", "HEAD~1")
      let words = last.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      #expect(
        words.contains(
          /looks slower than at release v2\.0, though not than the base: throughput\/grouped · cpu by/
        ),
        "\(last)")
    }
  }

  @Test("a tag that is no version is no release")
  func otherTag() throws {
    try withProject { project in
      try project.record()
      try project.git("tag", "before-the-holidays")
      try project.setCost(of: "grouped", to: 37_500_000)
      try project.commit("Group with care")
      try project.record()
      try project.commit("Change nothing")
      try project.record()
      let answer = try project.benchdb("compare", "HEAD~1")
      #expect(answer.status == 0 && !answer.output.contains("release"), "\(answer)")
    }
  }
}
