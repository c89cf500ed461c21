import BenchModel
import BenchOutput
import BenchStore
import BenchTestSupport
import BenchWorkflows
import Foundation
import Testing

@Suite("benchdb export, import and merge")
struct InterchangeRequestTests {
  private func withResults(_ body: (WorkflowProject, [Commit]) throws -> Void) throws {
    try withWorkflowProject { project in
      let commits = try (1...2).map { try project.commit("Change \($0)") }
      for commit in commits { try project.record(commit) }
      try body(project, commits)
    }
  }

  private func export(
    _ project: WorkflowProject, commit: String? = nil, run: String? = nil, exact: Bool = false,
    database: String? = nil
  ) throws -> [Substring] {
    try ExportRequest(
      commit: commit, run: run, isExactOnly: exact, output: project.path("out.jsonl"),
      in: project.workspace(database: database)
    ).write()
    return try project.text(of: "out.jsonl").split(separator: "\n")
  }

  private func importFile(
    _ project: WorkflowProject, _ name: String = "out.jsonl", commit: String? = nil,
    skipsBad: Bool = false, isDryRun: Bool = false
  ) throws -> String {
    try ImportRequest(
      [project.path(name)], commit: commit, skipsBad: skipsBad, isDryRun: isDryRun,
      in: project.workspace(database: "other.sqlite")
    ).run()
    return project.said.takeAnswers()
  }

  @Test("an export imported into an empty database gives the same export again")
  func roundTrip() throws {
    try withResults { project, _ in
      _ = try BaselineBook(in: project.workspace()).set("release", to: "HEAD~1")
      let lines = try export(project)
      #expect(project.said.takeNotes().hasSuffix("lines written to \(project.path("out.jsonl"))."))
      #expect(lines.count == 1 + 2 * 3 * 2)
      let answer = try importFile(project)
      #expect(answer.contains("6 new processes with 12 measurements"), "\(answer)")
      #expect(try export(project, database: "other.sqlite").dropFirst() == lines.dropFirst())
      #expect(try importFile(project).contains("0 new processes with 0 measurements"))
    }
  }

  @Test("units that say no direction are named once for a file, and their series do not gate")
  func noDirection() throws {
    try withWorkflowProject { project in
      let hash = String(repeating: "a", count: 40)
      let lines = (0..<30).map { number in
        let unit = number % 3 == 0 ? "fps" : "score"
        return """
          {"commit":"\(hash)","benchmark":"r/\(number % 6)","metric":"rate","unit":"\(unit)",\
          "values":[1],"process":"\(number)"}
          """
      }
      let header = "{\"benchdb\":1,\"project\":\"acme\"}"
      try project.write(([header] + lines).joined(separator: "\n") + "\n", to: "out.jsonl")
      #expect(try importFile(project).contains("30 lines"))
      let notes = project.said.takeNotes()
      #expect(
        notes == "note: r/1 · rate: 'score' says no direction; give \"direction\": \"higher\" or "
          + "\"lower\"; it and 3 more series like it are shown and not gated.")
      let exported = try export(project, database: "other.sqlite").dropFirst()
      #expect(exported.count { $0.contains("\"gate\":false") } == 20)
      #expect(exported.count { $0.contains("\"direction\":\"higher\"") } == 10)
      _ = project.said.takeNotes()
      #expect(try importFile(project).contains("0 new processes"))
      #expect(project.said.takeNotes() == "", "an export states every direction")
    }
  }

  @Test("a commit, a run or what is judged exactly can be exported alone")
  func selections() throws {
    try withResults { project, commits in
      let run = try #require(try project.withStore { try $0.runs() }.first).run
      for lines in [
        try export(project, commit: "HEAD"), try export(project, run: run.shortID),
        try export(project, commit: commits[0].hash.uppercased()),
      ] {
        #expect(lines.count == 1 + 3 * 2)
      }
      let exact = try export(project, exact: true)
      #expect(exact.count == 1 + 2 * 3)
      #expect(exact.dropFirst().allSatisfy { $0.contains("allocations") })
      expectFailure("There is no commit 'nope'") { _ = try export(project, commit: "nope") }
    }
  }

  @Test("what is exported exactly can be imported, with all that is known of its runs")
  func exactOnly() throws {
    try withResults { project, commits in
      _ = try export(project, exact: true)
      #expect(try importFile(project).contains("6 new processes with 6 measurements"))
      let runs = try project.withStore("other.sqlite") { try $0.runs() }
      #expect(Set(runs.map(\.run.revision.commit.hash)) == Set(commits.map(\.hash)))
    }
  }

  @Test("a file with a bad line is stored not at all, or without the line")
  func badLines() throws {
    try withResults { project, _ in
      let lines = try export(project)
      var bad = lines.map(String.init)
      bad.insert("{\"not\": \"a record\"}", at: 3)
      try project.write(bad.joined(separator: "\n") + "\n", to: "bad.jsonl")
      expectFailure("nothing of this file was stored; --skip-bad leaves out such lines.") {
        _ = try importFile(project, "bad.jsonl")
      }
      expectFailure("bad.jsonl:4:") { _ = try importFile(project, "bad.jsonl") }
      #expect(try project.withStore("other.sqlite") { try $0.runs() }.isEmpty)
      let answer = try importFile(project, "bad.jsonl", skipsBad: true)
      #expect(answer.contains("1 bad line left out"), "\(answer)")
      #expect(project.said.takeNotes().contains("bad.jsonl:4:"))
      #expect(try project.withStore("other.sqlite") { try $0.runs() }.count == 2)
    }
  }

  @Test("a file that is not benchdb's is refused without advice that would not mend it")
  func otherFiles() throws {
    try withResults { project, _ in
      try project.write("hello\n", to: "hello.txt")
      for skipsBad in [false, true] {
        expectFailure("this is not benchdb JSON Lines") {
          _ = try importFile(project, "hello.txt", skipsBad: skipsBad)
        }
      }
      expectFailure("none.jsonl can't be read") { _ = try importFile(project, "none.jsonl") }
    }
  }

  @Test("a dry run says what would be stored, and stores nothing")
  func dryRun() throws {
    try withResults { project, _ in
      _ = try export(project)
      #expect(
        try importFile(project, isDryRun: true).hasSuffix("(nothing was stored: --dry-run)"))
      #expect(try project.withStore("other.sqlite") { try $0.runs() }.isEmpty)
    }
  }

  @Test("databases are merged, once, and what each brought is said")
  func merging() throws {
    try withResults { project, _ in
      try project.record(Revision(commit: StoredExample.commit(5)), in: "other.sqlite")
      func merge(_ names: String..., isDryRun: Bool = false) throws -> String {
        try MergeRequest(names.map(project.path), isDryRun: isDryRun, in: project.workspace())
          .run()
        return project.said.takeAnswers()
      }
      let other = project.path("other.sqlite")
      #expect(
        try merge("other.sqlite", isDryRun: true)
          == "\(other): 1 new run and 3 new processes (nothing was merged: --dry-run)")
      #expect(try merge("other.sqlite") == "\(other): 1 new run and 3 new processes")
      #expect(try merge("other.sqlite") == "\(other): nothing new")
      expectFailure("there is no file \(project.path("none.sqlite")); nothing was merged") {
        _ = try merge("other.sqlite", "none.sqlite")
      }
      try project.write("no database", to: "text.sqlite")
      expectFailure("text.sqlite is not a results database") { _ = try merge("text.sqlite") }
    }
  }
}
