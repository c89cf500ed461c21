import BenchComparer
import BenchModel
import Testing

@Suite("Unchanged work") struct UnchangedWorkTests {
  /// A comparison of one duration that moved by `change`, with instruction counts of both sides.
  private func compared(
    change: Double, instructions: (base: [Double], head: [Double])?,
    metric: Metric = .cpu.gated(true)
  ) -> Comparison {
    // Five sessions a side, so that a change of a few per cent can convict.
    func sessions(_ middle: Double) -> [SeriesSession] {
      (0..<5).map { session(quiet(middle * (1 + Double($0) * 1e-4))) }
    }
    var base = [series(sessions(1_000), metric: metric)]
    var head = [series(sessions(1_000 * (1 + change)), metric: metric)]
    if let instructions {
      base.append(series(instructions.base, metric: .instructions))
      head.append(series(instructions.head, metric: .instructions))
    }
    let group = IdenticalCodeGroup(
      series: key(metric: metric.name),
      sessions: (0..<12).map { session(quiet(1_000 * (1 + Double($0 % 3) * 1e-4)), binary: "a") })
    return compare(base, head, identicalCode: [group])
  }

  @Test(
    "a duration that moved by less than 5 % with the same instructions is layout or machine",
    arguments: [0.04, -0.04])
  func layout(change: Double) throws {
    let without = compared(change: change, instructions: nil)
    #expect(
      without.counts[.suspectedSlower] + without.counts[.suspectedFaster] == 1,
      "the change itself is found")
    let with = compared(change: change, instructions: ([5_000, 5_001], [5_002, 5_003]))
    #expect(with.counts[.layoutOrMachine] == 1)
    #expect(with.counts[.suspectedSlower] + with.counts[.suspectedFaster] == 0)
    guard case .layoutOrMachine(let explained)? = with.verdict else {
      Issue.record("\(with.verdict as Any)")
      return
    }
    #expect(abs(explained.estimate - change) < 0.005)
  }

  @Test("a larger move stays what it is, and so does one whose instructions changed")
  func code() {
    let large = compared(change: 0.08, instructions: ([5_000, 5_000], [5_000, 5_000]))
    #expect(large.counts[.suspectedSlower] == 1 && large.counts[.layoutOrMachine] == 0)
    let other = compared(change: 0.04, instructions: ([5_000, 5_000], [5_010, 5_010]))
    #expect(other.counts[.suspectedSlower] == 1 && other.counts[.layoutOrMachine] == 0)
  }

  @Test("a count on one side only, or of another benchmark, explains nothing")
  func unrelated() {
    let one = compared(change: 0.04, instructions: ([5_000], [5_000]))
    #expect(one.counts[.suspectedSlower] == 1, "one process is not judged")
    let empty = compared(change: 0.04, instructions: ([0, 0], [0, 0]))
    #expect(empty.counts[.suspectedSlower] == 1, "a count of nothing is no count")
  }

  @Test("amounts are not excused by equal instructions")
  func amounts() {
    let bytes = Metric(name: "peak live heap", unit: .bytes, isGate: true)
    let more = compared(
      change: 0.04, instructions: ([5_000, 5_000], [5_000, 5_000]), metric: bytes)
    #expect(more.counts[.suspectedSlower] == 1 && more.counts[.layoutOrMachine] == 0)
  }

  @Test("an explanation takes counters, share of CPU time and circumstances from both sides")
  func explanation() throws {
    var before = MachineState()
    before.kernel = "6.1"
    var after = before
    after.kernel = "6.2"
    func side(_ state: MachineState, cpu: Double, allocations: Double) -> [SeriesData] {
      [
        series([session(quiet(cpu), binary: "\(cpu)", state: state)], metric: .cpu.gated(true)),
        series([session(quiet(1_000), binary: "\(cpu)", state: state)], metric: .wall),
        series(
          [session([allocations, allocations], binary: "\(cpu)", state: state)],
          metric: .allocations),
      ]
    }
    let base = side(before, cpu: 990, allocations: 10)
    let head = side(after, cpu: 500, allocations: 12)
    let comparison = compare(base, head)
    let explanation = Explanation(
      of: key().benchmark, in: comparison, base: base, head: head, machine: machine())
    #expect(explanation.rows.count == 3)
    #expect(explanation.cause.kind == .code)
    #expect(explanation.cause.differences.map(\.counter) == ["allocations", "share of CPU time"])
    #expect(explanation.outcome == .changed)
    #expect(
      explanation.circumstances == [.stateChanged(fact: "kernel", base: "6.1", head: "6.2")])
    let same = Explanation(
      of: key().benchmark, in: compare(base, base), base: base, head: base, machine: machine())
    #expect(same.cause.kind == .identicalCode && same.outcome == .unchanged)
  }
}
