extension Report {
  /// Parses a report.
  ///
  /// A report that can be parsed may still be invalid; `ReportChecker` checks that.
  ///
  /// - Throws: everything that is wrong with the text, up to a hundred diagnostics.
  public init(parsing text: ReportText) throws(Diagnostics) {
    let (report, diagnostics) = Self.recovered(from: text)
    guard diagnostics.isEmpty else { throw Diagnostics(diagnostics) }
    self = report
  }

  /// As much of a report as can be parsed, and what is wrong with the rest.
  package static func recovered(
    from text: ReportText
  ) -> (report: Report, diagnostics: [Diagnostic]) {
    var parser = Parser(text.bytes)
    let report = parser.parseReport()
    return (report, parser.diagnostics)
  }
}
