import ReportLanguage
import StreamingPipeline
import Testing

@Suite("Formats")
struct FormatTests {
  /// The amounts of three records in a format.
  private func shown(_ formats: String, _ format: String) throws -> [String] {
    let text = try WrittenReport.text(
      "\(formats)\nband title { label \"T\" } band column header { } "
        + "band detail { label \"|\" field amount format \(format) width 1 }",
      over: "x a -1234\nx b 0\nx c 56\nx d -", as: .text)
    return text.split(separator: "\n").filter { $0.hasPrefix("|") }
      .map { String($0.dropFirst()).trimmingPrefix(while: { $0 == " " }) }.map(String.init)
  }

  @Test(
    "the first condition that holds decides, names lead to formats, null has its text",
    arguments: [
      ("", "\"#,##0\"", ["-1,234", "0", "56", ""]),
      ("", "\"0.0\"", ["-1234.0", "0.0", "56.0", ""]),
      ("", "currency \"€\"", ["-1,234.00 €", "0.00 €", "56.00 €", ""]),
      ("", "percentage 0", ["-123,400 %", "0 %", "5,600 %", ""]),
      ("", "null \"none\"", ["-1234", "0", "56", "none"]),
      ("", "null \"none\" otherwise \"0.0\"", ["-1234.0", "0.0", "56.0", "none"]),
      (
        "", "(when value < 0 use \"0 'below'\" when value = 0 use \"'zero' 0\")",
        ["-1234 below", "zero 0", "56", ""]
      ),
      (
        "format loss \"0 'lost'\" format money when value < 0 use loss otherwise \"0.00\"", "money",
        ["-1234 lost", "0.00", "56.00", ""]
      ),
      (
        "format small when value < 10 use \"'<' 0\"", "null \"-\" otherwise small",
        ["-< 1234", "< 0", "56", "-"]
      ),
      (
        "parameter most: int64 = 50", "(when value > $most use \"'!' 0\" otherwise \"0\")",
        ["-1234", "0", "! 56", ""]
      ),
    ])
  func formats(named: String, format: String, expected: [String]) throws {
    #expect(try shown(named, format) == expected)
  }

  @Test("a total beyond 64 bits is shown whole, and compared at the end of its range")
  func wideTotals() throws {
    let schema = try Schema([Field("amount", .decimal(scale: 2))])
    let rows = [Value](
      repeating: .decimal(FixedDecimal(mantissa: Int128(Int64.max), scale: 2)), count: 3
    ).map { [$0] }
    let report = try Report(
      parsing: ReportText(
        """
        report r { source s band detail { } band summary {
          aggregate sum(amount) heading "A"
            format (when value > 5.00 use "'much' 0.00" otherwise "0")
        } }
        """))
    let prepared = try PreparedReport(ReportChecker(schema: schema).check(report), now: 0)
    var text = ""
    try prepared.write(.text, of: try MemorySource(schema: schema, rows: rows)) { text += $0 }
    #expect(text.contains("much 276701161105643274.21"), "\(text)")
  }

  @Test("a variable beyond 64 bits is an error, for it is calculated with")
  func wideVariables() throws {
    #expect {
      try WrittenReport.lines(
        "variable v: sum(amount) band detail { expression @v }",
        over: "x a 9223372036854775807\nx b 1")
    } throws: {
      "\($0)".contains("beyond 64 bits")
    }
  }
}
