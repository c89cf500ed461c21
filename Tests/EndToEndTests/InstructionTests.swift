import BenchRunner
import Foundation
import Testing

/// `--counter instructions`, on compiled benchmarks. A machine that counts instructions itself
/// needs no valgrind; where both are missing, so are the tests that count.
@Suite struct InstructionTests {
  private static let hasValgrind =
    (try? ChildProcess(["valgrind", "--version"]).capture().exit.isSuccess) ?? false

  @Test(
    "instructions are counted exactly: every process and every recording of a build says the same",
    .enabled(if: hasValgrind, "valgrind is not installed"))
  func exact() throws {
    try withProject { project in
      try project.measureFixture()
      for _ in 0..<2 {
        let record = try project.benchdb(
          ["record"] + Project.fixture + ["--counter", "instructions", "--all"])
        #expect(record.status == 0, "\(record)")
        #expect(record.output.contains("· instructions"), "\(record)")
      }
      let spreads = try project.rows(
        """
        SELECT count(*) AS processes, max(measurement.median) - min(measurement.median) <=
          0.001 * min(measurement.median) AS agree
        FROM measurement JOIN series ON series.id = measurement.series_id
        WHERE series.metric = 'instructions' GROUP BY series.id
        """)
      #expect(spreads == ["4,1"] || spreads == ["8,1"], "\(spreads)")
      let left = project.root.appending(path: ".benchdb/callgrind")
      let folders = (try? FileManager.default.contentsOfDirectory(atPath: left.path)) ?? []
      #expect(folders.isEmpty, "the prepared copies are removed")
      let why = try project.benchdb("show", "good/objects", "--why", "HEAD", "HEAD")
      #expect(why.output.contains("both sides ran the same executable"), "\(why)")
    }
  }

  @Test("without valgrind, and on a machine that counts nothing itself, it says what to install")
  func missing() throws {
    try withProject { project in
      try project.measureFixture()
      let programs = project.root.appending(path: ".benchdb/path", directoryHint: .isDirectory)
      try FileManager.default.createDirectory(at: programs, withIntermediateDirectories: true)
      for name in ["git", "cp"] {
        try FileManager.default.createSymbolicLink(
          atPath: programs.appending(path: name).path,
          withDestinationPath: try project.path(of: name))
      }
      let answer = try project.benchdb(
        ["record"] + Project.fixture,
        environment: ["PATH": programs.path, "BENCHDB_COUNTER": "instructions"])
      if answer.status != 0 {
        #expect(answer.status == 2, "\(answer)")
        #expect(
          answer.reason.contains("apt-get install valgrind")
            || answer.reason.contains("compiled without valgrind's header"), "\(answer)")
        #expect(try project.rows("SELECT count(*) FROM run") == ["0"])
      }
    }
  }

  @Test("a worker that does not know how is not counted, and that is said; other names are refused")
  func others() throws {
    try withProject { project in
      let answer = try project.benchdb(
        "record", "--profile", "smoke", "--counter", "instructions")
      #expect(answer.status == 2, "\(answer)")
      #expect(answer.reason.contains("The instructions of"), "\(answer)")
      #expect(answer.reason.contains("declares the metric 'instructions'"), "\(answer)")
      let wrong = try project.benchdb("record", "--counter", "cycles")
      #expect(wrong.status == 2, "\(wrong)")
      #expect(wrong.reason.contains("--counter: 'cycles' is not a value for it"), "\(wrong)")
      let resumed = try project.benchdb("record", "--resume", "--counter", "instructions")
      #expect(resumed.reason.contains("--counter can't be given with --resume"), "\(resumed)")
    }
  }
}

extension Project {
  /// One compiled benchmark, measured quickly.
  fileprivate static let fixture = ["--profile", "smoke", "--suite", "good", "--filter", "objects"]

  fileprivate func measureFixture() throws {
    try write(
      """
      [[executable]]
      build = ["cp", "\(Executable.fixtureWorker.path)", "built-fixture"]
      path = "built-fixture"

      """, to: "benchdb.toml")
    try write("built-*\n.benchdb/\n", to: ".gitignore")
    try commit("Measure something compiled")
  }

  fileprivate func path(of program: String) throws -> String {
    try ChildProcess(["sh", "-c", "command -v \(program)"]).capture().text
  }
}
