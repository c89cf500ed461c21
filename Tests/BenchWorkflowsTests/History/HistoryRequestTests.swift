import BenchModel
import BenchOutput
import BenchRunner
import BenchTestSupport
import BenchWorkflows
import Foundation
import Testing

/// Which commits and series `trend` and `changes` look at, and what they answer.
@Suite("History of a project")
struct HistoryRequestTests {
  /// Twelve commits, the last six of which take half as long again.
  private func withHistory(_ body: (WorkflowProject, [Commit]) throws -> Void) throws {
    try withWorkflowProject { project in
      let commits = try (0..<12).map { try project.commit("Change \($0)") }
      for (number, commit) in commits.enumerated() {
        try project.record(
          commit, wall: number < 6 ? 30e6 : 45e6,
          started: StoredExample.start + Double(number) * 3600)
      }
      _ = project.said.takeNotes()
      try body(project, commits)
    }
  }

  private func trend(
    _ project: WorkflowProject, _ selection: HistorySelection = HistorySelection(),
    environment: [String: String] = [:]
  ) throws -> TrendAnswer {
    try TrendRequest(selection, in: project.workspace(environment: environment)).run()
  }

  @Test("a shift is found between the commits that may have done it")
  func changes() throws {
    try withHistory { project, commits in
      let workspace = try project.workspace()
      let answer = try ChangesRequest(HistorySelection(), in: workspace).run()
      let beginnings: [(HistoryFormat, String)] = [
        (.text, ""), (.json, "{"), (.csv, ""), (.markdown, "|"),
      ]
      for (format, beginning) in beginnings {
        answer.write(format, to: workspace.console)
        let text = project.said.takeAnswers()
        #expect(text.hasPrefix(beginning), "\(format): \(text)")
        #expect(text.contains("throughput/grouped"), "\(format): \(text)")
        #expect(text.contains(commits[6].shortHash), "\(format): \(text)")
      }
    }
  }

  @Test("every format of a trend has the series, and a page draws it")
  func trends() throws {
    try withHistory { project, _ in
      let workspace = try project.workspace()
      let answer = try TrendRequest(HistorySelection(all: true), drawsPage: true, in: workspace)
        .run()
      for format in HistoryFormat.allCases {
        answer.write(format, to: workspace.console)
        let text = project.said.takeAnswers()
        #expect(text.contains("throughput/grouped"), "\(format): \(text)")
      }
      let page = try PageFile(project.path("trend.html"), replacesAnyFile: false, in: workspace)
      try page?.write(answer.page)
      let html = try project.text(of: "trend.html")
      #expect(html.contains("throughput/grouped") && html.hasSuffix("</html>\n"))
    }
  }

  @Test("--last and --since cut the line of commits, by a count, a revision or a day")
  func cuts() throws {
    try withHistory { project, commits in
      func count(_ selection: HistorySelection) throws -> Int {
        let answer = try trend(project, selection)
        return answer.line.commits.count
      }
      #expect(try count(HistorySelection()) == 12)
      #expect(try count(HistorySelection(last: "5")) == 5)
      #expect(try count(HistorySelection(since: commits[9].hash)) == 3)
      #expect(try count(HistorySelection(since: commits[9].hash, last: "2")) == 2)
      #expect(try count(HistorySelection(since: "2000-01-31")) == 12)
      expectFailure("no commit since 2999-01-31 was measured.") {
        _ = try count(HistorySelection(since: "2999-01-31"))
      }
      expectFailure("--last: '0' is not a value for it") { _ = try count(.init(last: "0")) }
      let set = try trend(project, environment: ["BENCHDB_LAST": "4"])
      #expect(set.line.commits.count == 4)
    }
  }

  @Test("a branch is followed along its first parents")
  func branches() throws {
    try withHistory { project, commits in
      try project.git("checkout", "--quiet", "-b", "topic", commits[3].hash)
      try project.record(try project.commit("On a branch"))
      #expect(try trend(project).line.commits.count == 5)
      #expect(try trend(project).line.name == "topic")
      #expect(try trend(project, HistorySelection(branch: "main")).line.commits.count == 12)
      expectFailure("There is no commit 'mian'") {
        _ = try trend(project, HistorySelection(branch: "mian"))
      }
      try project.git("checkout", "--quiet", "--orphan", "empty")
      let lone = try project.commit("Alone")
      expectFailure("no commit of empty was measured.") {
        _ = try trend(project, HistorySelection(branch: "empty"))
      }
      _ = project.said.takeNotes()
      let line = try trend(project).line
      #expect(line.commits.count == 5, "\(line.commits.map(\.commit.subject))")
      #expect(
        project.said.takeNotes()
          == "None of the measured commits is in the history of empty.")
      #expect(lone.parents.isEmpty)
    }
  }

  @Test("series are chosen by suite and filter, gates alone unless all are wanted")
  func series() throws {
    try withHistory { project, _ in
      func names(_ selection: HistorySelection) throws -> [String] {
        let answer = try trend(project, selection)
        return answer.rows.map(\.key.metric)
      }
      let everything = try names(HistorySelection(all: true))
      #expect(everything.contains("wall"))
      #expect(try names(HistorySelection(filter: "alloc", all: true)) == ["allocations"])
      #expect(try names(HistorySelection(suite: ["throughput"], filter: "wall")) == ["wall"])
      expectFailure("no series is of that name; the suites are throughput") {
        _ = try names(HistorySelection(suite: ["latency"]))
      }
      expectFailure("--filter: '(' is not a value for it; expected a regular expression.") {
        _ = try names(HistorySelection(filter: "("))
      }
    }
  }

  @Test("without results there is nothing to look at")
  func nothing() throws {
    try withWorkflowProject { project in
      try project.withStore { _ in }
      expectFailure("there are no results yet; `benchdb record` makes some.") {
        _ = try trend(project)
      }
    }
  }
}
