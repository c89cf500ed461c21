package import BenchComparer
package import BenchOutput
import Foundation
import ReportLanguage

/// `--format` of `check`.
package enum CheckFormat: String, CaseIterable {
  case text, json, markdown, junit, github
}

/// A check on its way out, in whatever format.
package struct CheckAnswer {
  package let exit: TargetExit
  package let check: TargetCheck
  let setting: TargetSetting
  let reports: [RunReport]
  let workspace: Workspace

  package func write(_ format: CheckFormat, to console: Console) throws {
    switch format {
    case .text: console.answer(text(width: console.width, style: console.style))
    case .json: console.answer(TargetJSON.text(check, setting: setting, exit: exit))
    case .markdown: console.answer(try markdown())
    case .junit: console.answer(TargetJUnit.text(check, setting: setting))
    case .github: try writeForGitHub(console)
    }
  }

  /// Ends the command with the status that was found.
  /// - Throws: `CommandFailure` for every status but success.
  package func conclude(on console: Console) throws {
    try console.conclude(exit.status, exit.reason)
  }

  private func markdown() throws -> String {
    if reports.isEmpty { return TargetMarkdown.text(check, setting: setting, exit: exit) }
    return PerformanceMarkdown.text(
      check, setting: setting, exit: exit, project: workspace.projectName,
      reports: try reports.map { try $0.text(.markdown, run: setting.run) })
  }

  package func page(to file: OutputFile) throws {
    let page = TargetPage(
      check, setting: setting, project: workspace.projectName,
      reports: try reports.map { Array(try $0.text(.html, run: setting.run).utf8) },
      generated: Date(), toolVersion: Version.current)
    try file.write(page.bytes)
  }

  /// The text for the log, annotations, and the step's summary, where the runner names a file for
  /// it.
  private func writeForGitHub(_ console: Console) throws {
    let log = text(width: console.width, style: .plain)
    console.answer(
      ComparisonGitHub.inert(log, token: "benchdb-\(UUID().uuidString)")
        + TargetGitHub.annotations(check))
    try StepSummary.append(console, sparing: ProtectedFiles(of: workspace)) { room in
      let summary = TargetMarkdown.text(check, setting: setting, exit: exit)
      return summary.utf8.count <= room ? summary : ""
    }
  }

  private func text(width: Int, style: TerminalStyle) -> String {
    TargetText.text(check, setting: setting, width: width, style: style)
  }
}
