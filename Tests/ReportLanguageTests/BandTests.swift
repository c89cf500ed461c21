import ReportLanguage
import StreamingPipeline
import Testing

@Suite("Bands, conditions and nulls")
struct BandTests {
  private static let records = """
    north a 1
    - b 2
    south c -
    """

  @Test("a band or element is shown where its condition is true; null is not true")
  func visibility() throws {
    let lines = try WrittenReport.lines(
      """
      band detail visible when amount < 2 or region = 'south' {
        field name
        field amount visible when amount > 1
        field region visible when amount = 1
      }
      """, over: Self.records)
    #expect(lines == ["a,,north", "c,,"])
  }

  @Test("a band within a band comes below its elements, under both conditions")
  func nested() throws {
    let text = try WrittenReport.text(
      """
      band detail {
        field name width 4
        band detail visible when amount is not null {
          label "amount:" field amount width 1
          band detail visible when region is null { label "nowhere" }
        }
      }
      """, over: Self.records, as: .text)
    #expect(
      text.split(separator: "\n").filter { $0.hasPrefix("amount") || $0.hasPrefix("nowhere") }
        .map { $0.filter { $0 != " " } } == ["amount:1", "amount:2", "nowhere"], "\(text)")
  }

  @Test("bands come in their order, whatever order they are written in")
  func order() throws {
    let text = try WrittenReport.text(
      """
      group 1 region by region
      band title { label "TITLE" }
      band detail { label "detail" }
      band group footer 1 { label "footer" }
      band page footer { label "page-end" }
      band detail footer { label "details-end" }
      band column header { label "columns" }
      band group header 1 { label "header" }
      band page header { label "page" }
      band detail header { label "details" }
      band column footer { label "columns-end" }
      band summary { label "SUMMARY" }
      """, over: "north a 1\nsouth b 2", as: .text)
    #expect(
      text.split(separator: "\n", omittingEmptySubsequences: true) == [
        "TITLE", "page", "columns", "header", "details", "detail", "details-end", "footer",
        "header", "details", "detail", "details-end", "footer", "columns-end", "page-end",
        "SUMMARY",
      ], "\(text)")
  }

  @Test("nulls make one group, stand as nothing, and as null in JSON")
  func nulls() throws {
    let statements = """
      group 1 region by region
      band group header 1 { field region heading "Region" }
      band detail { field name field amount }
      """
    #expect(
      try WrittenReport.lines(statements, over: "- a 1\n- b -\nx c 2") == [
        "group header 1,,,", "detail,a,1,", "detail,b,,", "group header 1,,,x", "detail,c,2,",
      ])
    let json = try WrittenReport.text(statements, over: "- a -", as: .jsonLines)
    #expect(
      json == """
        {"band":"group header 1","Region":null}
        {"band":"detail","name":"a","amount":null}

        """)
  }

  @Test("aggregates over nothing but nulls are null, and counts are 0")
  func nothing() throws {
    let lines = try WrittenReport.lines(
      """
      band detail { field name }
      band summary {
        aggregate sum(amount) heading "s" aggregate average(amount) heading "a"
        aggregate min(amount) heading "m" aggregate median(amount) heading "d"
        aggregate count(amount) heading "c" aggregate distinct(amount) heading "n"
        aggregate first(amount) heading "f" aggregate deviation(amount) heading "v"
      }
      """, over: "x a -\nx b -")
    #expect(lines.last == "summary,,,,,,0,0,,")
  }
}
