import BenchOutput
import Testing

@Suite("Progress of paired comparisons") struct PairedProgressLineTests {
  private let line = PairedProgressLine(
    round: 7, rounds: 30, undecided: 3, current: "throughput/grouped records=100000",
    secondsLeft: 250)

  @Test("It says the round, what is open, how long at most, and what runs")
  func text() {
    #expect(
      line.text(width: 120)
        == "round 7 of 30 · 3 benchmarks undecided · at most 4 min 10 s left · throughput/grouped records=100000"
    )
    let first = PairedProgressLine(
      round: 1, rounds: 30, undecided: 1, current: "a/b", secondsLeft: nil)
    #expect(first.text(width: 80) == "round 1 of 30 · 1 benchmark undecided · a/b")
    #expect(first.redrawn(width: 80) == "\rround 1 of 30 · 1 benchmark undecided · a/b\u{1B}[K")
  }

  @Test("It never exceeds the width, and keeps the round longest", arguments: 12...110)
  func fits(width: Int) {
    let text = line.text(width: width)
    #expect(text.count <= width)
    #expect(text.hasPrefix(width >= 13 ? "round 7 of 30" : "round"))
  }
}
