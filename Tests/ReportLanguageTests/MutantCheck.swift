import ReportLanguage
import StreamingPipeline
import Testing

/// Does everything with a text that can be done with a report, and counts how far it got.
struct MutantCheck {
  private static let checker = ReportChecker(sources: ExampleRecords.schemas)
  private static let sources = ExampleRecords.schemas.mapValues { schema in
    ExampleRecords.Temper.allCases.map { ExampleRecords.source(schema, $0) }
  }

  /// The number of texts that were written as text, CSV and so on, to their ends.
  private(set) var written = 0
  /// The number of texts that ended with an error of evaluation.
  private(set) var faults = 0

  /// Parses, explains and checks a text. A report that can be parsed is printed and parsed again,
  /// and a valid one is run.
  mutating func survives(_ bytes: [UInt8], _ what: String) throws -> Bool {
    let text = ReportText(bytes: bytes)
    let (report, diagnostics) = Report.recovered(from: text)
    #expect(diagnostics.count <= 101, "\(what)")
    for diagnostic in diagnostics.prefix(3) {
      #expect(!text.describe(diagnostic).isEmpty)
      #expect(diagnostic.span.start <= diagnostic.span.end && diagnostic.span.end <= bytes.count)
    }
    guard diagnostics.isEmpty else { return true }
    do {
      try run(try Self.checker.check(report), what)
    } catch let error as Diagnostics {
      #expect(!error.all.isEmpty && !error.description(in: text).isEmpty, "\(what)")
    }
    let again = Report.recovered(from: ReportText(report.text))
    #expect(again.diagnostics.isEmpty && again.report == report, "\(what):\n\(report.text)")
    return again.report == report
  }

  private mutating func run(_ checked: CheckedReport, _ what: String) throws {
    let prepared: PreparedReport
    do { prepared = try PreparedReport(checked, now: 0) } catch {
      #expect(!"\(error)".isEmpty)
      return
    }
    for source in Self.sources[checked.report.source.text] ?? [] {
      for format in ReportFormat.allCases {
        do {
          var bytes = 0
          try prepared.write(format, of: source, pageLength: 20) { bytes += $0.utf8.count }
          // Each record may show all that the report contains, and its charts have their points.
          let most = 10_000_000 + 1_000 * checked.report.text.utf8.count
          #expect(bytes < most, "\(what): \(bytes) bytes as \(format)")
          written += 1
        } catch {
          // The error depends on a record's values, or on the order of the groups' records.
          #expect(!"\(error)".isEmpty, "\(what)")
          faults += 1
        }
      }
    }
  }
}
