package import BenchComparer
import TextCoding

/// A check and the reports over its run as one document in Markdown.
package enum PerformanceMarkdown {
  /// `reports` is what the reports wrote, in Markdown.
  package static func text(
    _ check: TargetCheck, setting: TargetSetting, exit: TargetExit, project: String,
    reports: [String]
  ) -> String {
    let opening = [
      "# \(MarkdownText.text("Performance of \(project)"))", "", summary(check), "",
    ]
    return (opening + [TargetMarkdown.text(check, setting: setting, exit: exit)] + reports)
      .joined(separator: "\n")
  }

  /// A row a target: what a README shows.
  package static func summary(_ check: TargetCheck) -> String {
    let heading = [
      "| target | limit | nearest to it, or furthest beyond | verdict |", "|:--|--:|--:|:--|",
    ]
    let rows = TargetSummary.all(check).map { summary in
      let cells = [
        summary.target.name, TargetWords.limit(summary.target),
        TargetWords.measured(summary.worst), summary.verdict,
      ]
      return "| \(cells.map(MarkdownText.text).joined(separator: " | ")) |"
    }
    return (heading + rows).joined(separator: "\n")
  }
}
