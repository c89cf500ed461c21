import ReportLanguage
import Testing

@Suite struct BuildingTests {
  @Test("a report built in code is the report that its text says")
  func oneToOne() throws {
    var report = Report("sales", title: "Sales", source: "orders")
    report.filter = .field("amount") * 2 .> .parameter("least") && !.field("region").isNull
    report.groups = [Group(1, "region", by: .field("region"))]
    report.bands = [
      Band(
        .detail,
        elements: [
          Element(.field("amount")).heading("Amount").format(.pattern("0.00")).width(12),
          Element(.expression(.call("round", .variable("total"), 2)))
            .visible(when: .field("amount") .>= 1),
        ])
    ]
    let text = """
      report sales "Sales" {
        source orders
        filter amount * 2 > $least and not (region is null)
        group 1 region by region
        band detail {
          field amount heading "Amount" format "0.00" width 12
          expression round(@total, 2) visible when amount >= 1
        }
      }
      """
    #expect(try Report(parsing: ReportText(text)) == report)
  }
}
