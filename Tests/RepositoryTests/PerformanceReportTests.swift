import Foundation
import Testing

@Suite("The published performance report")
struct PerformanceReportTests {
  private let folder = "reports/published"

  @Test("its summary is the table that the README shows")
  func summary() throws {
    let report = table(try Repository.text("\(folder)/performance.md").split(separator: "\n"))
    let readme = try Repository.text("README.md")
    let shown = try #require(
      readme.firstMatch(of: /(?s)<!-- performance -->\n(.*?)<!-- end of performance -->/))
    #expect(report.count > 10, "a row a target")
    #expect(table(shown.output.1.split(separator: "\n")) == report, "renew both with: make report")
  }

  @Test("it names a target of every suite, and every target of the configuration")
  func targets() throws {
    let report = try Repository.text("\(folder)/performance.md")
    let configuration = try Repository.text("benchdb.toml")
    for target in configuration.matches(of: /\[\[target\]\]\nname = "([^"]+)"/) {
      #expect(report.contains("| \(target.output.1) |"), "\(target.output.1)")
    }
    let suites = [
      "aggregation", "concurrency", "dsl", "latency", "memory", "scalability", "throughput",
    ]
    for suite in suites { #expect(report.contains("\n## \(suite)\n"), "no section on \(suite)") }
  }

  @Test("the page needs no other file")
  func selfContained() throws {
    let page = try Repository.text("\(folder)/performance.html")
    #expect(page.contains("<meta name=\"generator\" content=\"benchdb\">"))
    #expect(!page.contains(/(?:src|href)="(?!#|data:)/))
    #expect(page.contains("class=\"slope\""), "how the time grows is drawn")
  }

  /// The first table.
  private func table(_ lines: [Substring]) -> [Substring] {
    Array(lines.drop { !$0.hasPrefix("|") }.prefix { $0.hasPrefix("|") })
  }
}
