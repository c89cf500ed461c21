import BenchModel
import BenchRunner
import BenchTestSupport
import BenchWorkflows
import Foundation
import Testing

@Suite("The files of a revision")
struct SourceTreeTests {
  private let configuration = """
    [[executable]]
    path = "worker.sh"
    reads = ["data"]

    """

  /// A project of two commits; the worker of both is a script that needs no build.
  private func withProject(_ body: (MeasuredProject, [Commit]) throws -> Void) throws {
    try MeasuredProject.with { project in
      try project.write(configuration, to: "benchdb.toml")
      try project.write(ScriptedWorker.script, to: "worker.sh")
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o755], ofItemAtPath: project.root.path + "/worker.sh")
      let first = try project.commit("First")
      try project.write("numbers", to: "data")
      try body(project, [first, try project.commit("Second")])
    }
  }

  @Test("what is checked out is built where it lies")
  func checkedOut() throws {
    try withProject { project, commits in
      let tree = try SourceTree(of: Revision(commit: commits[1]), in: project.workspace())
      #expect(tree.directory == project.root.path)
      #expect(tree.tree == commits[1].tree)
      #expect(tree.configuration.executables.map(\.path) == ["worker.sh"])
    }
  }

  @Test("another commit is built in benchdb's own worktree")
  func otherCommit() throws {
    try withProject { project, commits in
      let tree = try SourceTree(of: Revision(commit: commits[0]), in: project.workspace())
      #expect(tree.directory == project.root.path + "/.benchdb/worktree")
      #expect(tree.revision.commit == commits[0])
      #expect(!FileManager.default.fileExists(atPath: tree.directory + "/data"))
    }
  }

  @Test("uncommitted changes are built where they lie, and belong to no commit")
  func dirty() throws {
    try withProject { project, _ in
      try project.write("other numbers", to: "data")
      let workspace = try project.workspace()
      let revision = try workspace.checkedOutRevision()
      let tree = try SourceTree(of: revision, in: workspace)
      #expect(revision.isDirty)
      #expect(tree.directory == project.root.path)
      #expect(tree.tree == nil)
    }
  }

  @Test("uncommitted changes of another time can't be built")
  func otherChanges() throws {
    try withProject { project, commits in
      let failure = #expect(throws: CommandFailure.self) {
        try SourceTree(
          of: Revision(commit: commits[1], differenceHash: "0"), in: project.workspace())
      }
      #expect(failure?.message.contains("the work tree is no longer the same") == true)
    }
  }

  @Test("each executable is asked for its benchmarks, and runs in a copy of the tree's files")
  func executables() throws {
    try withProject { project, commits in
      let workspace = try project.workspace()
      let tree = try SourceTree(of: Revision(commit: commits[0]), in: workspace)
      let executables = try tree.executables(workspace: workspace, interruption: Interruption())
      #expect(executables.flatMap(\.declarations).map(\.key.id) == ["suite/one"])
      #expect(executables[0].worker.command == [tree.directory + "/worker.sh"])
      #expect(executables[0].build.revision.commit == commits[0])
      #expect(project.notes.all.contains("has nothing at data, which worker.sh is said to read"))

      let cached = try tree.cached(executables)
      let copy = project.root.path + "/.benchdb/copies/" + commits[0].tree
      #expect(cached[0].worker.command == [copy + "/worker.sh"])
      #expect(cached[0].worker.workingDirectory == copy)
      #expect(cached[0].build == executables[0].build)
    }
  }

  @Test("a gate metric whose unit says no direction is named, and does not gate")
  func noDirection() throws {
    try withProject { project, _ in
      let script = ScriptedWorker.script.replacing(
        #""unit":"ns","gate":true"#, with: #""unit":"score","gate":true"#)
      try project.write(script, to: "worker.sh")
      let workspace = try project.workspace()
      let tree = try SourceTree(of: workspace.checkedOutRevision(), in: workspace)
      let executables = try tree.executables(workspace: workspace, interruption: Interruption())
      #expect(executables.flatMap(\.declarations).flatMap(\.metrics).map(\.isGate) == [false])
      #expect(
        project.notes.all.contains(
          "note: suite/one · wall: 'score' says no direction; give \"direction\": \"higher\" or "
            + "\"lower\"; it is shown and not gated."))
    }
  }

  @Test("what belongs to no commit is not copied")
  func notCached() throws {
    try withProject { project, _ in
      try project.write("other numbers", to: "data")
      let workspace = try project.workspace()
      let tree = try SourceTree(of: workspace.checkedOutRevision(), in: workspace)
      let executable = MeasuredExample.executable(
        of: MeasuredExample.commit(1),
        worker: WorkerProcess(command: [tree.directory + "/worker.sh"]))
      #expect(try tree.cached([executable])[0].worker.command == executable.worker.command)
    }
  }

  @Test("a configuration without executables has nothing to measure")
  func nothingToMeasure() throws {
    try MeasuredProject.with { project in
      try project.write("1", to: "file")
      let commit = try project.commit("First")
      let workspace = try project.workspace()
      let tree = try SourceTree(of: Revision(commit: commit), in: workspace)
      let failure = #expect(throws: CommandFailure.self) {
        try tree.executables(workspace: workspace, interruption: Interruption())
      }
      #expect(failure?.message.hasPrefix("benchdb.toml names nothing to measure.") == true)
    }
  }

  @Test("benchmarks of another commit are laid over the worktree, under a name of their own")
  func overlay() throws {
    try withProject { project, commits in
      let worktree = try OwnWorktree(in: project.workspace())
      let tree = try worktree.checkOut(
        commits[0], benchmarks: BenchmarkOverlay(commit: commits[1], folders: ["data"]))
      #expect(FileManager.default.fileExists(atPath: tree.directory + "/data"))
      let name = try #require(tree.tree)
      #expect(name.count == commits[0].tree.count)
      #expect(name != commits[0].tree)
      #expect(try worktree.checkOut(commits[0]).tree == commits[0].tree)
    }
  }

  // MARK: Changes while it is built

  private func check(_ project: MeasuredProject, _ commit: Commit) throws -> TreeCheck {
    try TreeCheck(
      directory: project.root.path, revision: Revision(commit: commit),
      databaseFiles: [project.root.path + "/results.sqlite"])
  }

  @Test("an unchanged tree passes, whatever happens to the database")
  func unchanged() throws {
    try withProject { project, commits in
      let check = try check(project, commits[1])
      try project.write("a database", to: "results.sqlite")
      try check.check()
    }
  }

  @Test("a file that changes while it is built is noticed")
  func changed() throws {
    try withProject { project, commits in
      let check = try check(project, commits[1])
      try project.write("changed", to: "data")
      let failure = #expect(throws: CommandFailure.self) { try check.check() }
      let expected =
        "the work tree changed while it was built, so what was built is not "
        + "\(commits[1].shortHash). "
      #expect(failure?.message.hasPrefix(expected) == true)
    }
  }

  @Test("a new file is no change, since builds leave some")
  func newFile() throws {
    try withProject { project, commits in
      let check = try check(project, commits[1])
      try project.write("made by the build", to: "product")
      try check.check()
    }
  }

  @Test("a tree that is another revision already is refused")
  func otherRevision() throws {
    try withProject { project, commits in
      #expect(throws: CommandFailure.self) { try check(project, commits[0]) }
    }
  }
}
