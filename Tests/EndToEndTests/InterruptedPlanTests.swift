import BenchRunner
import BenchTestSupport
import Foundation
import Testing

/// What can end `record` before it measures, and what must not.
@Suite struct InterruptedPlanTests {
  @Test("a filter that is no regular expression is refused before anything is built")
  func invalidFilter() throws {
    try withProject { project in
      try project.write("echo built >>builds\nexit 7\n", to: "build.sh")
      let answer = try project.benchdb("record", "--filter", "(")
      #expect(answer.status == 2, "\(answer)")
      #expect(answer.reason.contains("is not a regular expression"), "\(answer)")
      #expect(!FileManager.default.fileExists(atPath: project.root.path + "/builds"))
    }
  }

  @Test("Ctrl-C ends the matching of a filter that would take for ever")
  func endlessFilter() throws {
    try withProject { project in
      let long = "throughput/" + String(repeating: "a", count: 60)
      let worker = try project.text(of: "worker.sh")
      try project.write(
        worker.replacing("throughput/'$name'", with: "\(long)'$name'"), to: "worker.sh")
      // The build is the last that can be seen from outside; listing takes some milliseconds more,
      // matching longer than anyone waits.
      let script = """
        "$@" & recorder=$!
        until [ -e built-worker ]; do kill -0 $recorder || exit 99; sleep 0.01; done
        sleep 0.5
        kill -s INT $recorder
        wait $recorder
        """
      let answer = try Answer(
        ChildProcess(
          [
            "sh", "-c", script, "sh", Executable.benchdb.path, "record", "--filter",
            "/(a|aa)+$(?!.)x",
          ], environment: Project.environment, workingDirectory: project.root.path, timeout: 60
        ).capture())
      #expect(answer.status == 130, "\(answer)")
      #expect(try project.rows("SELECT count(*) FROM run") == ["0"])
    }
  }

  @Test("a reader that goes away does not end recording")
  func reader() throws {
    try withProject { project in
      let script = #""$@" 2>&1 | true"#
      let both = try ChildProcess(
        ["sh", "-c", script, "sh", Executable.benchdb.path, "record"] + Project.small,
        environment: Project.environment, workingDirectory: project.root.path, timeout: 60
      ).capture()
      #expect(both.exit.isSuccess)
      #expect(try project.rows("SELECT status FROM run") == ["completed"])
    }
  }

  @Test("nothing need be Swift where nothing is")
  func noSwift() throws {
    try withProject { project in
      let folder = project.root.deletingLastPathComponent().appending(path: "bin")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      for name in ["git", "sh", "cp", "mv", "chmod", "awk", "grep"] {
        let path = try ChildProcess(["which", name]).capture().text
        try FileManager.default.createSymbolicLink(
          atPath: folder.appending(path: name).path, withDestinationPath: path)
      }
      try project.record(environment: ["PATH": folder.path])
      #expect(try project.rows("SELECT DISTINCT name FROM toolchain") == ["unknown"])
    }
  }

  @Test("an interrupted run is not completed by other executables")
  func otherCode() throws {
    try withProject { project in
      let log = project.root.appending(path: ".benchdb/workers.log").path
      let script = """
        "$@" & recorder=$!
        until [ "$(grep -c finished "$DEMO_LOG" 2>/dev/null)" -ge 3 ] 2>/dev/null
        do kill -0 $recorder || exit 99; sleep 0.01
        done
        kill -s INT $recorder
        wait $recorder
        """
      let command = ["record", "--profile", "smoke", "--processes", "50"]
      let interrupted = try ChildProcess(
        ["sh", "-c", script, "sh", Executable.benchdb.path] + command,
        environment: Project.environment.merging(["DEMO_LOG": log]) { $1 },
        workingDirectory: project.root.path, timeout: 60
      ).capture()
      try #require(interrupted.exit.ending == .exited(status: 130))
      // As if the compiler had been exchanged since.
      let builds = project.root.appending(path: ".benchdb/builds")
      for build in try FileManager.default.contentsOfDirectory(atPath: builds.path) {
        let file = try FileHandle(
          forWritingTo: builds.appending(path: build).appending(path: "built-worker"))
        try file.seekToEnd()
        try file.write(contentsOf: Data("# more\n".utf8))
        try file.close()
      }
      let answer = try project.benchdb("record", "--resume")
      #expect(answer.status == 2, "\(answer)")
      #expect(answer.reason.contains("differ from those that run"), "\(answer)")
    }
  }
}
