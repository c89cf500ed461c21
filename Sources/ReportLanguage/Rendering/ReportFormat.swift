/// The output formats of reports.
public enum ReportFormat: String, Sendable, CaseIterable {
  /// Lines for people, in columns, with pages where a page length is given.
  case text
  /// A table with a row for every band that has values (RFC 4180).
  case csv
  /// One object on each line for every band that has values.
  case jsonLines = "json"
  /// Headings, tables and paragraphs.
  case markdown
  /// A complete page with tables and drawings.
  case html

  func writer(_ plan: ReportPlan) -> any BandWriter {
    switch self {
    case .text: TextWriter()
    case .csv: CSVWriter()
    case .jsonLines: JSONLinesWriter()
    case .markdown: MarkdownWriter()
    case .html: HTMLWriter()
    }
  }
}

/// Writes bands in one format, in the order in which they come.
protocol BandWriter: AnyObject {
  func begin(_ head: ReportHead)
  func write(_ band: RenderedBand)
  /// Begins a new page; only text has pages.
  func breakPage()
  func end()
  /// Returns what was written since the last call.
  func take() -> String
}

extension BandWriter {
  func breakPage() {}
}

/// Text that was written and not taken yet.
struct PendingText {
  private var text = ""

  mutating func line(_ line: String, end: String = "\n") {
    text += line
    text += end
  }

  mutating func take() -> String {
    defer { text = "" }
    return text
  }
}
