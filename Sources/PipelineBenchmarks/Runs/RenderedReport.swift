package import ReportLanguage
package import StreamingPipeline

/// A report as it was written, of which only the end is kept.
package struct RenderedReport: Sendable {
  /// The number of records that the report says it shows.
  package var records = 0
  package var bytes = 0
  /// The last two parts that were written: those of the last batch of records and of the summary.
  package var ending: [String] = []

  package init() {}

  /// Writes a report as text.
  package init(of report: PreparedReport, over source: MemorySource) throws {
    records = try report.write(.text, of: source) { part in
      bytes += part.utf8.count
      if !part.isEmpty { ending = ending.suffix(1) + [part] }
    }
  }
}

/// The expected text of a report.
package struct WrittenExpectation: Sendable {
  package let records: Int
  /// The expected words at its end, without charts.
  package let ending: [String]

  package init(records: Int, ending: [String]) {
    self.records = records
    self.ending = ending
  }

  /// A complaint about a written report; nil when it is right.
  package func complaint(about written: RenderedReport) -> String? {
    if written.records != records {
      return "the report shows \(written.records) records, and should show \(records)"
    }
    let words = written.ending.joined().split(whereSeparator: \.isWhitespace)
    let isThere = words.indices.contains { words[$0...].starts(with: ending, by: ==) }
    return isThere ? nil : "'\(ending.joined(separator: " "))' is not at the report's end"
  }
}
