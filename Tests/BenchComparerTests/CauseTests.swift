import BenchComparer
import BenchModel
import Testing

@Suite struct CauseTests {
  @Test("other instructions or allocations are other code")
  func code() {
    let cause = Cause(
      base: ProcessCounters(instructions: 1_000, allocations: 0, involuntarySwitches: 1),
      head: ProcessCounters(instructions: 1_120, allocations: 3, involuntarySwitches: 9))
    #expect(cause.kind == .code)
    #expect(
      cause.differences.map(\.counter) == ["instructions", "allocations", "involuntary switches"])
    #expect(cause.differences[0].relative == 0.12)
    #expect(cause.differences[1].relative == nil)
  }

  @Test("the same instructions are the machine's doing, and what happened to the code is told")
  func machine() {
    let quiet = ProcessCounters(instructions: 10_000, allocations: 5, minorFaults: 100)
    #expect(Cause(base: quiet, head: quiet).kind == .machine)
    #expect(Cause(base: quiet, head: quiet).differences.isEmpty)
    let busy = ProcessCounters(instructions: 10_009, allocations: 5, minorFaults: 400)
    let cause = Cause(base: quiet, head: busy)
    #expect(cause.kind == .machine)
    #expect(cause.differences.map(\.counter) == ["minor faults"])
  }

  @Test("without a count of instructions equal allocations prove nothing")
  func unknown() {
    let counters = ProcessCounters(allocations: 5)
    #expect(Cause(base: counters, head: counters).kind == .unknown)
    #expect(Cause(base: counters, head: ProcessCounters(allocations: 6)).kind == .code)
    #expect(Cause(base: counters, head: ProcessCounters()).kind == .unknown)
  }

  @Test("what varies by itself is no news")
  func tolerance() {
    let base = ProcessCounters(
      instructions: 1_000, involuntarySwitches: 0.2, minorFaults: 100)
    let head = ProcessCounters(
      instructions: 1_000, involuntarySwitches: 0.9, minorFaults: 140)
    #expect(Cause(base: base, head: head).differences.isEmpty)
  }
}
