import BenchModel

extension ComparisonRow {
  /// Gate series first, worst first, then the series that are only shown; ties in the order of
  /// their names. What was accepted comes after what may still be news.
  static func isWorse(_ left: ComparisonRow, than right: ComparisonRow) -> Bool {
    if left.metric.isGate != right.metric.isGate { return left.metric.isGate }
    let severities = (left.kind.severity, right.kind.severity)
    if severities.0 != severities.1 { return severities.0 > severities.1 }
    let estimates = (left.answer.change?.estimate ?? 0, right.answer.change?.estimate ?? 0)
    return estimates.0 != estimates.1 ? estimates.0 > estimates.1 : left.key < right.key
  }
}
