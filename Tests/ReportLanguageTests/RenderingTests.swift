import ReportLanguage
import StreamingPipeline
import Testing

@Suite struct RenderingTests {
  private static let schema = try! Schema([
    Field("region", .string), Field("customer", .string), Field("amount", .decimal(scale: 2)),
  ])

  private static let definition = #"""
    report sales "Sales" {
      source orders
      parameter least: decimal(2) = 0.00 min 0.00
      filter amount >= $least
      group 1 region by region
      variable running: sum(amount) reset on group 1
      band group header 1 {
        field region heading "Region"
        aggregate sum(amount) heading "Amount" format "#,##0.00"
      }
      band detail {
        field customer heading "Customer" width 10
        field amount heading "Amount" format "#,##0.00" width 10
        expression @running heading "So far" width 10
      }
      band group footer 1 {
        label "Sum"
        aggregate sum(amount) heading "Amount" format "#,##0.00"
        chart sparkline sum(amount) by customer
      }
      band summary {
        aggregate count() heading "Customer"
        label "orders"
      }
    }
    """#

  private static let rows: [[Value]] = [
    ["north", "Ada", .decimal(FixedDecimal("1000.50")!)],
    ["north", "<b>Bob</b>", .decimal(FixedDecimal("2.25")!)],
    ["south", "Cy, \"jr\"", .decimal(FixedDecimal("3.00")!)],
  ]

  private func prepared(
    _ definition: String = definition, _ parameters: [String: ParameterInput] = [:]
  ) throws -> PreparedReport {
    let report = try Report(parsing: ReportText(definition))
    let checked = try ReportChecker(schema: Self.schema).check(report)
    return try PreparedReport(checked, parameters: parameters, now: 0)
  }

  private func written(
    _ format: ReportFormat, _ definition: String = definition, rows: [[Value]] = rows,
    _ parameters: [String: ParameterInput] = [:], pageLength: Int? = nil
  ) throws -> String {
    var text = ""
    try prepared(definition, parameters).write(
      format, of: try MemorySource(schema: Self.schema, rows: rows), pageLength: pageLength
    ) { text += $0 }
    return text
  }

  @Test("text has headings, groups with totals before and after, and running values")
  func text() throws {
    let text = try written(.text)
    #expect(text.contains("Ada           1,000.50     1000.50"), "\(text)")
    #expect(text.contains("█▁"), "\(text)")
  }

  @Test("CSV has a row for every band with values, quoted where it must be")
  func csv() throws {
    #expect(
      try written(.csv)
        == [
          "band,Customer,Amount,So far,Region",
          "group header 1,,1002.75,,north", "detail,Ada,1000.50,1000.50,",
          "detail,<b>Bob</b>,2.25,1002.75,", "group footer 1,,1002.75,,",
          "group header 1,,3.00,,south", "detail,\"Cy, \"\"jr\"\"\",3.00,3.00,",
          "group footer 1,,3.00,,", "summary,3,,,", "",
        ].joined(separator: "\r\n"))
  }

  @Test("JSON Lines has an object for every band with values")
  func json() throws {
    let lines = try written(.jsonLines).split(separator: "\n")
    #expect(lines.first == #"{"band":"group header 1","Region":"north","Amount":1002.75}"#)
    #expect(
      lines[5] == #"{"band":"detail","Customer":"Cy, \"jr\"","Amount":3.00,"So far":3.00}"#)
    #expect(lines.last == #"{"band":"summary","Customer":3}"#)
  }

  @Test("Markdown and HTML escape what records say, and draw charts")
  func markup() throws {
    let markdown = try written(.markdown)
    #expect(markdown.contains("| \\<b\\>Bob\\</b\\> | 2.25 | 1002.75 |"), "\(markdown)")
    #expect(markdown.contains("## north 1,002.75"), "\(markdown)")
    let html = try written(.html)
    #expect(html.contains("<td>&lt;b&gt;Bob&lt;/b&gt;</td>"), "\(html)")
    #expect(!html.contains("<b>"))
    #expect(html.contains("<svg"))
    #expect(html.hasSuffix("</body>\n</html>\n"))
  }

  @Test("the filter takes its parameter, and all wrong parameters are reported at once")
  func parameters() throws {
    let csv = try written(.csv, Self.definition, rows: Self.rows, ["least": .text("100")])
    #expect(csv.contains("summary,1"), "\(csv)")
    #expect(!csv.contains("south"))
    #expect {
      try prepared(Self.definition, ["least": .text("-1"), "nobody": .text("x")])
    } throws: {
      guard case ReportError.parameters(let problems) = $0 else { return false }
      return Set(problems.map(\.name)) == ["least", "nobody"]
    }
  }

  @Test("a group that comes back is an error that names it")
  func scattered() throws {
    let rows = [Self.rows[0], Self.rows[2], Self.rows[1]]
    #expect { try written(.text, rows: rows) } throws: { "\($0)".contains("'region' north") }
  }

  @Test("a report without records has its title and summary")
  func empty() throws {
    #expect(try written(.csv, rows: []) == "band,Customer,Amount,So far,Region\r\nsummary,0,,,\r\n")
  }

  @Test("pages have their headers and footers, and end where they are full")
  func pages() throws {
    let definition = """
      report r "R" {
        source orders
        band title { label "T" }
        band page header { label "page" expression page_number() }
        band detail { field customer }
        band page footer { aggregate count() scope page label "on it" }
      }
      """
    let rows = (1...5).map { ["x", Value.string("c\($0)"), .null] as [Value] }
    let text = try written(.text, definition, rows: rows, pageLength: 8)
    let pages = text.split(separator: "\u{C}")
    #expect(pages.count == 2, "\(text)")
    #expect(pages.last?.contains("page 2") ?? false, "\(text)")
    #expect(pages.last?.contains("on it") ?? false, "\(text)")
  }

  @Test("a report is a pipeline: its filter, and its variables by their groups")
  func lowering() throws {
    let source = try MemorySource(schema: Self.schema, rows: Self.rows)
    let run = try Pipeline.start(try prepared().pipeline(over: source))
    let result = try #require(try run.runToEnd())
    #expect(result.groupings[0].groups.map(\.key) == [["north"], ["south"]])
    #expect(result.groupings[0].groups[0].values == [.decimal(FixedDecimal("1002.75")!)])
    #expect(result.global.first == 3)
  }
}
