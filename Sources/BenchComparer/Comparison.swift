/// Two revisions, judged series by series: what `benchdb compare` shows, in every format.
package struct Comparison: Sendable {
  package let mode: Mode
  package let rule: ComparisonRule
  /// Gate series first, worst first, then the series that are only shown; ties in the order of
  /// their names.
  package let rows: [ComparisonRow]
  package let counts: ComparisonCounts
  /// What a reader should know before believing a row; rendered as footnotes.
  package let warnings: [ComparisonWarning]

  package init(
    mode: Mode, rule: ComparisonRule, rows: [ComparisonRow], counts: ComparisonCounts,
    warnings: [ComparisonWarning]
  ) {
    self.mode = mode
    self.rule = rule
    self.rows = rows
    self.counts = counts
    self.warnings = warnings
  }

  package enum Mode: String, Sendable, Codable {
    /// Both sides come from the database, measured in different sessions.
    case stored
    /// Both sides were measured side by side in one session.
    case paired
  }
}
