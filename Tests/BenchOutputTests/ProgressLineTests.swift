import BenchOutput
import Testing
import TextCoding

@Suite struct ProgressLineTests {
  @Test("The line says how far, what and how long, and fits every terminal")
  func text() {
    let line = ProgressLine(done: 10, total: 40, current: "throughput/grouped", elapsedSeconds: 83)
    #expect(
      line.text(width: 80) == "[█████░░░░░░░░░░░░░░░] 10/40  throughput/grouped  4 min 9 s left")
    for done in [0, 1, 39, 40, 41] {
      for width in 0...120 {
        let line = ProgressLine(
          done: done, total: 40, current: "a/\u{1B}[2J日本語", elapsedSeconds: 10)
        #expect(DisplayWidth.of(line.text(width: width)) <= width)
        #expect(!line.text(width: width).contains("\u{1B}"))
      }
    }
  }

  @Test("Nothing is estimated before something is done")
  func estimate() {
    #expect(ProgressLine(done: 0, total: 4, current: "", elapsedSeconds: 1).secondsLeft == nil)
    #expect(ProgressLine(done: 1, total: 4, current: "", elapsedSeconds: 2).secondsLeft == 6)
    #expect(ProgressLine(done: 5, total: 4, current: "", elapsedSeconds: 2).secondsLeft == 0)
    #expect(
      ProgressLine(done: 0, total: 0, current: "", elapsedSeconds: 0).text(width: 80)
        == "[░░░░░░░░░░░░░░░░░░░░] 0/0")
  }

  @Test("By default it shows on a terminal outside continuous integration")
  func isShown() {
    func shown(_ choice: ProgressLine.Choice, _ isTerminal: Bool, _ variables: [String: String])
      -> Bool
    {
      ProgressLine.isShown(choice: choice, isTerminal: isTerminal, environment: variables)
    }
    #expect(shown(.auto, true, [:]))
    #expect(shown(.auto, true, ["CI": "false"]))
    #expect(!shown(.auto, true, ["CI": "true"]))
    #expect(!shown(.auto, true, ["TERM": "dumb"]))
    #expect(!shown(.auto, false, [:]))
    #expect(shown(.always, false, ["CI": "true"]))
    #expect(!shown(.never, true, [:]))
  }
}
