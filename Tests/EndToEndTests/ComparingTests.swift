import Foundation
import Testing

/// Record, commit something slower, record, compare: what the tool is for.
@Suite struct ComparingTests {
  @Test("a commit that is 25 % slower is named, with an interval, and nothing else is")
  func regression() throws {
    try withProject { project in
      try project.record()
      try project.setCost(of: "grouped", to: 37_500_000)
      try project.commit("Group with care")
      try project.record()

      let answer = try project.benchdb("compare", "HEAD~1", environment: ["COLUMNS": "160"])
      #expect(answer.status == 1, "\(answer)")
      #expect(answer.output.contains("1 of 2 series is slower"))
      #expect(
        answer.output.contains(
          /throughput\/grouped · cpu .* slower by [0-9.]+ % \([0-9.]+–[0-9.]+\) +confirmed, paired/)
      )
      #expect(!answer.output.contains(/throughput\/simple .* slower/))
      #expect(answer.output.contains(/decided [12] of 2/))
      #expect(answer.reason == "benchdb: exit 1: 1 series is slower")
    }
  }

  @Test("the same as JSON says the same to programs")
  func json() throws {
    try withProject { project in
      try project.record()
      try project.setCost(of: "grouped", to: 37_500_000)
      try project.commit("Group with care")
      try project.record()

      let answer = try project.benchdb("compare", "--format", "json")
      #expect(answer.status == 1, "\(answer)")
      let document = try JSONDecoder().decode(
        ComparisonDocument.self, from: Data(answer.output.utf8))
      #expect(document.schemaVersion == 1)
      #expect(document.exit.status == 1)
      #expect(document.base.commit == (try project.shortHash("HEAD~1")))
      #expect(document.head.commit == (try project.shortHash("HEAD")))
      let gates = document.rows.filter(\.isGate)
      #expect(
        gates.map(\.series) == ["throughput/grouped · cpu", "throughput/simple · cpu"])
      #expect(gates.first?.answer == "slower")
      #expect(["no_change", "inconclusive"].contains(gates.last?.answer))
      let change = try #require(gates.first?.change)
      // The worker's noise is ±0.4 %, so the true 25 % lies well inside.
      #expect(change.lower.value < 0.25 && 0.25 < change.upper.value)
      #expect(change.lower.unit == "ratio")
      // Series that never gate are there too.
      #expect(document.rows.count { !$0.isGate } == 2)
    }
  }

  @Test("the faster commit is called faster, and that is no reason to fail")
  func improvement() throws {
    try withProject { project in
      try project.record()
      try project.setCost(of: "grouped", to: 15_000_000)
      try project.commit("Group in half the time")
      try project.record()
      let answer = try project.benchdb("compare")
      #expect(answer.status == 0, "\(answer)")
      #expect(answer.output.contains("faster by"))
      #expect(answer.reason.hasPrefix("benchdb: exit 0: no regression, decided"))
    }
  }

  @Test("without any results nothing can be judged, and the way on is shown")
  func emptyHistory() throws {
    try withProject { project in
      let answer = try project.benchdb("compare")
      #expect(answer.status == 4)
      #expect(answer.output.isEmpty)
      #expect(answer.reason.contains("there are no results yet"))
      #expect(answer.reason.contains("`benchdb record --commit HEAD~1` and `benchdb record`"))
      // A question leaves nothing behind.
      #expect(!FileManager.default.fileExists(atPath: project.database.path))
    }
  }

  @Test("two runs of the same commit are identical code; judged all the same, they are unchanged")
  func sameCommitTwice() throws {
    try withProject { project in
      try project.record()
      try project.record()
      let runs = try project.rows("SELECT uuid FROM run ORDER BY id").map { "run:\($0.prefix(8))" }
      try #require(runs.count == 2)

      let identical = try project.benchdb("compare", runs[0], runs[1])
      #expect(identical.status == 0, "\(identical)")
      #expect(identical.output.contains("Identical code: the executables"))
      #expect(identical.output.contains("2 identical code"))

      let judged = try project.benchdb("compare", runs[0], runs[1], "--judge-identical")
      #expect(judged.status == 0, "\(judged)")
      #expect(!judged.output.contains("2 identical code"))
      #expect(judged.output.contains(/decided [012] of 2/))
    }
  }
}

/// As much of a comparison's JSON as the tests read.
struct ComparisonDocument: Decodable {
  let schemaVersion: Int
  let exit: Exit
  let base, head: Side
  let rows: [Row]

  struct Exit: Decodable {
    let status: Int
    let reason: String
  }

  struct Side: Decodable {
    let commit: String
    let isDirty: Bool
  }

  struct Row: Decodable {
    let series: String
    let answer: String
    let isGate: Bool
    let change: Change?
  }

  struct Change: Decodable {
    let lower, upper: Number
  }

  struct Number: Decodable {
    let value: Double
    let unit: String
  }
}
