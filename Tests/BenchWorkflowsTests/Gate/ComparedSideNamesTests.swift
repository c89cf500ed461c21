import BenchModel
import BenchOutput
import BenchRunner
import BenchStore
import BenchTestSupport
import BenchWorkflows
import Foundation
import Testing

/// What the user means by the two sides of a comparison, and what is taken where they say nothing.
@Suite("The sides of a comparison")
struct ComparedSideNamesTests {
  /// The sides of a comparison of what is stored.
  private func setting(
    _ project: WorkflowProject, _ base: String? = nil, _ head: String? = nil,
    environment: [String: String] = [:]
  ) throws -> ComparisonSetting {
    var request = CompareRequest(
      base: base, head: head, in: try project.workspace(environment: environment))
    request.confirm = "never"
    return try #require(try request.run()).sides.setting
  }

  /// Three commits in a row on main, all measured.
  private func withHistory(_ body: (WorkflowProject, [Commit]) throws -> Void) throws {
    try withWorkflowProject { project in
      let commits = try (1...3).map { try project.commit("Change \($0)") }
      for (number, commit) in commits.enumerated() {
        try project.record(commit, started: StoredExample.start + Double(number) * 3600)
      }
      _ = project.said.takeNotes()
      try body(project, commits)
    }
  }

  @Test("on the default branch HEAD is compared with its parent")
  func parent() throws {
    try withHistory { project, commits in
      let setting = try setting(project)
      #expect(setting.base.shortHash == commits[1].shortHash && setting.base.name == "HEAD~1")
      #expect(setting.head.shortHash == commits[2].shortHash && setting.head.name == "")
    }
  }

  @Test("on another branch it is compared with the merge base")
  func mergeBase() throws {
    try withHistory { project, commits in
      try project.git("checkout", "--quiet", "-b", "topic", commits[0].hash)
      let topic = try project.commit("On a branch")
      try project.record(topic)
      let setting = try setting(project)
      #expect(setting.base.shortHash == commits[0].shortHash)
      #expect(setting.base.name == "merge base with main")
      #expect(setting.head.shortHash == topic.shortHash)
    }
  }

  @Test("a base that was never measured falls back on its nearest measured ancestor")
  func ancestor() throws {
    try withHistory { project, commits in
      _ = try project.commit("Not measured")
      let head = try project.commit("Measured")
      try project.record(head)
      let setting = try setting(project, "HEAD~1")
      #expect(setting.base.shortHash == commits[2].shortHash)
      #expect(setting.base.note?.hasSuffix("(HEAD~1), 1 commit before") == true)
    }
  }

  @Test("a side may be a range, a baseline, a run, a hash or another database")
  func names() throws {
    try withHistory { project, commits in
      func bases(_ base: String, _ head: String? = nil) throws -> [String] {
        let setting = try setting(project, base, head)
        return [setting.base.shortHash, setting.head.shortHash]
      }
      let hashes = commits.map(\.shortHash)
      #expect(try bases("\(hashes[0])..HEAD~1") == [hashes[0], hashes[1]])
      try project.git("tag", "v1.0", commits[0].hash)
      #expect(try bases("v1.0") == [hashes[0], hashes[2]])
      _ = try BaselineBook(in: project.workspace()).set("release", to: hashes[1])
      let named = try setting(project, "release")
      #expect(named.base.shortHash == hashes[1] && named.base.note == "baseline")
      let run = try #require(try project.withStore { try $0.runs() }.last).run
      #expect(try bases("run:\(run.shortID)") == [hashes[0], hashes[2]])
      try project.record(Revision(commit: commits[1]), in: "other.sqlite")
      let other = try setting(project, project.path("other.sqlite"))
      #expect(other.base.shortHash == hashes[1])
      #expect(other.base.note?.hasPrefix("its latest run ") == true)
    }
  }

  @Test("a commit that only the database knows is named by its hash")
  func foreign() throws {
    try withHistory { project, commits in
      let foreign = StoredExample.commit(77)
      try project.record(foreign)
      let setting = try setting(project, foreign.shortHash, commits[0].hash)
      #expect(setting.base.shortHash == foreign.shortHash)
      expectFailure("ambiguous") {
        try project.record(StoredExample.commit(78))
        _ = try self.setting(project, "0000000", commits[0].hash)
      }
    }
  }

  @Test("a misspelt name is taken for what was probably meant")
  func misspelt() throws {
    try withHistory { project, _ in
      _ = try BaselineBook(in: project.workspace()).set("release", to: "HEAD~1")
      expectFailure("There is a baseline 'release'.") { _ = try setting(project, "releese") }
      expectFailure("Did you mean main?") { _ = try setting(project, "mian") }
    }
  }

  @Test("uncommitted changes are judged where they were measured, else the commit below them")
  func uncommitted() throws {
    try withWorkflowProject { project in
      try project.write("1", to: "file")
      let first = try project.commit("First")
      try project.write("2", to: "file")
      let second = try project.commit("Second")
      try project.record(first)
      try project.record(second)
      try project.write("3", to: "file")
      let clean = try setting(project)
      #expect(!clean.head.isDirty && clean.base.shortHash == first.shortHash)
      #expect(project.said.takeNotes().contains("The uncommitted changes were not measured"))
      let dirty = try project.workspace().checkedOutRevision()
      try project.record(dirty)
      let measured = try setting(project)
      #expect(measured.head.isDirty && measured.base.shortHash == second.shortHash)
      #expect(measured.base.note == "without the changes")
    }
  }

  @Test("what was never measured has a status of its own, and the command that measures it")
  func neverMeasured() throws {
    try withWorkflowProject { project in
      let first = try project.commit("First")
      expectFailure("there are no results yet", status: .coverage) { _ = try setting(project) }
      try project.withStore { _ in }
      expectFailure("\(first.shortHash) is the first commit", status: .coverage) {
        _ = try setting(project)
      }
      let second = try project.commit("Second")
      expectFailure("neither \(first.shortHash) (HEAD~1) nor an ancestor", status: .coverage) {
        _ = try setting(project)
      }
      try project.record(first)
      expectFailure("\(second.shortHash) was never measured. `benchdb record`", status: .coverage) {
        _ = try setting(project)
      }
      expectFailure("`benchdb record --commit \(second.shortHash)` measures", status: .coverage) {
        _ = try setting(project, "HEAD~1", "HEAD")
      }
    }
  }

  @Test("results of another class of machines are used where this one has none, and that is said")
  func otherMachine() throws {
    try withWorkflowProject { project in
      for subject in ["First", "Second"] {
        let commit = try project.commit(subject)
        try project.record(Revision(commit: commit), machine: StoredExample.machine)
      }
      let setting = try setting(project)
      #expect(setting.machine == StoredExample.machine.summary)
      #expect(project.said.takeNotes().contains("was not measured on this machine; using its"))
    }
  }

  /// Commits of which the first two and the last were measured on one class of machines, the third
  /// on another.
  private func withPool(_ body: (WorkflowProject, [Commit]) throws -> Void) throws {
    try withWorkflowProject { project in
      let (one, other) = (box("Box A"), box("Box B"))
      let commits = try (1...4).map { try project.commit("Change \($0)") }
      for (commit, machine) in zip(commits, [one, one, other, one]) {
        try project.record(Revision(commit: commit), machine: machine)
      }
      try body(project, commits)
    }
  }

  private func box(_ name: String) -> MachineClass {
    MachineClass(
      architecture: "x86_64", cpuModel: name, cores: 2, memoryBucketGiB: 16, system: "Linux 6")
  }

  @Test("a base measured on another machine than HEAD falls back on an ancestor on HEAD's")
  func pool() throws {
    try withPool { project, commits in
      let ordinary = try setting(project)
      #expect(ordinary.base.shortHash == commits[1].shortHash && ordinary.base.processes == 3)
      #expect(
        ordinary.base.note
          == "nearest ancestor measured on Box A, 2 cores, Linux 6, 2 commits before")
      #expect(ordinary.machine == box("Box A").summary)
    }
  }

  @Test("the distance to a base that is not HEAD's parent is that from the base")
  func poolOfNamedBase() throws {
    try withPool { project, commits in
      let head = try project.commit("Change 5")
      try project.record(Revision(commit: head), machine: box("box  a"))
      let setting = try setting(project, "HEAD~2")
      #expect(setting.base.shortHash == commits[1].shortHash)
      #expect(
        setting.base.note
          == "nearest ancestor of \(commits[2].shortHash) (HEAD~2) measured on Box A, 2 cores, "
          + "Linux 6, 1 commit before")
    }
  }

  @Test("where HEAD's machine measured no ancestor, the base stays, and the answer says why")
  func poolWithoutAncestor() throws {
    try withPool { project, commits in
      let head = try project.commit("Change 5")
      try project.record(Revision(commit: head), machine: box("Box C"))
      let setting = try setting(project)
      #expect(setting.base.shortHash == commits[3].shortHash && setting.base.name == "HEAD~1")
      #expect(setting.base.processes == 0 && setting.base.note == nil)
    }
  }

  // MARK: Continuous integration

  private func gitHub(
    _ project: WorkflowProject, _ event: String, _ json: String
  ) throws -> [String: String] {
    try project.write(json, to: ".git/event.json")
    return [
      "GITHUB_ACTIONS": "true", "GITHUB_EVENT_NAME": event,
      "GITHUB_EVENT_PATH": project.path(".git/event.json"), "GITHUB_REF_NAME": "main",
      "GITHUB_REF": "refs/heads/main",
    ]
  }

  @Test("a pull request is compared with where it left its target")
  func pullRequest() throws {
    try withHistory { project, commits in
      try project.git("checkout", "--quiet", "-b", "topic", commits[1].hash)
      let topic = try project.commit("On a branch")
      try project.record(topic)
      let environment = try gitHub(
        project, "pull_request",
        """
        {"pull_request": {"number": 12, "head": {"sha": "\(topic.hash)"},
         "base": {"sha": "\(commits[2].hash)", "ref": "main"}}}
        """)
      let setting = try setting(project, environment: environment)
      #expect(setting.base.shortHash == commits[1].shortHash)
      #expect(setting.base.name.hasPrefix("merge base with"))
      #expect(setting.head.shortHash == topic.shortHash)
      #expect(setting.head.name.contains("12"))
    }
  }

  @Test("a push is compared with what was there before it, or by the usual rule")
  func push() throws {
    try withHistory { project, commits in
      func base(before hash: String) throws -> SideDescription {
        try setting(
          project,
          environment: try gitHub(
            project, "push",
            """
            {"before": "\(hash)", "after": "\(commits[2].hash)",
             "repository": {"default_branch": "main"}}
            """)
        ).base
      }
      let pushed = try base(before: commits[0].hash)
      #expect(pushed.shortHash == commits[0].shortHash && pushed.name == "before the push")
      let forced = try base(before: String(repeating: "a", count: 40))
      #expect(forced.shortHash == commits[1].shortHash && forced.name == "HEAD~1")
    }
  }

  @Test("an event whose commit is not in the clone says how to get the whole history")
  func shallow() throws {
    try withHistory { project, _ in
      let hash = String(repeating: "b", count: 40)
      let environment = try gitHub(
        project, "pull_request",
        """
        {"pull_request": {"number": 12, "head": {"sha": "\(hash)"},
         "base": {"sha": "\(hash)", "ref": "main"}}}
        """)
      expectFailure("set `fetch-depth: 0` for actions/checkout", status: .coverage) {
        _ = try setting(project, environment: environment)
      }
      // Sides that the user names need no event.
      _ = try setting(project, "HEAD~1", "HEAD", environment: environment)
    }
  }
}
