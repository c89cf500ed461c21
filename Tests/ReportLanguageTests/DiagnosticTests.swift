import ReportLanguage
import StreamingPipeline
import Testing

@Suite("Diagnostics")
struct DiagnosticTests {
  @Test("each is reported at its location, and nothing else is", arguments: DiagnosticCase.all)
  func marked(_ example: DiagnosticCase) {
    let source = MarkedSource(example.marked)
    let found = diagnostics(of: source.text)
    let shown = Diagnostics(found).description(in: source.text)
    #expect(found.map(\.identifier) == example.expected, "\(shown)")
    #expect(Set(found.map(\.span.start)) == Set(source.marks), "\(shown)")
    if let help = example.help {
      #expect(found.first?.help?.contains(help) == true, "\(shown)")
    }
  }

  @Test("there is an example of every kind")
  func complete() {
    let shown = Set(DiagnosticCase.all.flatMap(\.expected))
    let elsewhere: Set<DiagnosticIdentifier> = [.badUTF8, .tooManyDiagnostics, .unknownSource]
    #expect(shown.union(elsewhere) == Set(DiagnosticIdentifier.allCases))
    #expect(shown.isDisjoint(with: elsewhere))
  }

  @Test("several errors are reported in one go, in the order of the text")
  func several() {
    let source = MarkedSource(
      """
      report sales "Sales" {
        source orders
        filter amount >1️⃣
        1️⃣gruop 1 region by region
        variable total: 1️⃣sun(amount)
        band title {
          label 1️⃣Sales
          1️⃣feild region
        }
        band detail {
          field amount 1️⃣widht 12
          expression quantity * 1️⃣* 2
          field region
        }
      }
      """)
    let found = diagnostics(of: source.text)
    #expect(
      found.map(\.identifier) == [
        .expectedExpression, .expectedStatement, .expectedFunction, .expectedText,
        .expectedElement, .expectedStatement, .expectedExpression,
      ], "\(Diagnostics(found).description(in: source.text))")
    #expect(found.map(\.span.start) == source.marks)
  }

  @Test("several errors of meaning are reported in one go")
  func severalMeanings() {
    let source = MarkedSource(
      """
      report sales "Sales" {
        source orders
        filter amount > 1️⃣region
        1️⃣group 2 region by 1️⃣regoin
        variable total: sum(1️⃣status)
        band detail {
          field 1️⃣amonut
          expression @total + 1
        }
      }
      """)
    let found = diagnostics(of: source.text)
    #expect(
      found.map(\.identifier) == [
        .wrongType, .groupLevels, .unknownField, .wrongType, .unknownField,
      ])
    #expect(found.map(\.span.start) == source.marks)
  }

  @Test("bytes that are no UTF-8 are reported once a run, wherever they stand")
  func badUTF8() {
    let bytes: [UInt8] = [0xFF, 0xC0, 0x80]
    func found(_ before: String, _ after: String) -> [Diagnostic] {
      diagnostics(of: ReportText(bytes: Array(before.utf8) + bytes + Array(after.utf8)))
    }
    let rest = " band detail { } }"
    #expect(
      found("report r { source orders # ", "\n" + rest).map(\.identifier) == [.badUTF8])
    #expect(found("report r { source orders ", rest).first?.identifier == .badUTF8)
    let inText = found("report r \"", "\" { source orders" + rest)
    #expect(inText.map(\.identifier) == [.badUTF8, .badUTF8, .badUTF8])
  }

  @Test("after a hundred the rest is not reported")
  func many() {
    let text = "report r { source orders\n" + String(repeating: "~ ;\n", count: 10_000) + "}"
    let found = diagnostics(of: ReportText(text))
    #expect(found.count == 101)
    #expect(found.last?.identifier == .tooManyDiagnostics)
  }

  @Test("an unknown source is reported with the known ones")
  func unknownSource() throws {
    let report = try Report(parsing: ReportText("report r { source order band detail { } }"))
    let checker = ReportChecker(sources: ["orders": orders])
    let error = #expect(throws: Diagnostics.self) { try checker.check(report) }
    #expect(error?.all.map(\.identifier) == [.unknownSource])
    #expect(error?.all.first?.help == "did you mean 'orders'?")
  }
}
