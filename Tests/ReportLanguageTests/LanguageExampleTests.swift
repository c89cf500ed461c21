import BenchTestSupport
import ReportLanguage
import StreamingPipeline
import Testing

/// The examples in the comments of ReportLanguage, executed.
@Suite struct LanguageExampleTests {
  @Test("this file contains every line of the examples in comments")
  func complete() throws {
    let examples = try DocumentedExamples(ofTarget: "ReportLanguage")
    #expect(examples.lines.count > 15)
    #expect(try examples.missing(from: #filePath) == [])
  }

  @Test("a report is parsed, or built in code")
  func reports() throws {
    func built(_ print: (String) -> Void) -> Report {
      var report = Report("large", source: "orders")
      report.filter = .field("amount") .> 10
      report.bands = [Band(.detail, elements: [Element(.field("amount")).heading("Amount")])]
      print(report.text)
      return report
    }
    func parsed() throws -> Report {
      let text = ReportText("report large { source orders  filter amount > 10  band detail { } }")
      let report = try Report(parsing: text)
      return report
    }
    var text = ""
    let report = built { text = $0 }
    #expect(try Report(parsing: ReportText(text)) == report)
    #expect(try parsed().filter == report.filter)
  }

  private func checking(
    _ text: ReportText, over schema: Schema, _ print: (String) -> Void
  ) {
    do {
      let report = try Report(parsing: text)
      let checked = try ReportChecker(schema: schema).check(report)
      print(checked.report.name.text)
    } catch {
      print(error.description(in: text))
    }
  }

  @Test("a report is checked, and what is wrong is reported with its location")
  func checking() throws {
    var printed: [String] = []
    let valid = ReportText("report r { source orders band detail { field amount } }")
    checking(valid, over: orders) { printed.append($0) }
    let wrong = ReportText("report r { source orders band detail { field amonut } }")
    checking(wrong, over: orders) { printed.append($0) }
    #expect(printed[0] == "r")
    #expect(printed[1].contains("did you mean 'amount'?"), "\(printed)")
  }

  @Test("a report is prepared, written and run as a pipeline")
  func running() throws {
    var text = ""
    func print(_ part: String, terminator: String) { text += part + terminator }
    let report = try Report(
      parsing: ReportText(
        """
        report large {
          source orders
          parameter least: int64
          filter quantity >= $least
          variable sold: sum(quantity)
          band detail { }
          band summary { expression @sold heading "Sold" }
        }
        """))
    let checked = try ReportChecker(schema: orders).check(report)
    let row: [Value] = [1, "north", "Ann", "open", nil, 12, nil, nil, nil, nil]
    let source = try MemorySource(schema: orders, rows: [row])
    let now: Int64 = 0
    let prepared = try PreparedReport(checked, parameters: ["least": .text("10")], now: now)
    try prepared.write(.markdown, of: source) { part in print(part, terminator: "") }
    let result = try Pipeline.start(prepared.pipeline(over: source)).runToEnd()
    #expect(text.contains("12"), "\(text)")
    #expect(result?.global == [12])
  }

  @Test("a pattern matches whole texts")
  func pattern() throws {
    var printed: [Bool] = []
    func print(_ matches: Bool) { printed.append(matches) }
    let code = try TextPattern("[A-Z]{2}\\d*")
    print(code.matches("AB12"))  // true
    #expect(printed == [true])
  }
}
