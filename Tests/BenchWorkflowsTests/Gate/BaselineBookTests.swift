import BenchModel
import BenchOutput
import BenchStore
import BenchTestSupport
import BenchWorkflows
import Testing

@Suite("Baselines of a project")
struct BaselineBookTests {
  private func book(_ project: WorkflowProject) throws -> BaselineBook {
    BaselineBook(in: try project.workspace())
  }

  @Test("a measured revision gets a name, which can move, be shown and be removed")
  func naming() throws {
    try withWorkflowProject { project in
      let first = try project.commit("First")
      let second = try project.commit("Second")
      try project.record(first)
      try project.record(second)
      #expect(
        try book(project).set("release", to: "HEAD~1", note: "stable").lines
          == ["baseline 'release' is \(first.shortHash)"])
      #expect(
        try book(project).set("release", to: nil).lines
          == ["baseline 'release' is \(second.shortHash), which was \(first.shortHash)"])
      #expect(try book(project).show("release").lines.first?.contains(second.shortHash) == true)
      let list = try book(project).list()
      #expect(list.text(.text).contains("release") && list.text(.json).contains(second.hash))
      #expect(
        try book(project).remove("release").lines
          == ["baseline 'release' is removed; its results stay"])
      #expect(throws: StoreError.self) { _ = try book(project).show("release") }
      #expect(throws: StoreError.self) { _ = try book(project).remove("release") }
    }
  }

  @Test("a name that could be taken for something else is refused")
  func names() throws {
    try withWorkflowProject { project in
      try project.record(try project.commit("First"))
      for name in ["", "a b", "-x", "a..b", "run:1", "a\u{7F}", "a\tb"] {
        expectFailure("can't name a baseline") { _ = try book(project).set(name, to: nil) }
      }
      expectFailure("'main' is a git revision already") {
        _ = try book(project).set("main", to: nil)
      }
    }
  }

  @Test("what was never measured, and a run, gets no name")
  func unmeasured() throws {
    try withWorkflowProject { project in
      let commit = try project.commit("First")
      expectFailure("\(commit.shortHash) was never measured") {
        _ = try book(project).set("release", to: nil)
      }
      expectFailure("Measure it first: `benchdb record` `--commit HEAD`.") {
        _ = try book(project).set("release", to: "HEAD")
      }
      expectFailure("`benchdb compare run:1234` takes the run itself") {
        _ = try book(project).set("release", to: "run:1234")
      }
    }
  }
}
