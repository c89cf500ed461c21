import BenchComparer
import BenchModel
import BenchOutput
import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("The formats for other programs")
struct FormatsTests {
  private func exit(_ comparison: Comparison) -> ComparisonExit {
    ComparisonExit(of: comparison, requirements: ComparisonRequirements())
  }

  private func markdown(_ comparison: Comparison, showsAll: Bool = false) -> ComparisonMarkdown {
    ComparisonMarkdown(
      comparison, setting: Example.setting, exit: exit(comparison), showsAll: showsAll)
  }

  // MARK: As they are

  @Test(
    "Markdown, annotations, JUnit and CSV are as they are on record",
    arguments: ["simple", "everything"])
  func golden(_ name: String) throws {
    let comparison = name == "simple" ? Example.simple : Example.everything
    try expectGolden(markdown(comparison).text(), "comparison-\(name).md")
    try expectGolden(markdown(comparison, showsAll: true).text(), "comparison-\(name)-all.md")
    try expectGolden(ComparisonGitHub.annotations(comparison), "comparison-\(name).github")
    try expectGolden(
      ComparisonJUnit.text(comparison, setting: Example.setting), "comparison-\(name).junit.xml")
    try expectGolden(ComparisonCSV.text(comparison), "comparison-\(name).csv")
  }

  // MARK: Limits

  /// The 5,000 slower series, with hostile names, in the comparer's order.
  private static let huge: Comparison = {
    let rows = (0..<5_000).map { number in
      Example.row(
        "suite/<b>|`*_@team_\(number) 日本語\u{202E}", .judged(.slower(Example.change(0.06, 0.09))))
    }
    return Example.comparison(
      rows: rows, counts: Example.counts(slower: 5_000),
      warnings: [.controlDiffers(rows.map(\.key))])
  }()

  @Test("of 5,000 slower series a comment keeps the worst that fit, and says how many are left out")
  func commentLimit() throws {
    let text = markdown(Self.huge).text(limit: ComparisonGitHub.commentLimit, marked: true)
    #expect(text.hasPrefix(ComparisonMarkdown.marker + "\n"))
    #expect(text.count < 65_536 && text.utf8.count < 65_536)
    #expect(text.utf8.count > 40_000, "most of the room is used")
    let shown = text.split(separator: "\n").filter { $0.hasPrefix("| <code>") }
    #expect(shown.first?.contains("team&#95;0 ") == true)
    let left = try #require(text.firstMatch(of: /… and ([0-9,]+) more rows, left out here/))
    #expect(shown.count + (Int(left.output.1.replacing(",", with: "")) ?? 0) == 5_000)
    #expect(text.hasSuffix("\n") && text.contains("exit 1&#58; 5,000 series are slower"))
  }

  @Test("the summary of a step stays under 1 MiB")
  func summaryLimit() {
    let text = markdown(Self.huge, showsAll: true).text(limit: ComparisonGitHub.summaryLimit)
    #expect(text.utf8.count <= 1 << 20)
    #expect(text.utf8.count > 700_000)
  }

  @Test("however little room there is, the verdict is said")
  func noRoom() {
    let text = markdown(Self.huge).text(limit: 0)
    #expect(text.contains("5,000 of 5,000 series are slower"))
    #expect(text.contains("… and 5,000 more rows"))
  }

  @Test("there are no more than ten annotations, the worst first")
  func annotationLimit() {
    let lines = ComparisonGitHub.annotations(Self.huge).split(separator: "\n")
    #expect(lines.count == 10)
    #expect(lines.allSatisfy { $0.hasPrefix("::error file=Sources/Suite.swift,line=12,title=") })
    #expect(lines.first?.contains("team_0 ") == true)
    let mixed = Example.comparison(
      rows: (0..<8).flatMap { number in
        [
          Example.row(
            "a/looks\(number)",
            .judged(.suspectedSlower(Example.change(0.01, 0.05), moreProcesses: nil))),
          Example.row("a/slower\(number)", .judged(.slower(Example.change(0.06, 0.09)))),
        ]
      }, counts: Example.counts(slower: 8, suspectedSlower: 8))
    let kinds = ComparisonGitHub.annotations(mixed).split(separator: "\n").map { $0.prefix(9) }
    #expect(kinds == Array(repeating: "::error f", count: 8) + ["::warning", "::warning"])
  }

  // MARK: Escapes

  @Test("no name escapes from a Markdown table, is markup, or notifies anybody")
  func markdownEscapes() {
    let name = "a/x|y</code><img src=x onerror=alert(1)> `b` *c* @ada #12 [d](e)\n| f"
    let row = Example.row(name, .judged(.slower(Example.change(0.06, 0.09))))
    let text = markdown(Example.comparison(rows: [row], counts: Example.counts(slower: 1))).text()
    let line = text.split(separator: "\n").first { $0.hasPrefix("| <code>") } ?? ""
    // Five cells, so six bars; and of tags only our own.
    #expect(line.count { $0 == "|" } == 6, "\(line)")
    #expect(line.matches(of: /<[^>]*>/).map { String($0.output) } == ["<code>", "</code>"])
    for mark in ["`", "[", "@a", "#12 ", "*c"] { #expect(!line.contains(mark), "\(mark): \(line)") }
  }

  @Test("no name ends a workflow command, or begins one")
  func commandEscapes() {
    let name = "a/50%,x:y::z\r\n::error::injected"
    let row = Example.row(name, .judged(.slower(Example.change(0.06, 0.09))))
    let comparison = Example.comparison(rows: [row], counts: Example.counts(slower: 1))
    let text = ComparisonGitHub.annotations(comparison)
    #expect(text.split(whereSeparator: \.isNewline).count == 1)
    #expect(
      text.contains(#"title=a/50%25%2Cx%3Ay%3A%3Az\r\n%3A%3Aerror%3A%3Ainjected · wall::"#),
      "\(text)")
    let inert = ComparisonGitHub.inert("::error::injected\n", token: "t0")
    #expect(inert == "::stop-commands::t0\n::error::injected\n::t0::\n")
  }

  @Test("JUnit is well-formed XML, whatever the names are, and its counts are right")
  func junit() throws {
    let hostile = Example.row(
      "a&b/<c>\"'\u{0}\u{1B}\u{FFFF}]]>\n", .judged(.slower(Example.change(0.06, 0.09))))
    let comparison = Example.comparison(
      rows: Example.everything.rows + [hostile], counts: Example.everything.counts)
    let text = ComparisonJUnit.text(comparison, setting: Example.setting)
    let counter = ElementCounter()
    let parser = XMLParser(data: Data(text.utf8))
    parser.delegate = counter
    #expect(parser.parse(), "\(String(describing: parser.parserError))\n\(text)")
    let gates = comparison.rows.count { $0.metric.isGate }
    #expect(counter.counts["testcase"] == gates)
    #expect(counter.attributes["tests"] == "\(gates)")
    for (element, attribute) in [
      ("failure", "failures"), ("error", "errors"), ("skipped", "skipped"),
    ] {
      #expect(counter.attributes[attribute] == "\(counter.counts[element] ?? 0)", "\(element)")
    }
    #expect(ComparisonJUnit.text(Self.huge, setting: Example.setting).utf8.count < 30 << 20)
  }

  @Test("CSV keeps every field apart")
  func csv() {
    let row = Example.row("a/\"x\", y\r\nz", .judged(.slower(Example.change(0.06, 0.09))))
    let comparison = Example.comparison(rows: [row], counts: Example.counts(slower: 1))
    let text = ComparisonCSV.text(comparison)
    #expect(text.hasPrefix("series,suite,metric,"))
    #expect(text.contains("\r\n\"a/\"\"x\"\", y\r\nz · wall\",a,wall,ns,lower,true,slower,"))
  }

  // MARK: Acceptances

  @Test("what was accepted is said in every format, and fails none")
  func accepted() throws {
    let day = try #require(Day("2026-11-23"))
    let row = Example.row("suite/slow", .judged(.slower(Example.change(0.06, 0.09))))
    func comparison(until: String, size: Double) -> Comparison {
      let acceptance = Acceptance(
        id: UUID(uuidString: "00000000-0000-4000-8000-000000000001") ?? UUID(), series: row.key,
        from: String(repeating: "a", count: 40), to: String(repeating: "b", count: 40), size: size,
        reason: "checks come first", author: "Ada", accepted: day, until: Day(until))
      return Example.comparison(rows: [row], counts: Example.counts(slower: 1))
        .accepting([acceptance], on: day)
    }
    func texts(_ comparison: Comparison) -> [String] {
      [
        ComparisonText(comparison, setting: Example.setting, width: 160).text,
        ComparisonJSON.text(comparison, setting: Example.setting, exit: exit(comparison)),
        markdown(comparison).text(), ComparisonGitHub.annotations(comparison),
        ComparisonJUnit.text(comparison, setting: Example.setting), ComparisonCSV.text(comparison),
      ]
    }
    let inForce = comparison(until: "2026-12-31", size: 0.09)
    for text in texts(inForce) {
      for word in ["accepted until 2026", "checks come first", "Ada"] {
        let plain = text.replacing("&#45;", with: "-").replacing("&#58;", with: ":")
        #expect(plain.contains(word), "\(word)\n\(text)")
      }
    }
    #expect(exit(inForce).status == .success)
    #expect(ComparisonGitHub.annotations(inForce).hasPrefix("::notice "))
    #expect(!ComparisonJUnit.text(inForce, setting: Example.setting).contains("<failure"))

    let expired = comparison(until: "2026-11-22", size: 0.09)
    for text in texts(expired) { #expect(text.contains("which is over"), "\(text)") }
    #expect(exit(expired).status == .regression)
    let exceeded = comparison(until: "2026-12-31", size: 0.05)
    for text in texts(exceeded) {
      let plain = text.replacing("%25", with: "%")
      #expect(plain.contains("more than the 5.0 % accepted"), "\(text)")
    }
    #expect(exit(exceeded).status == .regression)
  }
}

/// Counts elements, and keeps the attributes of the outermost.
private final class ElementCounter: NSObject, XMLParserDelegate {
  var counts: [String: Int] = [:]
  var attributes: [String: String] = [:]

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    if counts.isEmpty { self.attributes = attributes }
    counts[name, default: 0] += 1
  }
}
