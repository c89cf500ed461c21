import ReportLanguage
import StreamingPipeline
import Testing

@Suite("Charts")
struct ChartTests {
  private static let records = """
    north a 1
    north b 3
    south c 4
    south d -
    """

  private func drawn(
    _ chart: String, as format: ReportFormat = .html, over records: String = records
  ) throws -> String {
    try WrittenReport.text(
      "band detail { } band summary { chart \(chart) }", over: records, as: format)
  }

  private func count(_ piece: String, in text: String) -> Int { text.ranges(of: piece).count }

  @Test("a bar chart has a bar a category, with its name and value")
  func bars() throws {
    let html = try drawn("bar sum(amount) by region title \"By <region>\"")
    #expect(count("<rect", in: html) == 2)
    #expect(html.contains("<title>north: 4</title>"), "\(html)")
    #expect(html.contains("<figcaption>By &lt;region&gt;</figcaption>"), "\(html)")
  }

  @Test("a pie has a part a category whose shares make a whole, and their names")
  func pie() throws {
    let html = try drawn("pie sum(amount) by region")
    #expect(html.contains("north (50 %)") && html.contains("south (50 %)"), "\(html)")
    #expect(html.contains("stroke-dasharray=\"50 50\""), "\(html)")
    #expect(try drawn("pie sum(amount) by region", over: "x a -1").contains("nothing above zero"))
  }

  @Test("a scatter chart has a point a record, without those whose value is null")
  func scatter() throws {
    let html = try drawn("scatter sum(amount) by amount")
    #expect(count("<circle", in: html) == 3)
    #expect(html.contains("cx=\"60\" cy=\"216\""), "\(html)")
    #expect(html.contains("cx=\"632\" cy=\"8\""), "\(html)")
  }

  @Test("lines and areas have a position for each category; an area stands on zero")
  func lines() throws {
    let line = try drawn("line sum(amount) by name")
    #expect(line.contains("M60 216L346 77.33L632 8"), "\(line)")
    #expect(try drawn("area sum(amount) by name").contains("216Z"))
  }

  @Test("text has a row of bars, at most sixty", arguments: Chart.Kind.allCases)
  func sparklines(kind: Chart.Kind) throws {
    #expect(try drawn("\(kind.rawValue) sum(amount) by name", as: .text).contains("▁▆█"))
    let many = (0..<500).map { "x n\($0) \($0)" }.joined(separator: "\n")
    let line =
      try drawn("\(kind.rawValue) sum(amount) by name", as: .text, over: many)
      .split(separator: "\n").last ?? ""
    #expect(line.count == 60 && line.first == "▁" && line.last == "█", "\(line)")
  }

  @Test("a chart without points says so")
  func empty() throws {
    for kind in Chart.Kind.allCases {
      let chart = "\(kind.rawValue) sum(amount) by name"
      #expect(try drawn(chart, over: "").contains("no points"))
      #expect(try drawn(chart, as: .text, over: "").contains("(no points)"))
    }
  }

  @Test("points beyond two thousand are counted, not drawn")
  func tooMany() throws {
    let many = (0..<2_100).map { "x n\($0) \($0)" }.joined(separator: "\n")
    let html = try drawn("bar sum(amount) by name", over: many)
    #expect(html.contains("(100 records left out)"))
    #expect(count("<rect", in: html) == 2_000)
  }

  @Test("charts in a group's footer begin anew with every group")
  func groups() throws {
    let html = try WrittenReport.text(
      """
      group 1 region by region
      band detail { }
      band group footer 1 { chart bar sum(amount) by name }
      """, over: Self.records, as: .html)
    #expect(html.contains("<title>a: 1</title>"))
    #expect(html.split(separator: "<svg").last?.contains("<title>a: 1</title>") == false)
  }
}
