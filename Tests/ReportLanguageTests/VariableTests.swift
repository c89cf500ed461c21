import ReportLanguage
import StreamingPipeline
import Testing

@Suite("Variables and scopes")
struct VariableTests {
  private static let records = """
    north a 1
    north b 2
    south c 4
    south d -
    south e 8
    """

  @Test(
    "a variable begins anew where it says, and passes over nulls",
    arguments: [
      ("sum(amount)", ["1", "3", "7", "7", "15"]),
      ("sum(amount) reset on report", ["1", "3", "7", "7", "15"]),
      ("sum(amount) reset on group 1", ["1", "3", "4", "4", "12"]),
      ("sum(amount) reset on detail", ["1", "2", "4", "\"\"", "8"]),
      ("count()", ["1", "2", "3", "4", "5"]),
      ("count(amount)", ["1", "2", "3", "3", "4"]),
      ("count() reset on group 1", ["1", "2", "1", "2", "3"]),
      ("min(amount) reset on group 1", ["1", "1", "4", "4", "4"]),
      ("max(amount)", ["1", "2", "4", "4", "8"]),
      ("first(name) reset on group 1", ["a", "a", "c", "c", "c"]),
      ("last(amount)", ["1", "2", "4", "4", "8"]),
      ("distinct(region)", ["1", "1", "2", "2", "2"]),
      ("median(amount)", ["1.0", "1.5", "2.0", "2.0", "3.0"]),
      ("average(amount) reset on group 1", ["1.0", "1.5", "4.0", "4.0", "6.0"]),
      ("sum(amount) initial 100", ["101", "103", "107", "107", "115"]),
      ("sum(amount) reset on group 1 initial 100", ["101", "103", "104", "104", "112"]),
      ("custom @v * 2 + coalesce(amount, 0) initial 0", ["1", "4", "12", "24", "56"]),
      ("custom amount", ["1", "2", "4", "\"\"", "8"]),
    ])
  func running(calculation: String, expected: [String]) throws {
    let lines = try WrittenReport.lines(
      """
      group 1 region by region
      variable v: \(calculation)
      band detail { expression @v }
      """, over: Self.records)
    #expect(lines == expected)
  }

  @Test("a variable that names others is computed after them, however they are written")
  func order() throws {
    let lines = try WrittenReport.lines(
      """
      variable rest: custom @total - @largest
      variable largest: max(amount)
      variable total: sum(amount)
      band detail { expression @rest }
      """, over: Self.records)
    #expect(lines == ["0", "1", "3", "3", "7"])
  }

  @Test("a page is a scope for text with pages, and the whole report without")
  func pages() throws {
    let statements = """
      variable seen: count() reset on page
      band detail { field name expression @seen }
      band page footer { aggregate sum(amount) label "of" expression @seen }
      """
    // Title and headings take four lines of the first page, and the footer takes one of each page.
    let text = try WrittenReport.text(statements, over: Self.records, as: .text, pageLength: 7)
    let footers = text.split(separator: "\n").filter { $0.contains("of") }
    #expect(footers == ["3 of 2", "12 of 3"], "\(text)")
    let endless = try WrittenReport.text(statements, over: Self.records, as: .text)
    #expect(endless.contains("15 of 5"), "\(endless)")
  }

  @Test("an aggregate goes over its scope: band, group, page, report")
  func aggregates() throws {
    let lines = try WrittenReport.lines(
      """
      group 1 region by region
      band group header 1 { aggregate sum(amount) heading "A" }
      band detail {
        aggregate sum(amount) scope band heading "B"
        aggregate sum(amount) scope group 1 heading "G"
        aggregate sum(amount) scope report heading "R"
      }
      band group footer 1 { aggregate sum(amount) heading "A" }
      band summary { aggregate count() heading "A" }
      """, over: Self.records)
    #expect(
      lines == [
        "group header 1,,,,3", "detail,1,3,15,", "detail,2,3,15,", "group footer 1,,,,3",
        "group header 1,,,,12", "detail,4,12,15,", "detail,,12,15,", "detail,8,12,15,",
        "group footer 1,,,,12", "summary,,,,5",
      ])
  }

  @Test("totals ahead of their records are those of the records up to the limit, filtered or not")
  func limited() throws {
    func header(_ reading: String) throws -> String? {
      try WrittenReport.lines(
        """
        \(reading)
        group 1 region by region
        band group header 1 { aggregate sum(amount) heading "A" }
        band detail { field name }
        """, over: Self.records
      ).first { $0.hasPrefix("group header") }
    }
    #expect(try header("filter name != 'a'") == "group header 1,,2")
    #expect(try header("filter name != 'a' limit 1") == "group header 1,,2")
    #expect(try header("filter amount > 2 limit 1") == "group header 1,,4")
    #expect(try header("filter amount > 2") == "group header 1,,12")
    #expect(try header("limit 1") == "group header 1,,1")
  }
}
