import ReportLanguage
import Testing

@Suite("Writing and reading")
struct RoundTripTests {
  @Test("reading what was written gives the same report", arguments: 0..<8)
  func identity(block: UInt64) throws {
    for seed in (block * 100)..<(block * 100 + 100) {
      var random = RandomReport(seed: seed)
      let report = random.report()
      let text = report.text
      let (read, diagnostics) = Report.recovered(from: ReportText(text))
      #expect(
        diagnostics.isEmpty,
        "seed \(seed): \(Diagnostics(diagnostics).description(in: ReportText(text)))\n\(text)")
      #expect(read == report, "seed \(seed):\n\(text)\n\(read.text)")
      #expect(read.text == text, "seed \(seed)")
      guard diagnostics.isEmpty, read == report else { return }
    }
  }

  @Test(
    "an expression is written with the parentheses it needs and no others",
    arguments: [
      "a + b * c", "(a + b) * c", "a - (b - c)", "a - b - c", "-a * b", "-(a * b)", "-(5)", "-5",
      "--a",
      "a - -5", "not a = b", "not (a and b)", "(not a) = b", "a not in (1, 2)", "a is not null",
      "not a is not null", "a between 1 + 2 and 3 || 'x' and b", "(a between 1 and 2) = true",
      "(if a then b else c) + 1", "1 + (if a then b else c)", "if a then b else c + 1",
      "case when a then b when c then d else e end + 1", "a or b and c", "(a or b) and c",
      "round(a, 2) || 'x'", "1000e0", "1.5e0", "1.50", "2026-11-23", "2026-11-23T10:11:12Z",
      "customer.region",
      "`and` and `a b`.c", "'it\\'s'", "@total / $count", "a and (b and c)", "(a < b) = (c < d)",
    ])
  func parentheses(text: String) throws {
    let report = try Report(parsing: ReportText("report r { source s filter \(text) }"))
    #expect(report.filter?.text == text)
  }

  @Test("a text and what is written of it mean the same: they read equal and give the same bytes")
  func meaning() throws {
    for text in try ExampleReports.all() {
      let report = try Report(parsing: ReportText(text))
      let again = try Report(parsing: ReportText(report.text))
      #expect(again == report, "\(report.text)")
      for format in ReportFormat.allCases {
        #expect(try written(report, format) == written(again, format), "\(report.name)")
      }
    }
  }

  private func written(_ report: Report, _ format: ReportFormat) throws -> String {
    let checked = try ReportChecker(sources: ExampleRecords.schemas).check(report)
    let source = ExampleRecords.source(checked.schema, .tame, count: 30)
    var text = ""
    do {
      try PreparedReport(checked, now: 0).write(format, of: source, pageLength: 25) { text += $0 }
    } catch let error as ReportError { text += "\(error)" }
    return text
  }
}
