import ReportLanguage
import StreamingPipeline
import Testing

@Suite("The layout of text")
struct TextLayoutTests {
  private static let statements = """
    group 1 region by region
    band group header 1 { field region heading "Region" }
    band detail {
      field name heading "Name" width 6
      field amount heading "Amount" format "#,##0" width 8 right
      expression amount % 7 heading "Rest" width 4
    }
    band group footer 1 {
      aggregate count() heading "Orders" label "orders"
      aggregate sum(amount) heading "Amount" format "#,##0"
    }
    band summary { aggregate count() heading "Orders" label "orders in all" }
    """

  @Test("columns stand below their headings, groups apart, and totals below what they are of")
  func layout() throws {
    let text = try WrittenReport.text(
      Self.statements, over: "north a 1\nnorth b 1234\nsouth c 5", as: .text)
    #expect(
      text == """
        R

        Name      Amount  Rest
        ──────  ────────  ────
        north
        a              1     1
        b          1,234     2
        2 orders   1,235

        south
        c              5     5
        1 orders       5

        3 orders in all

        """, "\(text)")
  }

  @Test("what is too long pushes the next as far as it must, and the rest stays where it was")
  func overflow() throws {
    let text = try WrittenReport.text(
      Self.statements, over: "north much-too-long 12\nnorth longer 123456789", as: .text)
    let lines = text.split(separator: "\n").map(String.init)
    #expect(lines.contains("much-too-long  12    5"), "\(text)")
    #expect(lines.contains("longer  123,456,789  1"), "\(text)")
  }

  @Test("wide signs, joined emoji and accents take the cells that they take in a terminal")
  func cells() throws {
    let text = try WrittenReport.text(
      Self.statements, over: "x 名前 1\nx 👩‍👩‍👧 2\nx e\u{301}1️⃣ 3\nx ｶﾅ 4", as: .text)
    let lines = text.split(separator: "\n").map(String.init)
    #expect(lines.contains("名前           1     1"), "\(text)")
    #expect(lines.contains("👩‍👩‍👧             2     2"), "\(text)")
    #expect(lines.contains("e\u{301}1️⃣            3     3"), "\(text)")
    #expect(lines.contains("ｶﾅ             4     4"), "\(text)")
  }

  @Test("nothing that a record says steers the terminal or turns the direction of writing")
  func plainText() throws {
    let text = try WrittenReport.text(
      "band detail { field name }", over: "x a\u{1B}[31m\u{202E}b 1", as: .text)
    #expect(text.contains("a\\e[31m\\u{202E}b"), "\(text)")
  }

  @Test("no page is longer than it may be, and none ends with a group's header", arguments: 8...20)
  func pages(length: Int) throws {
    let records = (0..<40).map { "g\($0 / 7) n\($0) \($0)" }.joined(separator: "\n")
    let text = try WrittenReport.text(
      "band page header { label \"page\" expression page_number() }\n" + Self.statements,
      over: records, as: .text, pageLength: length)
    let pages = text.split(separator: "\u{C}").map { page in
      page.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    }
    #expect(pages.count > 2)
    // The summary follows the last page, wherever that ends.
    for page in pages.dropLast() {
      #expect(page.count <= length, "\(page)")
      #expect(page.last?.hasPrefix("g") == false, "\(page)")
      #expect(page.count >= length - 3, "\(page)")
    }
  }
}
