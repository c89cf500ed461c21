package import BenchComparer
import TextCoding

/// A comparison for a terminal.
package struct ComparisonText: Sendable {
  package let comparison: Comparison
  package let setting: ComparisonSetting
  /// `--all`: every row by itself, the series that never gate included.
  package let showsAll: Bool
  package let width: Int
  package let style: TerminalStyle

  package init(
    _ comparison: Comparison, setting: ComparisonSetting, showsAll: Bool = false, width: Int = 80,
    style: TerminalStyle = .plain
  ) {
    self.comparison = comparison
    self.setting = setting
    self.showsAll = showsAll
    self.width = width
    self.style = style
  }

  /// The whole text, newline at the end.
  package var text: String {
    let sections = [heading, table, summary].filter { !$0.isEmpty }
    return sections.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  private var heading: [String] {
    let sides =
      "comparing \(setting.head.text) with \(setting.base.text)"
      + (setting.machine.isEmpty ? "" : " on \(setting.machine)")
    return wrapped(sides, nil)
      + wrapped(
        VerdictSentence.text(comparison), VerdictSentence.role(comparison.counts))
  }

  private var table: [String] {
    guard !comparison.rows.isEmpty else { return [] }
    return ComparisonTable(comparison, setting: setting, showsAll: showsAll).table
      .lines(width: width, style: style)
  }

  private var summary: [String] {
    wrapped(CoverageText.text(comparison, setting))
      + notes.flatMap { wrapped("note: \($0).", .dim) }
      + comparison.acceptedRows.flatMap {
        wrapped("accepted: \(AcceptanceText.note($0.row, $0.accepted)).", .dim)
      }
      + (setting.next.isEmpty
        ? [] : wrapped("next: " + setting.next.joined(separator: " · ")))
  }

  private var notes: [String] {
    [setting.benchmarks?.text].compactMap(\.self) + comparison.warnings.map(WarningText.text)
      + setting.notes
  }

  private func wrapped(_ text: String, _ role: TextRole? = nil) -> [String] {
    Elision.wrap(Printable.text(text), width: width).map { style.text($0, role) }
  }
}
