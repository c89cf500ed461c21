import BenchComparer
import BenchReport
import Foundation

/// A check on its way out, in whatever format.
struct CheckAnswer {
  let check: TargetCheck
  let setting: TargetSetting
  let exit: TargetExit

  func write(_ format: CheckFormat, to console: Console) throws {
    switch format {
    case .text: console.answer(text(width: console.width, style: console.style))
    case .json: console.answer(TargetJSON.text(check, setting: setting, exit: exit))
    case .markdown: console.answer(TargetMarkdown.text(check, setting: setting, exit: exit))
    case .junit: console.answer(TargetJUnit.text(check, setting: setting))
    case .github: try writeForGitHub(console)
    }
  }

  /// The text for the log, annotations, and the step's summary, where the runner names a file for it.
  private func writeForGitHub(_ console: Console) throws {
    let log = text(width: console.width, style: .plain)
    console.answer(
      ComparisonGitHub.inert(log, token: "benchdb-\(UUID().uuidString)")
        + TargetGitHub.annotations(check))
    try StepSummary.append(console) { room in
      let summary = TargetMarkdown.text(check, setting: setting, exit: exit)
      return summary.utf8.count <= room ? summary : ""
    }
  }

  private func text(width: Int, style: TerminalStyle) -> String {
    TargetText.text(check, setting: setting, width: width, style: style)
  }
}
