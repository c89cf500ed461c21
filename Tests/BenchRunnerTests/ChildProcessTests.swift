import BenchRunner
import Testing

@Suite struct ChildProcessTests {
  @Test("A program's status and output come back")
  func capture() throws {
    let child = try ChildProcess(["sh", "-c", "echo out; echo bad >&2; exit 3"]).capture()
    #expect(child.exit.ending == .exited(status: 3))
    #expect(child.text == "out")
    #expect(child.standardError == "bad\n")
  }
}
