import Foundation
import Testing

/// Answers that go to a file: what must not be lost is never replaced by one.
@Suite struct OutputFileTests {
  private static let commands = [
    ["export", "--output"], ["compare", "HEAD", "HEAD", "--comment"],
    ["compare", "HEAD", "HEAD", "--force", "--html"], ["trend", "--force", "--html"],
  ]

  @Test(
    "no answer replaces the database, what lies beside it, another database or benchdb.toml",
    arguments: commands)
  func protected(command: [String]) throws {
    try withProject { project in
      try project.record()
      let files = FileManager.default
      let root = project.root.path
      try files.createSymbolicLink(
        atPath: root + "/link", withDestinationPath: ".benchdb/results.sqlite")
      try files.linkItem(atPath: project.database.path, toPath: root + "/hard")
      try files.copyItem(atPath: project.database.path, toPath: root + "/old.sqlite")
      try files.createSymbolicLink(atPath: root + "/folder", withDestinationPath: ".benchdb")
      let database = try Data(contentsOf: project.database)
      let configuration = try project.text(of: "benchdb.toml")
      let flag = command.last ?? ""
      let forbidden: [(String, String)] = [
        (".benchdb/results.sqlite", "part of the results database"),
        ("folder/results.sqlite", "part of the results database"),
        (".benchdb/results.sqlite-wal", "part of the results database"),
        ("link", "part of the results database"), ("hard", "part of the results database"),
        ("old.sqlite", "a database of SQLite"), ("./benchdb.toml", "the configuration"),
      ]
      for (path, reason) in forbidden {
        let answer = try project.benchdb(command + [path])
        #expect(answer.status == 2, "\(path): \(answer)")
        #expect(
          answer.reason
            == "benchdb: \(flag): \(path) is \(reason), and would be lost; choose another file.")
      }
      #expect(try Data(contentsOf: project.database) == database)
      #expect(try project.text(of: "benchdb.toml") == configuration)
      #expect(try project.benchdb("list").status == 0)
    }
  }

  @Test("a link to a file stays one, and what is no file is written to and not replaced")
  func linksAndStreams() throws {
    try withProject { project in
      try project.record()
      try project.write("", to: "there.jsonl")
      try FileManager.default.createSymbolicLink(
        atPath: project.root.path + "/here.jsonl", withDestinationPath: "there.jsonl")
      #expect(try project.benchdb("export", "--output", "here.jsonl").status == 0)
      #expect(try project.text(of: "there.jsonl").hasPrefix("{"))
      let streamed = try project.benchdb("export", "--output", "/dev/stdout")
      #expect(streamed.status == 0 && streamed.output.hasPrefix("{"), "\(streamed)")
      let folder = try project.benchdb("export", "--output", ".")
      #expect(folder.status == 2 && folder.reason.contains("is a folder"), "\(folder)")
    }
  }
}
