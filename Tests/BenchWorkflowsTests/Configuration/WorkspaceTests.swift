import BenchModel
import BenchStore
import BenchTestSupport
import BenchWorkflows
import Foundation
import Testing

@Suite("A workspace")
struct WorkspaceTests {
  @Test("results are in the repository's own folder, wherever in it a command is typed")
  func defaultDatabase() throws {
    try withWorkflowProject { project in
      try project.write("", to: "Sources/Deep/file")
      let workspace = try Workspace(
        database: nil, color: nil, directory: project.path("Sources/Deep"), environment: [:],
        streams: project.said.streams)
      #expect(workspace.root == project.root.path)
      #expect(workspace.databasePath == project.path(".benchdb/results.sqlite"))
    }
  }

  @Test("--db counts from where it was typed, the environment and the file from the root")
  func otherDatabase() throws {
    try withWorkflowProject { project in
      try project.write("db = \"file.sqlite\"\n", to: "benchdb.toml")
      try project.write("", to: "sub/file")
      func path(_ flag: String?, _ environment: [String: String] = [:]) throws -> String {
        let workspace = try Workspace(
          database: flag, color: nil, directory: project.path("sub"), environment: environment,
          streams: project.said.streams)
        return workspace.databasePath
      }
      #expect(try path(nil) == project.path("file.sqlite"))
      #expect(try path(nil, ["BENCHDB_DB": "env.sqlite"]) == project.path("env.sqlite"))
      #expect(try path("x.sqlite", ["BENCHDB_DB": "y"]) == project.path("sub/x.sqlite"))
      #expect(try path("../x.sqlite") == project.path("x.sqlite"))
      for text in [":memory:", "file:x.sqlite"] {
        expectFailure("'\(text)' is no path of a file") { _ = try path(text) }
      }
    }
  }

  @Test("a variable that is nearly a setting is pointed out, and one of the tool's own is not")
  func strangers() throws {
    try withWorkflowProject { project in
      _ = try project.workspace(
        environment: ["BENCHDB_FLOR": "3%", "BENCHDB_FULL_TESTS": "1", "BENCHDB_FLOOR": "3%"])
      #expect(
        project.said.takeNotes()
          == "BENCHDB_FLOR is not a setting of benchdb. Did you mean BENCHDB_FLOOR?")
    }
  }

  @Test("slips in benchdb.toml and in settings of every command are known at once")
  func slips() throws {
    try withWorkflowProject { project in
      expectFailure("--color: 'blue' is not a value for it; expected auto, always or never") {
        _ = try project.workspace(color: "blue")
      }
      expectFailure("BENCHDB_COMMIT_URL: 'x' is not a value") {
        _ = try project.workspace(environment: ["BENCHDB_COMMIT_URL": "x"])
      }
      try project.write("projct = 3\n", to: "benchdb.toml")
      expectFailure("unknown key projct") { _ = try project.workspace() }
      try Data([0xFF, 0xFE, 0x00]).write(to: project.root.appending(path: "benchdb.toml"))
      expectFailure("benchdb.toml can't be read") { _ = try project.workspace() }
    }
  }

  @Test("outside of a repository nothing is recorded, but another database can be read")
  func outside() throws {
    try withTemporaryDirectory { folder in
      let said = CapturedStreams()
      func workspace(_ database: String?) throws -> Workspace {
        try Workspace(
          database: database, color: nil, directory: folder.path, environment: [:],
          streams: said.streams)
      }
      #expect(throws: (any Error).self) { _ = try workspace(nil).openForWriting() }
      try workspace("x.sqlite").openForWriting().close()
      try workspace("x.sqlite").openForReading().close()
      #expect(throws: StoreError.self) { _ = try workspace("y.sqlite").openForReading() }
    }
  }

  @Test("whoever opens the database for writing marks runs whose recorder is gone")
  func abandonedRuns() throws {
    try withWorkflowProject { project in
      let commit = try project.commit("First")
      try project.record(Revision(commit: commit), status: .completed)
      let run = StoredExample.run()
      try project.withStore { try $0.begin(run) }
      _ = project.said.takeNotes()
      try project.workspace().openForWriting().close()
      #expect(
        project.said.takeNotes()
          == "Run \(run.shortID) had lost its recorder and is now marked as interrupted; "
          + "`benchdb record --resume` completes it.")
      #expect(!Workspace.isAlive(run))
    }
  }

  @Test("a project is called as its file says, or as its folder")
  func projectName() throws {
    try withWorkflowProject { project in
      #expect(try project.workspace().projectName == "project")
      try project.write("project = \"engine\"\n", to: "benchdb.toml")
      #expect(try project.workspace().projectName == "engine")
    }
  }

  @Test("what is checked out is dirty by its own changes, and never by the database")
  func checkedOut() throws {
    try withWorkflowProject { project in
      try project.write("1", to: "file")
      let commit = try project.commit("First")
      try project.withStore("kept.sqlite") { _ in }
      let workspace = try project.workspace(database: "kept.sqlite")
      #expect(try workspace.checkedOutRevision() == Revision(commit: commit))
      try project.write("2", to: "file")
      #expect(try workspace.checkedOutRevision().isDirty)
    }
  }
}
