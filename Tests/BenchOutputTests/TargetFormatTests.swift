import BenchComparer
import BenchModel
import BenchOutput
import Foundation
import Testing

@Suite("A check in every format") struct TargetFormatTests {
  static let setting = TargetSetting(
    run: UUID(uuidString: "1A2B3C4D-0000-4000-8000-000000000000") ?? UUID(),
    revision: "4f2c1aa09", profile: "full", machine: "Model T, 2 cores")

  static let check = TargetCheck(rows: [
    row(
      "flat memory", .ratio(over: BenchmarkPattern("memory/stream records=1000")), .below(1.5),
      nil, (1.02, 1.01, 1.03), .met),
    row("first record", .value, .below(100e6), .nanoseconds, (140e6, 138e6, 142e6), .missed),
    row(
      "<linear> & fast", .slope(parameter: "records"), .between(0.95, 1.05), nil,
      (1.04, 1.02, 1.06), .inconclusive(.straddles)),
    row(
      "throughput", .rate(parameter: "records"), .above(1_000), .perSecond, nil,
      .notMeasured(.noBenchmark("throughput/*"))),
    row("counts", .value, .below(1), .count, nil, .failed("1 of 2 processes failed: a|b")),
  ])

  private static func row(
    _ name: String, _ measure: Target.Measure, _ bound: Target.Bound, _ unit: BenchModel.Unit?,
    _ numbers: (Double, Double, Double)?, _ verdict: TargetVerdict
  ) -> TargetRow {
    TargetRow(
      target: Target(
        name: name, benchmark: BenchmarkPattern("suite/one *"), metric: "wall", measure: measure,
        bound: bound, unit: unit),
      benchmark: BenchmarkKey(id: "suite/one", parameters: ["records": "10"]),
      source: BenchModel.SourceLocation(file: "Sources/Suite.swift", line: 12),
      estimate: numbers.map {
        TargetEstimate(value: $0.0, lower: $0.1, upper: $0.2, processes: 10)
      }, verdict: verdict)
  }

  private func exit(
    _ check: TargetCheck = check, conclusive: Bool = false, zero: Bool = false
  ) -> TargetExit {
    TargetExit(of: check, requiresConclusive: conclusive, exitZero: zero)
  }

  @Test("text names each target, its limit, its interval and its verdict")
  func text() {
    let text = TargetText.text(Self.check, setting: Self.setting, width: 160)
    #expect(text.contains("1 of 5 targets met, 2 missed, 1 cannot be told, 1 not measured."))
    #expect(text.contains("run 1a2b3c4d of 4f2c1aa09 (profile full) on Model T, 2 cores"))
    #expect(text.contains(/< 100 ms +140 ms \(138 ms–142 ms\) +missed/))
    #expect(text.contains("0.950–1.050"))
    #expect(text.contains("1.040 (1.020–1.060)"))
    #expect(text.contains("counts, missed: 1 of 2 processes failed: a|b."))
    #expect(text.contains("no benchmark of the run is 'throughput/*'"))
  }

  @Test("JSON has every number with its unit, and one word for the verdict")
  func json() throws {
    let text = TargetJSON.text(Self.check, setting: Self.setting, exit: exit())
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(document["kind"] as? String == "check" && document["exit"] as? Int == 1)
    let targets = try #require(document["targets"] as? [[String: Any]])
    #expect(
      targets.map { $0["verdict"] as? String }
        == ["met", "missed", "inconclusive", "not_measured", "missed"])
    let measured = try #require(targets[1]["measured"] as? [String: Any])
    #expect(measured["value"] as? Double == 140e6 && measured["unit"] as? String == "ns")
  }

  @Test("Markdown, JUnit and annotations escape what came from data")
  func escaping() {
    let markdown = TargetMarkdown.text(Self.check, setting: Self.setting, exit: exit())
    #expect(markdown.contains("&#60;linear&#62; &#38; fast") && markdown.contains("a&#124;b"))
    #expect(markdown.components(separatedBy: "\n| ").count == 7)
    let junit = TargetJUnit.text(Self.check, setting: Self.setting)
    #expect(junit.contains("tests=\"5\" failures=\"2\" errors=\"0\" skipped=\"2\""))
    #expect(junit.contains("&lt;linear&gt; &amp; fast"))
    let annotations = TargetGitHub.annotations(Self.check)
    #expect(annotations.hasPrefix("::error file=Sources/Suite.swift,line=12,title=first record::"))
    #expect(annotations.split(separator: "\n").count == 3)
    #expect(annotations.contains("::warning "))
  }

  @Test("the gravest finding decides the status")
  func status() {
    func only(_ indices: Int...) -> TargetCheck {
      TargetCheck(rows: indices.map { Self.check.rows[$0] })
    }
    #expect(exit().status == .regression)
    #expect(exit(zero: true).status == .success)
    #expect(exit(zero: true).reason.contains("1 without --exit-zero"))
    #expect(exit(only(0, 2)).status == .success)
    #expect(exit(only(0, 2), conclusive: true).status == .inconclusive)
    #expect(exit(only(0, 3), conclusive: true).status == .inconclusive)
    #expect(exit(only(2, 3)).status == .coverage)
    #expect(exit(only(4)).status == .regression)
  }
}
