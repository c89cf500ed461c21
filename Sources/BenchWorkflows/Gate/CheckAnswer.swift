package import BenchComparer
package import BenchOutput
import Foundation
import ReportLanguage

/// `--format` of `check`
package enum CheckFormat: String, CaseIterable {
  case text, json, markdown, junit, github
}

/// A check on its way out, in whatever format.
package struct CheckAnswer {
  let check: TargetCheck
  let setting: TargetSetting
  let exit: TargetExit
  let project: String
  let reports: [RunReport]
  /// What must not be written to.
  let protected: ProtectedFiles

  package init(
    check: TargetCheck, setting: TargetSetting, exit: TargetExit, project: String,
    reports: [RunReport], protected: ProtectedFiles
  ) {
    self.check = check
    self.setting = setting
    self.exit = exit
    self.project = project
    self.reports = reports
    self.protected = protected
  }

  package func write(_ format: CheckFormat, to console: Console) throws {
    switch format {
    case .text: console.answer(text(width: console.width, style: console.style))
    case .json: console.answer(TargetJSON.text(check, setting: setting, exit: exit))
    case .markdown: console.answer(try markdown())
    case .junit: console.answer(TargetJUnit.text(check, setting: setting))
    case .github: try writeForGitHub(console)
    }
  }

  private func markdown() throws -> String {
    if reports.isEmpty { return TargetMarkdown.text(check, setting: setting, exit: exit) }
    return PerformanceMarkdown.text(
      check, setting: setting, exit: exit, project: project,
      reports: try reports.map { try $0.text(.markdown, run: setting.run) })
  }

  package func page() throws -> [UInt8] {
    TargetPage(
      check, setting: setting, project: project,
      reports: try reports.map { Array(try $0.text(.html, run: setting.run).utf8) },
      generated: Date(), toolVersion: Version.current
    ).bytes
  }

  /// The text for the log, annotations, and the step's summary, where the runner names a file for
  /// it.
  private func writeForGitHub(_ console: Console) throws {
    let log = text(width: console.width, style: .plain)
    console.answer(
      ComparisonGitHub.inert(log, token: "benchdb-\(UUID().uuidString)")
        + TargetGitHub.annotations(check))
    try StepSummary.append(console, sparing: protected) { room in
      let summary = TargetMarkdown.text(check, setting: setting, exit: exit)
      return summary.utf8.count <= room ? summary : ""
    }
  }

  private func text(width: Int, style: TerminalStyle) -> String {
    TargetText.text(check, setting: setting, width: width, style: style)
  }
}
