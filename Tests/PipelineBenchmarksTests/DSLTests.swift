import PipelineBenchmarks
import PipelineWorkloads
import ReportLanguage
import StreamingPipeline
import Testing

@Suite("The suite of the report language") struct DSLTests {
  @Test("the report of eleven bands has eleven, 61 elements, and is what it prints")
  func elevenBands() throws {
    let measured = try MeasuredReport.elevenBands()
    let kinds = measured.report.bands.map { band in
      switch band.kind {
      case .groupHeader: "group header"
      case .groupFooter: "group footer"
      default: "\(band.kind)"
      }
    }
    #expect(Set(kinds).count == 11)
    #expect(measured.elements == 61)
    #expect(measured.complaint(aboutParsed: measured.report) == nil)
    let again = try Report(parsing: ReportText(measured.report.text))
    #expect(measured.complaint(aboutParsed: again) == nil)
  }

  @Test("generated reports have the size they are asked for", arguments: [10, 25, 50, 100, 1_000])
  func generated(_ elements: Int) throws {
    for nesting in 2...6 {
      let measured = try MeasuredReport(
        GeneratedReport(elements: elements, nesting: nesting).report)
      #expect(measured.elements == elements)
      var depth = 0
      var band = measured.report.bands.first { $0.kind == .detail }
      while let outer = band { (depth, band) = (depth + 1, outer.bands.first) }
      #expect(depth == nesting)
    }
  }

  @Test("another tree, and another pipeline, are refused")
  func wrongTrees() throws {
    let measured = try MeasuredReport.elevenBands()
    var report = measured.report
    report.bands[3].elements.removeLast()
    #expect(measured.complaint(aboutParsed: report) != nil)
    let orders = try OrdersWorkload(count: 0)
    let checked = try ReportChecker(schema: orders.schema).check(measured.report)
    let lowered = try PreparedReport(checked, now: 0).pipeline(over: orders)
    #expect(measured.complaint(aboutLowered: lowered) == nil)
    var (unfiltered, flat) = (lowered, lowered)
    unfiltered.transforms = []
    #expect(measured.complaint(aboutLowered: unfiltered)?.contains("filter") == true)
    flat.aggregation.groupings.removeLast()
    #expect(measured.complaint(aboutLowered: flat)?.contains("keys") == true)
  }

  @Test("written reports meet their references, and miss those of other orders")
  func written() throws {
    let orders = try SortedOrders(count: 300, seed: 3)
    let others = try SortedOrders(count: 300, seed: 4)
    let generated = GeneratedReport(elements: 12, nesting: 3)
    for (report, expected, other) in [
      (generated.report, generated.expectation(orders), generated.expectation(others)),
      (
        try MeasuredReport.elevenBands().report, ElevenBands.expectation(orders),
        ElevenBands.expectation(others)
      ),
    ] {
      let checked = try ReportChecker(schema: orders.source.schema).check(report)
      let seen = try RenderedReport(of: try PreparedReport(checked, now: 0), over: orders.source)
      #expect(expected.complaint(about: seen) == nil)
      #expect(other.complaint(about: seen) != nil)
      var fewer = seen
      fewer.records -= 1
      #expect(expected.complaint(about: fewer)?.contains("should show") == true)
    }
  }

  @Test("the pipeline of a report meets its reference, and one that lost a record is refused")
  func run() throws {
    let orders = try SortedOrders(count: 2_000, seed: 3)
    let checked = try ReportChecker(schema: orders.source.schema)
      .check(try MeasuredReport.elevenBands().report)
    let pipeline = try PreparedReport(checked, now: 0).pipeline(over: orders.source)
    let seen = try ConsumedRun(of: pipeline, consuming: "id")
    let (records, cents) = ElevenBands.total(of: orders)
    #expect(records > 1_500)
    #expect(ElevenBands.complaint(about: seen, records: records, cents: cents) == nil)
    #expect(ElevenBands.complaint(about: seen, records: records + 1, cents: cents) != nil)
    #expect(ElevenBands.complaint(about: seen, records: records, cents: cents + 1) != nil)
    var silent = seen
    silent.aggregation = nil
    #expect(ElevenBands.complaint(about: silent, records: records, cents: cents) != nil)
  }

  @Test("every mistake is found, and one that is not is missed")
  func malformed() throws {
    for report in MalformedReport.all {
      let found = try report.found()
      #expect(found.count == report.diagnostics.count && found.count >= 5)
      #expect(report.complaint(about: found) == nil)
      #expect(report.complaint(about: found.dropLast()) != nil)
    }
  }

  @Test("the language and the loop compute the same, and another value is refused")
  func arithmetic() throws {
    let arithmetic = try Arithmetic(records: 2_500)
    #expect(arithmetic.complaint(about: try arithmetic.evaluate()) == nil)
    #expect(arithmetic.complaint(about: try arithmetic.evaluateByHand()) == nil)
    #expect(arithmetic.complaint(about: try arithmetic.evaluate().dropLast()) != nil)
    let other = try Arithmetic(records: 2_500).evaluate().reversed()
    #expect(arithmetic.complaint(about: Array(other)) != nil)
  }
}
