extension Report {
  /// Reads a report.
  ///
  /// - Throws: All that is wrong with its text, up to a hundred things. Whether it means
  ///   something, `ReportChecker` says.
  public init(parsing text: ReportText) throws(Diagnostics) {
    let (report, diagnostics) = Self.recovered(from: text)
    guard diagnostics.isEmpty else { throw Diagnostics(diagnostics) }
    self = report
  }

  /// As much of a report as can be read, and what is wrong with the rest.
  package static func recovered(
    from text: ReportText
  ) -> (report: Report, diagnostics: [Diagnostic]) {
    var parser = Parser(text.bytes)
    let report = parser.parseReport()
    return (report, parser.diagnostics)
  }
}
