import ReportLanguage
import Testing

@Suite("Diagnostics as they are shown")
struct ExcerptTests {
  @Test("file, line, column, the line, a caret, and what was meant")
  func golden() {
    let text = ReportText(
      "report r {\n  source orders\n  band detail {\n\tfield amonut\n  }\n}\n", name: "a.report")
    #expect(
      Diagnostics(diagnostics(of: text)).description(in: text) == """
        a.report:4:8: error: there is no field 'amonut' [unknown-field]
        4 | \tfield amonut
          | \t      ^~~~~~
          = did you mean 'amount'?
        """)
  }

  @Test("wide characters take two cells, and what would steer a terminal does not")
  func wide() {
    let text = ReportText("report r \"名\u{1B}前\" 12 { source orders band detail { } }")
    #expect(
      diagnostics(of: text).first.map(text.describe) == """
        report:1:16: error: expected '{' after the report's name, found '12' [expected-symbol]
        1 | report r "名\u{FFFD}前" 12 { source orders band detail { } }
          |                  ^~
        """)
  }

  @Test("a long line is cut to a window around the location")
  func long() throws {
    let filler = String(repeating: "x", count: 5_000)
    let text = ReportText(
      "report r { source orders description '\(filler)' 12 band detail { } # \(filler)")
    let shown = try #require(diagnostics(of: text).first.map(text.describe))
    let lines = shown.split(separator: "\n")
    #expect(lines[1].hasPrefix("1 | …xxxx") && lines[1].hasSuffix("x…"))
    #expect(lines.allSatisfy { $0.count <= 120 })
    let caret = try #require(lines[2].firstIndex(of: "^"))
    let column = lines[2].distance(from: lines[2].startIndex, to: caret)
    let line = Array(lines[1])
    #expect(line[column...column + 1] == ["1", "2"])
  }

  @Test("a line that ends with a carriage return is shown without it")
  func carriageReturn() {
    let text = ReportText("report r {\r\n  ~\r\n}\r\n")
    #expect(diagnostics(of: text).first.map(text.describe)?.contains("2 |   ~\n") == true)
  }

  @Test("positions count lines and characters from 1")
  func positions() {
    let text = ReportText("ab\n\té名x\n")
    #expect(text.position(of: 0) == (1, 1))
    #expect(text.position(of: 2) == (1, 3))
    #expect(text.position(of: 3) == (2, 1))
    #expect(text.position(of: 9) == (2, 4))
    #expect(text.position(of: 10_000) == (3, 1))
    #expect(text.position(of: -1) == (1, 1))
  }
}
