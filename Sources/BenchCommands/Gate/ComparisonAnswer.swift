import ArgumentParser
import BenchComparer
import BenchReport
import Foundation

/// `--format` of `compare`
enum ComparisonFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json, markdown, github, junit, csv
}

/// A comparison on its way out, in whatever format.
struct ComparisonAnswer {
  let comparison: Comparison
  let setting: ComparisonSetting
  let exit: ComparisonExit
  let showsAll: Bool

  func write(_ format: ComparisonFormat, to console: Console) throws {
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

  /// The text for the log, annotations, and the step's summary, where the runner names a file for it.
  private func writeForGitHub(_ console: Console) throws {
    let token = "benchdb-\(UUID().uuidString)"
    let log = text(width: console.width, style: .plain)
    console.answer(
      ComparisonGitHub.inert(log, token: token) + ComparisonGitHub.annotations(comparison))
    guard let path = console.environment["GITHUB_STEP_SUMMARY"], !path.isEmpty else { return }
    // Several comparisons of one step share the file.
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    let used = (attributes?[.size] as? NSNumber)?.intValue ?? 0
    let summary = markdown.text(limit: ComparisonGitHub.summaryLimit - used)
    try append(summary, to: path)
  }

  func writeComment(to path: String) throws {
    let text = markdown.text(limit: ComparisonGitHub.commentLimit, marked: true)
    do { try Data(text.utf8).write(to: URL(filePath: path), options: .atomic) } catch {
      throw CommandFailure("--comment: \(path) can't be written: \(error.localizedDescription)")
    }
  }

  private var markdown: ComparisonMarkdown {
    ComparisonMarkdown(comparison, setting: setting, exit: exit, showsAll: showsAll)
  }

  private func text(width: Int, style: TerminalStyle) -> String {
    ComparisonText(
      comparison, setting: setting, showsAll: showsAll, width: width, style: style
    ).text
  }

  private func append(_ text: String, to path: String) throws {
    do {
      if !FileManager.default.fileExists(atPath: path) {
        try Data().write(to: URL(filePath: path))
      }
      let file = try FileHandle(forWritingTo: URL(filePath: path))
      defer { try? file.close() }
      try file.seekToEnd()
      try file.write(contentsOf: Data(text.utf8))
    } catch {
      throw CommandFailure(
        "GITHUB_STEP_SUMMARY: \(path) can't be written: \(error.localizedDescription)")
    }
  }
}
