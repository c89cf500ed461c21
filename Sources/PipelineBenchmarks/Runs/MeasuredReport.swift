package import BenchKit
import PipelineWorkloads
package import ReportLanguage
package import StreamingPipeline

/// A report over orders, and the steps before and during writing it.
package struct MeasuredReport: Sendable {
  /// The expected result of parsing the text.
  package let report: Report
  package let text: ReportText
  private let checked: CheckedReport

  /// - Throws: `Diagnostics`, where the report is not valid over orders.
  package init(_ report: Report) throws {
    try self.init(report, ReportText(report.text))
  }

  /// - Throws: `Diagnostics`, where it cannot be parsed or is not valid over orders.
  package init(_ text: String) throws {
    let text = ReportText(text)
    try self.init(try Report(parsing: text), text)
  }

  private init(_ report: Report, _ text: ReportText) throws {
    self.report = report
    self.text = text
    checked = try Self.checker().check(report)
  }

  static func checker() throws -> ReportChecker {
    ReportChecker(schema: try OrdersWorkload(count: 0).schema)
  }

  /// The number of elements of all bands.
  package var elements: Int { report.bands.map(\.elementCount).reduce(0, +) }
}

extension Band {
  /// The number of its own elements and those of the bands within it.
  fileprivate var elementCount: Int { elements.count + bands.map(\.elementCount).reduce(0, +) }
}

// MARK: The steps

extension MeasuredReport {
  package var parsing: Work {
    .measuring { [text] in
      try Report(parsing: text)
    } checking: { parsed in
      complaint(aboutParsed: parsed)
    }
  }

  package var verifying: Work {
    get throws {
      let (checker, report) = (try Self.checker(), report)
      return .measuring {
        try checker.check(report)
      } checking: { checked in
        complaint(aboutParsed: checked.report)
      }
    }
  }

  package var lowering: Work {
    get throws {
      let (checked, source) = (checked, try OrdersWorkload(count: 0))
      return .measuring {
        try PreparedReport(checked, now: 0).pipeline(over: source)
      } checking: { pipeline in
        complaint(aboutLowered: pipeline)
      }
    }
  }

  /// All three steps, one after the other.
  package var preparing: Work {
    get throws {
      let (checker, source) = (try Self.checker(), try OrdersWorkload(count: 0))
      return .measuring { [text] in
        let checked = try checker.check(try Report(parsing: text))
        return try PreparedReport(checked, now: 0).pipeline(over: source)
      } checking: { pipeline in
        complaint(aboutLowered: pipeline)
      }
    }
  }

  package func evaluating(_ source: MemorySource, expecting expected: WrittenExpectation) -> Work {
    .measuring { [checked] in
      try RenderedReport(of: try PreparedReport(checked, now: 0), over: source)
    } checking: { written in
      expected.complaint(about: written)
    }
  }

  /// All steps from the text to the aggregates of the report's pipeline.
  package func running(_ orders: SortedOrders) throws -> Work {
    let checker = try Self.checker()
    let (records, cents) = ElevenBands.total(of: orders)
    return .measuring { [text] in
      let checked = try checker.check(try Report(parsing: text))
      let pipeline = try PreparedReport(checked, now: 0).pipeline(over: orders.source)
      return try ConsumedRun(of: pipeline, consuming: "id")
    } checking: { seen in
      ElevenBands.complaint(about: seen, records: records, cents: cents)
    }
  }
}

// MARK: Answers

extension MeasuredReport {
  /// A complaint about a tree; nil when it is right.
  package func complaint(aboutParsed parsed: Report) -> String? {
    parsed == report ? nil : "the report '\(parsed.name.text)' is not the one that was written"
  }

  /// A complaint unless there is a grouping for each level, by all keys up to its own, with
  /// aggregates at each level and over all.
  package func complaint(aboutLowered pipeline: PipelineDefinition) -> String? {
    let keys = pipeline.aggregation.groupings.map(\.keys.count)
    let levels = Array(report.groups.indices.map { $0 + 1 })
    if keys != levels { return "the groupings have \(keys) keys, and not \(levels)" }
    let aggregates =
      [pipeline.aggregation.global] + pipeline.aggregation.groupings.map(\.aggregates)
    if aggregates.contains(where: \.isEmpty) { return "a level has no aggregates" }
    let isFiltered = !pipeline.transforms.isEmpty
    return isFiltered == (report.filter != nil) ? nil : "the filter was lost, or made up"
  }
}
