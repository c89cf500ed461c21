import Foundation
import Testing

/// `record --commit` measures another revision and leaves the user's checkout as it is.
@Suite struct OtherRevisionTests {
  @Test("the checkout, the index and HEAD stay as they are, uncommitted changes and all")
  func untouched() throws {
    try withProject { project in
      try project.setCost(of: "grouped", to: 37_500_000)
      try project.commit("Group with care")
      try project.write("staged\n", to: "staged.txt")
      try project.git("add", "staged.txt")
      try project.write("not staged\n", to: "staged.txt")
      try project.write("untracked\n", to: "untracked.txt")
      let before = try State(of: project)

      try project.record("--commit", "HEAD~1")
      #expect(try State(of: project) == before)
      // What was measured is the old revision, not what is checked out.
      #expect(
        try project.rows(
          "SELECT \"commit\", round(avg(value) / 1e6) FROM sample WHERE metric = 'cpu' "
            + "AND benchmark = 'throughput/grouped' GROUP BY 1"
        ) == ["\(try project.hash("HEAD~1")),30.0"])
      #expect(try project.benchdb("compare", "HEAD~1", "HEAD").status == 4)
      try project.record("--commit", "main")
      #expect(try State(of: project) == before)
      #expect(try project.benchdb("compare", "HEAD~1", "HEAD").status == 1)
    }
  }

  @Test("a revision that does not exist gets 'did you mean'")
  func missing() throws {
    try withProject { project in
      try project.git("tag", "v1.2")
      let answer = try project.benchdb("record", "--commit", "v1.3")
      #expect(answer.status == 2)
      #expect(answer.reason.contains("There is no commit 'v1.3'. Did you mean v1.2?"))
      let option = try project.benchdb("record", "--commit=--upload-pack=x")
      #expect(option.status == 2)
      #expect(option.reason.contains("it begins with a dash"))
    }
  }

  @Test("a revision that does not build fails with its log, and nothing of the user's is touched")
  func broken() throws {
    try withProject { project in
      try project.write("echo 'worker.c:1: expected ;' >&2\nexit 7\n", to: "build.sh")
      try project.commit("Break the build")
      try project.git("revert", "--no-edit", "HEAD")
      let before = try State(of: project)
      let answer = try project.benchdb("record", "--commit", "HEAD~1")
      #expect(answer.status == 3, "\(answer)")
      #expect(answer.errors.contains("The build `sh build.sh` ended with status 7."))
      #expect(answer.errors.contains("worker.c:1: expected ;"))
      let log = try #require(answer.errors.firstMatch(of: /Its whole log: (\S+)/)).output.1
      #expect(try String(contentsOfFile: String(log), encoding: .utf8).contains("worker.c:1"))
      #expect(try State(of: project) == before)
      #expect(try project.rows("SELECT count(*) FROM run") == ["0"])
      // The checkout itself builds.
      try project.record()
    }
  }

  /// Everything of a checkout that must stay.
  private struct State: Equatable {
    let head, branch, status, staged, unstaged, worker: String

    init(of project: Project) throws {
      head = try project.hash("HEAD")
      branch = try project.git("symbolic-ref", "HEAD")
      status = try project.git("status", "--porcelain")
      staged = try project.git("diff", "--cached")
      unstaged = try project.git("diff")
      worker = try project.text(of: "worker.sh")
    }
  }
}
