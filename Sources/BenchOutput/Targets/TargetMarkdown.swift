package import BenchComparer
import TextCoding

/// `benchdb check` as Markdown: for a page, a comment, or the summary of a step.
package enum TargetMarkdown {
  package static func text(
    _ check: TargetCheck, setting: TargetSetting, exit: TargetExit
  ) -> String {
    let mark = check.missed > 0 ? "❌" : check.met == check.rows.count ? "✅" : "⚠️"
    let heading = [
      "### \(mark) \(MarkdownText.text(check.sentence))", "",
      MarkdownText.text(setting.text), "",
      "| target | series | limit | measured (95 % interval) | verdict |",
      "|:--|:--|--:|--:|:--|",
    ]
    let notes = check.rows.compactMap(note)
    let lines =
      heading + check.rows.map(line) + (notes.isEmpty ? [] : [""] + notes)
      + ["", "\(MarkdownText.text(exit.reason)).", ""]
    return lines.joined(separator: "\n")
  }

  private static func line(_ row: TargetRow) -> String {
    let verdict = TargetWords.verdict(row)
    let cells = [
      MarkdownText.text(row.target.name), MarkdownText.code(TargetWords.subject(row)),
      MarkdownText.text(TargetWords.limit(row.target)),
      MarkdownText.text(TargetWords.measured(row)),
      TargetWords.role(row) == .bad ? "**\(verdict)**" : verdict,
    ]
    return "| \(cells.joined(separator: " | ")) |"
  }

  private static func note(_ row: TargetRow) -> String? {
    TargetWords.reason(row).map {
      "- \(MarkdownText.text("\(row.target.name), \(TargetWords.verdict(row)): \($0)."))"
    }
  }
}
