import BenchOutput
import BenchTestSupport
import BenchWorkflows
import Foundation
import Testing

@Suite("Files that answers are written to")
struct PageFileTests {
  private let protectedNames = [".benchdb/results.sqlite", "benchdb.toml", "other.sqlite", "link"]

  private func withProtectedFiles(_ body: (WorkflowProject, Workspace) throws -> Void) throws {
    try withWorkflowProject { project in
      try project.write("", to: "benchdb.toml")
      try project.withStore { _ in }
      try project.withStore("other.sqlite") { _ in }
      try FileManager.default.createSymbolicLink(
        atPath: project.path("link"), withDestinationPath: project.path("benchdb.toml"))
      try body(project, project.workspace())
    }
  }

  @Test("no answer replaces a database, the configuration, or what leads to them")
  func protected() throws {
    try withProtectedFiles { project, workspace in
      let reasons = [
        "part of the results database", "the configuration", "a database of SQLite",
        "the configuration",
      ]
      for (name, reason) in zip(protectedNames, reasons) {
        let path = project.path(name)
        let before = try Data(contentsOf: URL(filePath: path))
        let refusal = "--output: \(path) is \(reason), and would be lost; choose another file."
        expectFailure(refusal) {
          _ = try OutputFile(path, of: "--output", sparing: ProtectedFiles(of: workspace))
        }
        expectFailure(refusal.replacing("--output", with: "--html")) {
          _ = try PageFile(path, replacesAnyFile: true, in: workspace)
        }
        expectFailure(refusal.replacing("--output", with: "--comment")) {
          _ = try CommentFile(path, in: workspace)
        }
        #expect(try Data(contentsOf: URL(filePath: path)) == before)
      }
    }
  }

  @Test("what the command reads is not replaced, nor a folder")
  func inputs() throws {
    try withProtectedFiles { project, workspace in
      try project.write("report", to: "mine.report")
      let protected = ProtectedFiles(of: workspace, reading: [project.path("mine.report")])
      expectFailure("is what the answer is made from") {
        _ = try OutputFile(project.path("mine.report"), of: "--output", sparing: protected)
      }
      expectFailure("is a folder; name a file in it") {
        _ = try OutputFile(project.root.path, of: "--output", sparing: protected)
      }
      expectFailure("can't be written; check its folder") {
        _ = try OutputFile(project.path("no/x"), of: "--output", sparing: protected)
      }
    }
  }

  @Test("a file has its name when it is whole, and until then what was there stays")
  func wholeOrNothing() throws {
    try withProtectedFiles { project, workspace in
      try project.write("before", to: "answer")
      let protected = ProtectedFiles(of: workspace)
      do {
        let file = try OutputFile(project.path("answer"), of: "--output", sparing: protected)
        try file.write(Array("half".utf8))
        #expect(try project.text(of: "answer") == "before")
      }
      #expect(try project.text(of: "answer") == "before")
      let file = try OutputFile(project.path("answer"), of: "--output", sparing: protected)
      try file.write(Array("whole".utf8))
      try file.close()
      #expect(try project.text(of: "answer") == "whole")
      let names = try FileManager.default.contentsOfDirectory(atPath: project.root.path)
      #expect(names.filter { $0.hasPrefix(".answer") } == [])
    }
  }

  @Test("a link stays one: what it leads to is replaced")
  func links() throws {
    try withProtectedFiles { project, workspace in
      try project.write("before", to: "real")
      try FileManager.default.createSymbolicLink(
        atPath: project.path("alias"), withDestinationPath: project.path("real"))
      let file = try OutputFile(
        project.path("alias"), of: "--output", sparing: ProtectedFiles(of: workspace))
      try file.write(Array("after".utf8))
      try file.close()
      #expect(try project.text(of: "real") == "after")
      #expect(
        try FileManager.default.destinationOfSymbolicLink(atPath: project.path("alias"))
          == project.path("real"))
    }
  }

  @Test("a page replaces a page or an empty file, and anything else only by force")
  func pages() throws {
    try withWorkflowProject { project in
      let workspace = try project.workspace()
      #expect(try PageFile(nil, replacesAnyFile: false, in: workspace) == nil)
      try project.write("", to: "empty.html")
      try project.write("<!-- \(PageSignature.text) -->", to: "page.html")
      try project.write("my diary", to: "diary.html")
      for name in ["new.html", "empty.html", "page.html"] {
        #expect(try PageFile(project.path(name), replacesAnyFile: false, in: workspace) != nil)
      }
      expectFailure("diary.html is there already and is not a page of benchdb") {
        _ = try PageFile(project.path("diary.html"), replacesAnyFile: false, in: workspace)
      }
      let page = try #require(
        try PageFile(project.path("diary.html"), replacesAnyFile: true, in: workspace))
      try page.write { try $0.write(Array("page".utf8)) }
      #expect(try project.text(of: "diary.html") == "page")
      #expect(project.said.takeNotes() == "The page is in \(project.path("diary.html")).")
    }
  }

  @Test("a comment's file comes from the flag, or from a setting")
  func comment() throws {
    try withWorkflowProject { project in
      #expect(try CommentFile(nil, in: project.workspace()) == nil)
      let path = project.path("comment.md")
      let set = try project.workspace(environment: ["BENCHDB_COMMENT": path])
      try #require(try CommentFile(nil, in: set)).write("# Comparison\n")
      #expect(try project.text(of: "comment.md") == "# Comparison\n")
    }
  }
}
