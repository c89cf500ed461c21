import BenchComparer
import BenchModel
import Foundation
import Testing

@Suite("Accepted changes")
struct AcceptingTests {
  private let today = Day("2026-11-23")!

  private func row(_ answer: ComparisonRow.Answer, metric: Metric = Metric.cpu.gated(true))
    -> ComparisonRow
  {
    ComparisonRow(
      key: SeriesKey(benchmark: BenchmarkKey(id: "a/b"), metric: metric.name), metric: metric,
      source: nil, base: nil, head: nil, answer: answer)
  }

  private func change(_ lower: Double, _ upper: Double) -> Change {
    Change(estimate: (lower + upper) / 2, lower: lower, upper: upper, smallestDetectable: 0.02)
  }

  private func acceptance(
    size: Double, until: String? = nil, metric: String = "cpu"
  ) -> Acceptance {
    Acceptance(
      series: SeriesKey(benchmark: BenchmarkKey(id: "a/b"), metric: metric), from: "aa", to: "bb",
      size: size, author: "Ada", accepted: today, until: until.flatMap(Day.init))
  }

  private func judged(_ row: ComparisonRow, _ acceptances: [Acceptance]) -> Comparison {
    Comparison(
      mode: .stored, rule: ComparisonRule(), rows: [row], counts: ComparisonCounts(of: [row]),
      warnings: []
    ).accepting(acceptances, on: today)
  }

  @Test("a change within what was accepted is not red, one surely beyond it is")
  func size() {
    for (lower, upper, standing) in [
      (0.06, 0.09, AcceptedChange.Standing.inForce), (0.09, 0.12, .inForce),
      (0.0921, 0.12, .exceeded), (0.5, 0.6, .exceeded),
    ] {
      let result = judged(row(.judged(.slower(change(lower, upper)))), [acceptance(size: 0.092)])
      #expect(result.rows[0].acceptance?.standing == standing, "\(lower)")
      #expect(result.counts[.slower] == (standing == .inForce ? 0 : 1))
      #expect(result.counts[.accepted] == (standing == .inForce ? 1 : 0))
      #expect(result.counts.judged == 1)
    }
  }

  @Test("an exact count may go beyond by its tolerance, and no further")
  func tolerance() {
    let metric = Metric.allocations.gated(true, judgement: .exact(tolerance: 0.01))
    for (value, isRed) in [(0.10, false), (0.11, false), (0.112, true)] {
      let result = judged(
        row(.judged(.slower(change(value, value))), metric: metric),
        [acceptance(size: 0.1, metric: "allocations")])
      #expect((result.counts[.slower] == 1) == isRed, "\(value)")
    }
  }

  @Test("it holds through its last day")
  func until() {
    for (day, isRed) in [("2026-11-22", true), ("2026-11-23", false), ("2026-11-24", false)] {
      let result = judged(
        row(.judged(.slower(change(0.06, 0.09)))), [acceptance(size: 0.1, until: day)])
      #expect((result.counts[.slower] == 1) == isRed, "\(day)")
    }
  }

  @Test("of several the one that helps most counts")
  func several() {
    let slower = row(.judged(.slower(change(0.06, 0.09))))
    let all = [
      acceptance(size: 0.5, until: "2020-01-01"), acceptance(size: 0.01), acceptance(size: 0.1),
    ]
    for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
      let result = judged(slower, order.map { all[$0] })
      #expect(result.rows[0].acceptance?.standing == .inForce)
      #expect(result.rows[0].acceptance?.acceptance.size == 0.1)
    }
  }

  @Test("other series, shown metrics and good news are left as they are")
  func others() {
    let other = Acceptance(
      series: SeriesKey(benchmark: BenchmarkKey(id: "a/c"), metric: "cpu"), from: "a", to: "b",
      size: 1, author: "Ada", accepted: today)
    let slower = ComparisonRow.Answer.judged(.slower(change(0.06, 0.09)))
    #expect(judged(row(slower), [other]).counts[.slower] == 1)
    #expect(judged(row(slower, metric: .cpu), [acceptance(size: 1)]).rows[0].acceptance == nil)
    let faster = row(.judged(.faster(change(-0.2, -0.1))))
    #expect(judged(faster, [acceptance(size: 1)]).rows[0].acceptance == nil)
  }

  @Test("what is accepted is the interval's end, but no more than twice the estimate")
  func acceptedSize() {
    #expect(change(0.061, 0.0923).acceptedSize == 0.0923)
    #expect(change(0.06, 0.09231).acceptedSize == 0.0924)
    let wide = Change(estimate: 0.25, lower: 0.07, upper: 14, smallestDetectable: 0.1)
    #expect(wide.acceptedSize == 0.5)
    let endless = Change(estimate: 3, lower: 3, upper: .infinity, smallestDetectable: 0)
    #expect(endless.acceptedSize == 6)
  }

  @Test("only days of the calendar are days")
  func days() {
    for text in ["2026-02-28", "2024-02-29", "0001-01-01", "9999-12-31"] {
      #expect(Day(text)?.description == text)
    }
    for text in ["2026-02-29", "2026-2-3", "26-02-03", "2026-13-01", "tomorrow", "", "2026-11-23 "]
    {
      #expect(Day(text) == nil, "\(text)")
    }
    #expect(Day(Date(timeIntervalSince1970: 86_399)).description == "1970-01-01")
  }
}

@Suite("Exact counts across machine classes")
struct AcrossMachinesTests {
  private func machine(_ cpu: String, architecture: String = "x86_64") -> MachineClass {
    MachineClass(
      architecture: architecture, cpuModel: cpu, cores: 2, memoryBucketGiB: 16, system: "Linux 6")
  }

  private func series(_ metric: Metric, _ value: Double, on machine: MachineClass) -> SeriesData {
    let processes = (0..<2).map {
      ProcessStatistic(value: value, samples: 3, binaryHash: machine.cpuModel, order: $0)
    }
    return SeriesData(
      key: SeriesKey(benchmark: BenchmarkKey(id: "a/b"), metric: metric.name), metric: metric,
      version: 1, machine: machine,
      sessions: [SeriesSession(id: UUID(), started: Date(), processes: processes)])
  }

  private let allocations = Metric.allocations.gated(true, judgement: .exact(tolerance: 0.01))

  private func answers(
    _ metric: Metric, base: MachineClass, across: Bool = true, value: Double = 12
  ) -> Comparison {
    Comparer().compare(
      base: [series(metric, 10, on: base)], head: [series(metric, value, on: machine("Xeon"))],
      identicalCode: [], exactAcrossMachines: across)
  }

  @Test("counts of another class are compared where that was asked for, and it is said")
  func compares() {
    let result = answers(allocations, base: machine("EPYC"))
    #expect(result.counts[.slower] == 1)
    #expect(
      result.warnings == [
        .countedElsewhere(series: 1, ["CPU model differs (EPYC against Xeon)"])
      ])
    #expect(answers(allocations, base: machine("EPYC"), value: 10).counts[.noChange] == 1)
  }

  @Test("otherwise they are not, and neither are times or counts of another architecture")
  func refuses() {
    #expect(answers(allocations, base: machine("EPYC"), across: false).counts.judged == 0)
    #expect(answers(Metric.cpu.gated(true), base: machine("EPYC")).counts.judged == 0)
    let other = machine("M1", architecture: "aarch64")
    #expect(answers(allocations, base: other).counts.notJudged == [.otherMachine: 1])
  }
}
