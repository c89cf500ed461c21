import BenchComparer
import BenchModel
import BenchOutput
import Testing

@Suite struct PairedWordsTests {
  @Test("a shift that no code made is called layout or machine")
  func layoutOrMachine() {
    let change = Change(estimate: 0.03, lower: 0.02, upper: 0.04, smallestDetectable: 0.02)
    #expect(
      AnswerText.text(.layoutOrMachine(change), of: .wall)
        == "layout or machine: 3.0 % (2.0–4.0), and the instructions are the same")
    #expect(AnswerKind.layoutOrMachine.role == .warning)
    #expect(
      AnswerText.text(.codeOrLayout(change, isCounted: true), of: .wall)
        == "code or layout: 3.0 % (2.0–4.0), and the instructions do not bear it out")
    #expect(
      AnswerText.text(.codeOrLayout(change, isCounted: false), of: .wall)
        == "code or layout: 3.0 % (2.0–4.0), and no instructions were counted")
  }

  @Test("a session that cannot be trusted says which series gave it away")
  func control() {
    let key = SeriesKey(benchmark: BenchmarkKey(id: "suite/one"), metric: "wall")
    #expect(
      WarningText.text(.controlDiffers([key]))
        == "a second copy of the base differed from the base in suite/one · wall: "
        + "nothing of this session can be trusted")
    #expect(
      WarningText.text(.endedEarly(rounds: 12, planned: 30))
        == "the session ended after 12 rounds of 30: more may decide what is open")
  }

  @Test("the cause is one sentence")
  func cause() {
    let code = Cause(
      base: ProcessCounters(instructions: 1_000, allocations: 0),
      head: ProcessCounters(instructions: 1_120, allocations: 3))
    #expect(
      CauseText.sentence(code)
        == "The code changed: 12.0 % more instructions and 3.00 allocations (from none).")
    let same = ProcessCounters(instructions: 1_000, minorFaults: 10)
    let busy = ProcessCounters(instructions: 1_000, minorFaults: 40)
    #expect(
      CauseText.sentence(Cause(base: same, head: busy))
        == "The machine or the code's layout changed, not its work: the instructions are the same; "
        + "300 % more minor faults.")
    #expect(
      CauseText.sentence(Cause(base: ProcessCounters(), head: ProcessCounters()))
        == "Whether the code or the machine changed is not known: instructions were not counted.")
  }
}
