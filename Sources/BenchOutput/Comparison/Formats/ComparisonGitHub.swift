package import BenchComparer
import BenchModel
import TextCoding

/// A comparison for GitHub Actions: annotations on the lines that declare the benchmarks. Summary
/// and comment are `ComparisonMarkdown` within GitHub's limits.
package enum ComparisonGitHub {
  /// GitHub keeps no more annotations of each kind for a step.
  static let annotationLimit = 10
  /// The largest summary of a step, in bytes: GitHub shows nothing of one above 1 MiB.
  package static let summaryLimit = 1 << 20
  /// The largest comment, in bytes: GitHub allows 65,535 characters, of which each takes a byte or
  /// more.
  package static let commentLimit = 65_535

  /// Workflow commands, one a line: the worst series first, at most ten in all.
  package static func annotations(_ comparison: Comparison) -> String {
    let rows = comparison.rows.filter { $0.metric.isGate }
    let worst =
      rows.filter(\.isRed) + rows.filter { $0.kind == .suspectedSlower } + rows.filter(\.isAccepted)
    return worst.prefix(annotationLimit).map { annotation($0, mode: comparison.mode) + "\n" }
      .joined()
  }

  /// What a runner shall print and not obey: a benchmark may have any name, also that of a command.
  /// `token` must not occur in `text`.
  package static func inert(_ text: String, token: String) -> String {
    "::stop-commands::\(token)\n\(text)::\(token)::\n"
  }

  /// `::error file=Sources/Suite.swift,line=12,title=throughput/grouped · cpu::slower by 6.1–9.2
  /// %`
  private static func annotation(_ row: ComparisonRow, mode: Comparison.Mode) -> String {
    let level = row.isRed ? "error" : row.isAccepted ? "notice" : "warning"
    let location =
      row.source.map { "file=\(WorkflowCommand.property($0.file)),line=\($0.line)," } ?? ""
    let evidence = row.evidence(in: mode)
    let note = row.acceptance.map { "\n\(AcceptanceText.note(row, $0))" } ?? ""
    let message = AnswerText.text(row) + (evidence.isEmpty ? "" : " (\(evidence))") + note
    return "::\(level) \(location)title=\(WorkflowCommand.property(row.key.description))::"
      + WorkflowCommand.message(message)
  }
}

/// The escapes of GitHub's workflow commands, as its runner undoes them.
enum WorkflowCommand {
  /// After the second `::`.
  static func message(_ text: String) -> String {
    let lines = Printable.lines(text)
    return lines.replacing("%", with: "%25").replacing("\n", with: "%0A")
  }

  /// A property's value, which ends at a comma or a colon.
  static func property(_ text: String) -> String {
    Printable.text(text).replacing("%", with: "%25").replacing(":", with: "%3A")
      .replacing(",", with: "%2C")
  }
}
