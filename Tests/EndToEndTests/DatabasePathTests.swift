import BenchRunner
import BenchTestSupport
import Foundation
import Testing

/// Where `--db` may point, and what it may not do.
@Suite struct DatabasePathTests {
  @Test(
    "however its path is written, a database in the tree makes no change of it",
    arguments: ["kept.sqlite", "./kept.sqlite", "sub/../kept.sqlite"])
  func isNoChange(path: String) throws {
    try withProject { project in
      try FileManager.default.createDirectory(
        at: project.root.appending(path: "sub"), withIntermediateDirectories: true)
      for _ in 0..<2 {
        let record = try project.benchdb("record", "--profile", "smoke", "--db", path)
        #expect(record.status == 0, "\(record)")
      }
      let list = try project.benchdb("list", "--db", path)
      #expect(!list.output.contains("*"), "\(list)")
      #expect(list.output.split(separator: "\n").count == 3, "\(list)")
    }
  }

  @Test("what is no file is refused", arguments: [":memory:", "file:x.sqlite?mode=memory"])
  func noFile(path: String) throws {
    try withProject { project in
      let record = try project.benchdb("record", "--db", path)
      #expect(record.status == 2, "\(record)")
      #expect(record.reason.contains("is no path of a file"), "\(record)")
    }
  }

  @Test("a path with two dots is a file before it is a range of commits")
  func relativeFile() throws {
    try withProject { project in
      try project.record("--db", "kept.sqlite")
      let sub = project.root.appending(path: "sub")
      try FileManager.default.createDirectory(at: sub, withIntermediateDirectories: true)
      let compared = try project.benchdb(
        "compare", "--db", "../kept.sqlite", "../kept.sqlite", in: sub)
      #expect(compared.status == 0, "\(compared)")
      #expect(compared.output.contains("its latest run"), "\(compared)")
    }
  }

  @Test("an answer that can't be written is an error")
  func fullOutput() throws {
    try withProject { project in
      try project.record()
      let script = "\"$1\" list > /dev/full"
      let answer = try Answer(
        ChildProcess(
          ["sh", "-c", script, "sh", Executable.benchdb.path], environment: Project.environment,
          workingDirectory: project.root.path, timeout: 60
        ).capture())
      #expect(answer.status == 2, "\(answer)")
      #expect(answer.reason.contains("could not be written"), "\(answer)")
    }
  }

  @Test("a baseline can't hide a revision")
  func baselineNames() throws {
    try withProject { project in
      try project.record()
      let answer = try project.benchdb("baseline", "set", "HEAD")
      #expect(answer.status == 2, "\(answer)")
      #expect(answer.reason.contains("is a git revision already"), "\(answer)")
    }
  }
}
