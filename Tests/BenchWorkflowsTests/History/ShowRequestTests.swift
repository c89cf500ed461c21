import BenchModel
import BenchOutput
import BenchStore
import BenchTestSupport
import BenchWorkflows
import Foundation
import Testing

@Suite("benchdb list, show and sql")
struct ShowRequestTests {
  private func withRuns(_ body: (WorkflowProject, [Run]) throws -> Void) throws {
    try withWorkflowProject { project in
      let runs = try (0..<3).map { number in
        try project.record(
          try project.commit("Change \(number)"),
          started: StoredExample.start + Double(number) * 3600)
      }
      try body(project, runs)
    }
  }

  @Test("runs are listed latest first, as many as asked, of one commit where one is named")
  func listing() throws {
    try withRuns { project, runs in
      func list(_ last: Int = 20, commit: String? = nil) throws -> [Bool] {
        let answer = try ListRequest(last: last, commit: commit, in: project.workspace()).run()
        let (text, json) = (answer.text(.text), answer.text(.json))
        #expect(runs.allSatisfy { text.contains($0.shortID) == json.contains($0.shortID) })
        return runs.map { text.contains($0.shortID) }
      }
      let all = try list()
      #expect(all == [true, true, true])
      #expect(try list(1) == [false, false, true])
      #expect(try list(commit: "HEAD~1") == [false, true, false])
      expectFailure("There is no commit 'nope'") { _ = try list(commit: "nope") }
    }
  }

  @Test("without a subject the latest run is shown, with the first digits another")
  func runs() throws {
    try withRuns { project, runs in
      let latest = try ShowRequest(in: project.workspace()).run()
      #expect(latest.text(.text).contains(runs[2].shortID))
      let first = try ShowRequest(runs[0].shortID, in: project.workspace()).run()
      #expect(first.text(.json).contains(runs[0].shortID))
      #expect(!first.text(.text).contains("cpu"))
      #expect(throws: StoreError.self) {
        _ = try ShowRequest("ffffffff", in: project.workspace()).run()
      }
    }
  }

  @Test("a series is named in full, by its benchmark, or by a beginning")
  func series() throws {
    try withRuns { project, runs in
      for (subject, hasOther) in [
        ("throughput/grouped records=1000 · wall", false), ("throughput/grouped", true),
        ("throughput/grouped records=1000", true), ("throughput/gr", true),
      ] {
        let text = try ShowRequest(subject, in: project.workspace()).run().text(.text, width: 120)
        #expect(text.contains("wall"), "\(subject)")
        #expect(text.contains("allocations") == hasOther, "\(subject)")
      }
      let short = try ShowRequest("throughput/grouped", last: 1, in: project.workspace()).run()
      let json = short.text(.json)
      #expect(json.contains(runs[2].revision.commit.hash))
      #expect(!json.contains(runs[0].revision.commit.hash))
    }
  }

  @Test("a name that fits nothing is pointed out")
  func unknown() throws {
    try withRuns { project, _ in
      expectFailure("Did you mean 'throughput/grouped'?") {
        _ = try ShowRequest("throughput/groped", in: project.workspace()).run()
      }
      expectFailure("there is no run and no series 'zzz'. `benchdb list` shows the runs") {
        _ = try ShowRequest("zzz", in: project.workspace()).run()
      }
    }
    try withWorkflowProject { project in
      try project.withStore { _ in }
      expectFailure("there are no runs yet; `benchdb record` makes one.") {
        _ = try ShowRequest(in: project.workspace()).run()
      }
    }
  }

  @Test("one statement is answered in every format, and none that changes anything")
  func queries() throws {
    try withRuns { project, _ in
      func rows(_ query: String, _ format: RowFormat) throws -> String {
        try SQLRequest(query, in: project.workspace()).write(format)
        return project.said.takeAnswers()
      }
      let query = "SELECT benchmark, count(*) AS n FROM history GROUP BY benchmark"
      let table = try rows(query, .csv)
      #expect(table.split(separator: "\r\n").first == "benchmark,n")
      #expect(try rows(query, .json).contains("\"throughput/grouped"))
      #expect(try rows(query, .text).contains("throughput/grouped"))
      for refused in ["DELETE FROM run", "SELECT nothing", "SELECT 1; SELECT 2"] {
        #expect(throws: StoreError.self, "\(refused)") { _ = try rows(refused, .text) }
      }
    }
  }
}
