import BenchComparer
import BenchModel
import BenchOutput
import Foundation
import Testing

@Suite("A check as a page, and as a document") struct TargetPageTests {
  private func page(_ check: TargetCheck, reports: [String] = []) -> String {
    let page = TargetPage(
      check, setting: TargetFormatTests.setting, project: "a <b> & c",
      reports: reports.map { Array($0.utf8) }, generated: Date(timeIntervalSince1970: 0),
      toolVersion: "1")
    return String(decoding: page.bytes, as: UTF8.self)
  }

  @Test("names every target, its verdict and the reports, and escapes what it did not write")
  func contents() {
    let text = page(TargetFormatTests.check, reports: ["<p class=\"f\">a report</p>"])
    #expect(
      text.contains("<h1>1 of 5 targets met, 2 missed, 1 cannot be told, 1 not measured.</h1>"))
    for row in TargetFormatTests.check.rows where row.target.name != "<linear> & fast" {
      #expect(text.contains(">\(row.target.name)<"), "\(row.target.name)")
    }
    #expect(text.contains("&lt;linear&gt; &amp; fast") && text.contains("a &lt;b&gt; &amp; c"))
    #expect(!text.contains("<linear>") && !text.contains("<b> & c"))
    #expect(text.contains("<section class=\"report\"><p class=\"f\">a report</p></section>"))
    #expect(!text.contains("class=\"slope\""), "nothing was measured that could be drawn")
  }

  @Test("a slope is drawn with a dot a process, its line and its band")
  func slope() throws {
    let points = [10.0, 100, 1_000].map { records in
      SweptPoint(parameter: records, numbers: [records * 100, records * 110])
    }
    let row = try #require(TargetFormatTests.check.rows.first { $0.points.isEmpty && isSlope($0) })
    let drawn = TargetRow(
      target: row.target, benchmark: row.benchmark, estimate: row.estimate, verdict: row.verdict,
      points: points)
    let text = page(TargetCheck(rows: [drawn]))
    let dots = try #require(text.firstMatch(of: /<path class="d" d="([^"]+)">/))
    #expect(dots.output.1.count { $0 == "z" } == 6)
    #expect(text.contains("Slope 1.040 (1.020–1.060), target 0.950–1.050: cannot tell."))
    #expect(text.contains(">1,000</text>"))
  }

  private func isSlope(_ row: TargetRow) -> Bool {
    if case .slope = row.target.measure { true } else { false }
  }

  @Test("the summary has a row a target: the worst of its benchmarks, and how many are like it")
  func summary() throws {
    let target = try #require(TargetFormatTests.check.rows.first { $0.target.unit == .nanoseconds })
      .target
    func row(_ milliseconds: Double, _ verdict: TargetVerdict) -> TargetRow {
      TargetRow(
        target: target,
        estimate: TargetEstimate(
          value: milliseconds * 1e6, lower: milliseconds * 1e6, upper: milliseconds * 1e6,
          processes: 2),
        verdict: verdict)
    }
    func line(_ rows: [TargetRow]) -> String {
      PerformanceMarkdown.summary(TargetCheck(rows: rows)).split(separator: "\n").last.map {
        "\($0)"
      }
        ?? ""
    }
    #expect(
      line([row(3, .met), row(90, .met)])
        == "| first record | &#60; 100 ms | 90.0 ms | met, all 2 |")
    #expect(
      line([row(3, .met), row(150, .missed), row(300, .missed), row(99, .inconclusive(.straddles))])
        == "| first record | &#60; 100 ms | 300 ms | missed, 2 of 4 |")
    #expect(line([row(3, .met)]) == "| first record | &#60; 100 ms | 3.00 ms | met |")
  }

  @Test("the document opens with the summary, and ends with the reports")
  func document() {
    let text = PerformanceMarkdown.text(
      TargetFormatTests.check, setting: TargetFormatTests.setting,
      exit: TargetExit(of: TargetFormatTests.check, requiresConclusive: false, exitZero: true),
      project: "pipeline", reports: ["## throughput\n"])
    #expect(text.hasPrefix("# Performance of pipeline\n\n| target |"))
    #expect(text.hasSuffix("## throughput\n"))
    #expect(text.contains("run 1a2b3c4d of 4f2c1aa09"))
  }
}
