import Foundation
import ReportLanguage
import StreamingPipeline
import Testing

@Suite struct BuildingTests {
  private static func built() -> Report {
    var report = Report("sales", title: "Sales", source: "orders")
    var least = Parameter("least", .decimal(scale: 2))
    least.defaultValue = .literal(.decimal(FixedDecimal(mantissa: 0, scale: 2)))
    report.parameters = [least]
    report.formats = [NamedFormat("money", .pattern("#,##0.00"))]
    report.filter = .field("amount") * 2 .> .parameter("least") && !.field("region").isNull
    report.order = [SortOrder("region"), SortOrder("amount", isDescending: true)]
    report.limit = 1000
    report.groups = [Group(1, "region", by: .field("region"))]
    report.variables = [
      Variable("total", .function(.sum, of: .field("amount")), reset: .group(1)),
      Variable("balance", .custom(.variable("balance") + .field("amount")), initial: 0),
    ]
    report.bands = [
      Band(.groupHeader(1), elements: [Element(.field("region")).heading("Region")]),
      Band(
        .detail, visibleWhen: .field("status").isIn("open", "paid"),
        elements: [
          Element(.field("amount")).heading("Amount").format(.named("money")).width(12),
          Element(.expression(.call("round", .variable("total"), 2)))
            .aligned(.right).visible(when: .field("amount") .>= 1),
          Element(
            .expression(
              .cases([(when: .field("amount") .> 100, then: "large")], otherwise: "small"))),
        ]),
      Band(
        .groupFooter(1),
        elements: [
          Element(.label("Total")),
          Element(.aggregate(.sum, of: .field("amount"), scope: .group(1))).format(.named("money")),
          Element(
            .chart(
              Chart(.bar, .sum, of: .field("amount"), by: .field("status"), title: "By status"))),
        ]),
    ]
    return report
  }

  private static func text(at path: String) throws -> String {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
    return try String(contentsOf: folder.appending(path: path).standardizedFileURL, encoding: .utf8)
  }

  @Test("a report built in code is the report that its text says, as the documentation shows both")
  func oneToOne() throws {
    let page = try Self.text(at: "../../Sources/ReportLanguage/Documentation.docc/Building.md")
    let blocks = page.split(separator: "```").map(String.init)
    let read = try Report(parsing: ReportText(blocks[1]))
    #expect(read == Self.built())
    #expect(diagnostics(of: ReportText(blocks[1])) == [])
    // The page's code is that of this file, but for blanks and line breaks.
    let code = try #require(blocks.first { $0.hasPrefix("swift\n") }).dropFirst(5)
    let file = try Self.text(at: "BuildingTests.swift")
    #expect(file.filter { !$0.isWhitespace }.contains(code.filter { !$0.isWhitespace }))
  }
}

@Suite struct ExpressionBuildingTests {
  @Test("every form of an expression can be built")
  func expressions() throws {
    let cases: [(ReportLanguage.Expression, String)] = [
      (.field("a") + .field("b"), "a + b"), (.field("a") - 1, "a - 1"),
      (.field("a") * 2, "a * 2"), (.field("a") / 2, "a / 2"), (.field("a") % 2, "a % 2"),
      (.field("a") .== 1, "a = 1"), (.field("a") .!= 1, "a != 1"), (.field("a") .< 1, "a < 1"),
      (.field("a") || .field("b") && !.field("c"), "a or b and not c"),
      (.field("a") .<= 1.5, "a <= 1.5e0"), (-.field("a"), "-a"),
      (.field("a").isBetween(1, and: .parameter("p")), "a between 1 and $p"),
      (.field("a").joined(with: "x"), "a || 'x'"),
      (.choose(if: true, then: 1, otherwise: 2), "if true then 1 else 2"),
      (.cases([(when: .field("a"), then: 1)]), "case when a then 1 end"),
      (.literal(.date(20_000)), "2024-10-04"), (.literal(.null), "null"),
    ]
    for (built, text) in cases {
      let read = try Report(parsing: ReportText("report r { source s filter \(text) }"))
      #expect(read.filter == built, "\(text)")
    }
  }
}
