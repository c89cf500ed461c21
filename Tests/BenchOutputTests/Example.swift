import BenchComparer
import BenchModel
import BenchOutput
import Foundation

/// Values that the tests of this target share.
enum Example {
  static let wall = Metric.wall.gated(true)

  static func change(_ lower: Double, _ upper: Double) -> Change {
    Change(
      estimate: (lower + upper) / 2, lower: lower, upper: upper, smallestDetectable: 0.02)
  }

  static func row(
    _ name: String, _ answer: ComparisonRow.Answer, metric: Metric = wall, base: Double? = 31.2e6,
    head: Double? = 33.6e6
  ) -> ComparisonRow {
    func side(_ value: Double) -> SideSummary {
      SideSummary(value: value, processes: 10, sessions: 1, samples: 200)
    }
    return ComparisonRow(
      key: SeriesKey(benchmark: BenchmarkKey(id: name), metric: metric.name), metric: metric,
      source: SourceLocation(file: "Sources/Suite.swift", line: 12), base: base.map(side),
      head: head.map(side), answer: answer)
  }

  static func counts(
    slower: Int = 0, faster: Int = 0, suspectedSlower: Int = 0,
    suspectedFaster: Int = 0, unchanged: Int = 0, undecided: Int = 0, identical: Int = 0,
    notJudged: [AnswerKind: Int] = [:], shown: Int = 0, detectable: ClosedRange<Double>? = nil
  ) -> ComparisonCounts {
    let judged: [AnswerKind: Int] = [
      .slower: slower, .faster: faster, .suspectedSlower: suspectedSlower,
      .suspectedFaster: suspectedFaster, .noChange: unchanged, .inconclusive: undecided,
      .identicalCode: identical,
    ]
    return ComparisonCounts(
      judged.merging(notJudged, uniquingKeysWith: +), shown: shown, smallestDetectable: detectable)
  }

  static func comparison(
    mode: Comparison.Mode = .stored, rows: [ComparisonRow] = [], counts: ComparisonCounts,
    warnings: [ComparisonWarning] = []
  ) -> Comparison {
    Comparison(
      mode: mode, rule: ComparisonRule(), rows: rows, counts: counts, warnings: warnings)
  }

  static let setting = ComparisonSetting(
    base: SideDescription(shortHash: "91be037", name: "HEAD~1", processes: 10),
    head: SideDescription(shortHash: "4f2c1aa", name: "HEAD", processes: 10),
    machine: "AMD EPYC, 2 cores, Linux 6",
    next: ["benchdb show throughput/grouped"])

  /// The example of the documentation: one slower series, thirty-three unchanged, two new.
  static let simple: Comparison = {
    let unchanged = (1...33).map {
      row("latency/step\($0)", .judged(.noChange(change(-0.01, 0.012), largerThan: 0.024)))
    }
    let new = ["memory/a", "memory/b"].map { row($0, .notJudged(.new), base: nil) }
    return comparison(
      mode: .paired,
      rows: [row("throughput/grouped", .judged(.slower(change(0.061, 0.092))))]
        + unchanged + new,
      counts: counts(
        slower: 1, unchanged: 33, notJudged: [.new: 2], detectable: 0.011...0.030))
  }()

  /// Every answer a row can have, names that are long, wide and hostile, and every warning.
  static let everything: Comparison = {
    let answers: [ComparisonRow.Answer] = [
      .judged(.slower(change(0.061, 0.092))),
      .judged(.suspectedSlower(change(0.004, 0.058), moreProcesses: 24)),
      .judged(.suspectedSlower(change(-0.004, 0.051), moreProcesses: nil)),
      .judged(.suspectedFaster(change(-0.05, -0.01), moreProcesses: 1)),
      .judged(.faster(change(-0.081, -0.042))),
      .judged(.inconclusive(change(-0.02, 0.058), moreProcesses: 24)),
      .judged(.inconclusive(change(-0.1, 0.1), moreProcesses: nil)),
      .judged(.noChange(change(-0.01, 0.012), largerThan: 0.012)), .judged(.identicalCode(nil)),
      .notJudged(.new), .notJudged(.gone),
      .notJudged(.failed(side: .head, ["timed out after 30 s", "timed out after 30 s"])),
      .notJudged(.failed(side: .base, ["signal 11"])),
      .notJudged(.otherMachine(["CPU model differs (AMD EPYC against Intel Xeon)"])),
      .notJudged(.versionChanged(base: 1, head: 2)), .notJudged(.summaryOnly),
      .notJudged(.oneProcess(side: .both)), .notJudged(.otherUnit(base: "ns", head: "B")),
      .notJudged(.otherDuration(base: [0.02], head: [0.1, 0.5])), .notJudged(.noLongerGates),
      .notJudged(.tooShort(side: .head)),
    ]
    let rows = answers.enumerated().map { index, answer in
      row("suite/benchmark\(index)", answer)
    }
    let odd = [
      row(
        "suite/日本語\u{1B}[31m with a name that goes on for longer than any terminal is wide",
        .judged(.slower(change(0.03, 0.03)))),
      row(
        "suite/benchmark0", .judged(.slower(change(0.5, 0.5))), metric: .allocations, base: 10,
        head: 15),
      row("suite/benchmark0", .judged(.noChange(change(0, 0), largerThan: 0)), metric: .cpu),
    ]
    return comparison(
      rows: rows + odd,
      counts: counts(
        slower: 2, faster: 1, suspectedSlower: 2, suspectedFaster: 1, unchanged: 1, undecided: 2,
        identical: 1,
        notJudged: [
          .new: 1, .gone: 1, .failed: 2, .otherMachine: 1, .versionChanged: 1,
          .summaryOnly: 1, .oneProcess: 1, .otherUnit: 1,
        ], shown: 2, detectable: 0.011...0.030),
      warnings: [
        .stateChanged(fact: "governor", base: "powersave", head: "performance"),
        .toolchainChanged(base: "Swift 6.2", head: "Swift 6.3"), .noNoiseKnown,
        .noiseKnown(sessions: 2), .fewProcesses(minimum: 3),
      ])
  }()
}
