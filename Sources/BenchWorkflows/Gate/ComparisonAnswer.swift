import BenchComparer
package import BenchOutput
import Foundation

/// `--format` of `compare`.
package enum ComparisonFormat: String, CaseIterable {
  case text, json, markdown, github, junit, csv
}

/// A comparison on its way out, in whatever format.
package struct ComparisonAnswer {
  package let exit: ComparisonExit
  package let sides: JudgedSides
  private let showsAll: Bool
  private let workspace: Workspace

  private var comparison: Comparison { sides.comparison }
  private var setting: ComparisonSetting { sides.setting }

  init(_ sides: JudgedSides, exit: ComparisonExit, showsAll: Bool, in workspace: Workspace) {
    self.sides = sides
    self.exit = exit
    self.showsAll = showsAll
    self.workspace = workspace
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
    try StepSummary.append(console, sparing: ProtectedFiles(of: workspace)) { room in
      markdown.text(limit: room)
    }
  }

  /// The comparison as a page, with drawings.
  package func page(to file: OutputFile) throws {
    try file.write(sides.page(in: workspace).bytes)
  }

  /// The comparison as Markdown that fits a comment of GitHub's.
  package var comment: String { markdown.text(limit: ComparisonGitHub.commentLimit, marked: true) }

  /// Ends the command with the status that was found.
  /// - Throws: `CommandFailure` for every status but success.
  package func conclude(on console: Console) throws {
    try console.conclude(exit.status, exit.reason)
  }

  private var markdown: ComparisonMarkdown {
    ComparisonMarkdown(comparison, setting: setting, exit: exit, showsAll: showsAll)
  }

  private func text(width: Int, style: TerminalStyle) -> String {
    ComparisonText(
      comparison, setting: setting, showsAll: showsAll, width: width, style: style
    ).text
  }
}
