import ReportLanguage
import StreamingPipeline
import Testing

@Suite("Checked reports")
struct CheckedReportTests {
  private func checked(_ text: String) throws -> CheckedReport {
    let text = ReportText(text)
    do {
      return try ReportChecker(schema: orders).check(try Report(parsing: text))
    } catch {
      Issue.record("\(error.description(in: text))")
      throw error
    }
  }

  @Test("the complex report of eleven bands and 61 elements is well written and means something")
  func complex() throws {
    let checked = try checked(ExampleReports.complex)
    func count(_ bands: [Band]) -> Int {
      bands.reduce(0) { $0 + $1.elements.count + count($1.bands) }
    }
    #expect(count(checked.report.bands) == 61)
    let kinds = Set(checked.report.bands.map { "\($0.kind)".prefix { $0 != "(" } })
    #expect(kinds.count == 11)
  }

  @Test("variables come after those they need, otherwise as they are written")
  func order() throws {
    let checked = try checked(
      """
      report r { source orders
        variable a: custom @b + @c
        variable b: sum(@c)
        variable c: count()
        variable d: custom @d + 1 initial 0
        band detail { }
      }
      """)
    #expect(checked.variablesInOrder.map(\.name.text) == ["c", "d", "b", "a"])
  }

  @Test(
    "variables have the type that holds all their values",
    arguments: [
      ("count()", FieldType.int64), ("sum(amount)", .decimal(scale: 2)), ("sum(quantity)", .int64),
      ("average(quantity)", .double), ("first(region)", .string), ("max(date)", .date),
      ("distinct(region)", .int64), ("custom amount * 2", .decimal(scale: 2)),
      ("custom @v + amount initial 0", .decimal(scale: 2)),
      ("custom @v + discount initial 0", .double), ("custom @v or done initial false", .bool),
      ("custom if @v > 3 then 0 else @v + 1 initial 0", .int64),
      ("sum(quantity) initial null", .int64), ("sum(discount) initial 1", .double),
    ])
  func types(calculation: String, expected: FieldType) throws {
    let checked = try checked(
      "report r { source orders variable v: \(calculation) band detail { } }")
    #expect(checked.variableTypes == ["v": expected])
  }

  @Test("elements have the types of their values")
  func elementTypes() throws {
    let checked = try checked(
      """
      report r { source orders
        band detail {
          field customer.name
          expression amount * quantity
          aggregate average(amount) scope report
          label "x"
        }
      }
      """)
    let types = checked.report.bands[0].elements.map { checked.type(of: $0) }
    #expect(types == [.string, .decimal(scale: 2), .decimal(scale: 6), nil])
  }

  @Test("an aggregate that does not say its scope has that of its band")
  func scopes() throws {
    let checked = try checked(
      """
      report r { source orders group 1 region by region
        band page footer { aggregate count() }
        band group footer 1 { aggregate count() }
        band detail { aggregate count() aggregate count() scope band }
      }
      """)
    let scopes = checked.report.bands.flatMap(\.elements).map { element -> Element.Scope? in
      if case .aggregate(_, _, let scope) = element.content { scope } else { nil }
    }
    #expect(scopes == [.page, .group(1), .report, .band])
  }
}
