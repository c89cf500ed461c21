import BenchRunner
import Testing

@Suite("Runner errors") struct RunnerErrorTests {
  @Test("An error says what happened, where, and what to do")
  func texts() {
    #expect(
      "\(RunnerError.executableNotFound("./suite"))"
        == "There is no executable ./suite. Build it first, or correct the path.")
    #expect(
      "\(RunnerError.unknownRevision("mian", suggestions: ["main"], isShallow: false))"
        == "There is no commit 'mian'. Did you mean main?")
    #expect(
      "\(RunnerError.buildFailed(command: ["make"], status: "ended with status 2", lastLines: "a\nb", log: "x.log"))"
        == "The build `make` ended with status 2. Its whole log: x.log\n  a\n  b")
    #expect(
      "\(RunnerError.unknownSuite("x\u{7}", suggestions: []))"
        == "There is no suite 'x\\u{7}'.")
  }
}
