package import BenchComparer
package import BenchOutput
import Foundation

/// `--format` of `compare`
package enum ComparisonFormat: String, CaseIterable {
  case text, json, markdown, github, junit, csv
}

/// A comparison on its way out, in whatever format.
package struct ComparisonAnswer {
  let comparison: Comparison
  let setting: ComparisonSetting
  let exit: ComparisonExit
  let showsAll: Bool
  /// What must not be written to.
  let protected: ProtectedFiles

  package init(
    comparison: Comparison, setting: ComparisonSetting, exit: ComparisonExit, showsAll: Bool,
    protected: ProtectedFiles
  ) {
    self.comparison = comparison
    self.setting = setting
    self.exit = exit
    self.showsAll = showsAll
    self.protected = protected
  }

  package func write(_ format: ComparisonFormat, to console: Console) throws {
    switch format {
    case .text:
      console.answer(text(width: console.width, style: console.style))
    case .json: console.answer(ComparisonJSON.text(comparison, setting: setting, exit: exit))
    case .markdown: console.answer(markdown.text())
    case .junit: console.answer(ComparisonJUnit.text(comparison, setting: setting))
    case .csv: console.answer(ComparisonCSV.text(comparison))
    case .github: try writeForGitHub(console)
    }
  }

  /// The text for the log, annotations, and the step's summary, where the runner names a file for
  /// it.
  private func writeForGitHub(_ console: Console) throws {
    let token = "benchdb-\(UUID().uuidString)"
    let log = text(width: console.width, style: .plain)
    console.answer(
      ComparisonGitHub.inert(log, token: token) + ComparisonGitHub.annotations(comparison))
    try StepSummary.append(console, sparing: protected) { room in markdown.text(limit: room) }
  }

  /// As Markdown that fits a comment of GitHub's.
  package var comment: String { markdown.text(limit: ComparisonGitHub.commentLimit, marked: true) }

  private var markdown: ComparisonMarkdown {
    ComparisonMarkdown(comparison, setting: setting, exit: exit, showsAll: showsAll)
  }

  private func text(width: Int, style: TerminalStyle) -> String {
    ComparisonText(
      comparison, setting: setting, showsAll: showsAll, width: width, style: style
    ).text
  }
}
