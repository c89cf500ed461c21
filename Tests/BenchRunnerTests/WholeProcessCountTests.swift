import BenchModel
import BenchRunner
import BenchTestSupport
import Foundation
import Testing

/// Tests that run Valgrind are skipped where it is missing, since the tests do not require it.
@Suite(
  "Whole-process counts", .enabled(if: CallgrindTests.isInstalled, "valgrind is not installed"))
struct WholeProcessCountTests {
  private let benchmark = BenchmarkDeclaration(
    key: BenchmarkKey(id: "suite/one"), metrics: [.wall.gated(true)])

  /// Counts a script by the system's shell, or by a copy of it where benchdb keeps what it built.
  private func count(
    _ script: String, isCopied: Bool = false, timeout: Double = 60
  ) throws -> WholeProcessCount.Outcome {
    try withTemporaryDirectory { folder in
      let file = folder.appending(path: "worker.sh")
      try Data(script.utf8).write(to: file)
      let storage = folder.appending(path: "store 100%").path
      var shell = "/bin/sh"
      if isCopied {
        try FileManager.default.createDirectory(
          atPath: storage + "/builds", withIntermediateDirectories: true)
        let original = URL(filePath: shell).resolvingSymlinksInPath().path
        shell = storage + "/builds/shell"
        try FileManager.default.copyItem(atPath: original, toPath: shell)
      }
      let outcome = try WholeProcessCount(
        WorkerProcess(command: [shell, file.path]), storage: storage
      ).count(benchmark, timeout: timeout)
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: storage + "/callgrind").isEmpty)
      return outcome
    }
  }

  @Test("a worker that knows nothing of callgrind is counted, twice the work as twice as much")
  func counts() throws {
    guard case .counted(let once) = try count(FixedWorkScript.text(turns: 100)),
      case .counted(let twice) = try count(FixedWorkScript.text(turns: 200), isCopied: true)
    else {
      Issue.record("not counted")
      return
    }
    #expect(once.instructions > 1_000)
    #expect((1.5...2.1).contains(twice.instructions / once.instructions))
    #expect(once.iterations >= 2)
  }

  @Test("the programs that a worker starts count, too")
  func children() throws {
    let worker = FixedWorkScript.text(turns: 1).replacing(
      "turn=0", with: "turn=0; /bin/sh -c 'i=0; while [ $i -lt 500 ]; do i=$((i + 1)); done'")
    guard case .counted(let alone) = try count(FixedWorkScript.text(turns: 1)),
      case .counted(let withChild) = try count(worker)
    else {
      Issue.record("not counted")
      return
    }
    #expect(withChild.instructions > 10 * alone.instructions)
  }

  @Test("a worker that fails, or is too slow, is not counted, and why is said")
  func failures() throws {
    #expect(
      try count(FixedWorkScript.text(turns: 1, after: "exit 3"))
        == .impossible("under callgrind it ended with status 3"))
    #expect(
      try count("read -r request; sleep 60", timeout: 1)
        == .impossible("under callgrind it takes longer than 1 s"))
  }
}
