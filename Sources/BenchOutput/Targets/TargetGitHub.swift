package import BenchComparer
import BenchModel

/// `benchdb check` for GitHub Actions: annotations on the lines that declare the benchmarks.
package enum TargetGitHub {
  /// Workflow commands, one a line: targets missed first, then those that cannot be told, as many
  /// as GitHub keeps.
  package static func annotations(_ check: TargetCheck) -> String {
    let missed = check.rows.filter { TargetWords.role($0) == .bad }
    let open = check.rows.filter { TargetWords.role($0) == .warning }
    return (missed + open).prefix(ComparisonGitHub.annotationLimit).map(annotation).joined()
  }

  private static func annotation(_ row: TargetRow) -> String {
    let level = TargetWords.role(row) == .bad ? "error" : "warning"
    let location =
      row.source.map { "file=\(WorkflowCommand.property($0.file)),line=\($0.line)," } ?? ""
    let numbers = "\(TargetWords.measured(row)), limit \(TargetWords.limit(row.target))"
    let reason = TargetWords.reason(row).map { ": \($0)" } ?? ""
    let message = "\(TargetWords.subject(row)): \(TargetWords.verdict(row)), \(numbers)\(reason)"
    return "::\(level) \(location)title=\(WorkflowCommand.property(row.target.name))::"
      + WorkflowCommand.message(message) + "\n"
  }
}
