import BenchOutput
import Foundation
import TextCoding

/// `--comment FILE`: the comparison as Markdown, beside what the terminal shows.
package struct CommentFile {
  private let path: String
  private let protected: ProtectedFiles

  /// `nil` where neither the flag nor a setting asks for it.
  /// - Throws: `CommandFailure` where the file must not be replaced, before anything is measured.
  package init?(_ flag: String?, in workspace: Workspace) throws {
    guard let path = try workspace.settings.value(of: .comment, flag: flag) else { return nil }
    self.path = path
    protected = ProtectedFiles(of: workspace)
    try OutputFile.check(path, of: "--comment", sparing: protected)
  }

  package func write(_ text: String) throws {
    let file = try OutputFile(path, of: "--comment", sparing: protected)
    try file.write(Array(text.utf8))
    try file.close()
  }
}

/// The file in which GitHub's runner collects a step's summary.
enum StepSummary {
  /// Adds a text, where the runner names a file for it. Several answers of one step share the file.
  /// - Parameters:
  ///   - console: knows the environment.
  ///   - protected: what must not be written to, whatever the environment says.
  ///   - text: gets the bytes that there is room for.
  /// - Throws: `CommandFailure` where the file is protected, or can't be written.
  static func append(
    _ console: Console, sparing protected: ProtectedFiles, _ text: (Int) -> String
  ) throws {
    guard let path = console.environment["GITHUB_STEP_SUMMARY"], !path.isEmpty else { return }
    try OutputFile.check(path, of: "GITHUB_STEP_SUMMARY", sparing: protected)
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    let used = (attributes?[.size] as? NSNumber)?.intValue ?? 0
    let summary = text(ComparisonGitHub.summaryLimit - used)
    do {
      if !FileManager.default.fileExists(atPath: path) {
        try Data().write(to: URL(filePath: path))
      }
      let file = try FileHandle(forWritingTo: URL(filePath: path))
      defer { try? file.close() }
      try file.seekToEnd()
      try file.write(contentsOf: Data(summary.utf8))
    } catch {
      throw CommandFailure(
        "GITHUB_STEP_SUMMARY: \(Printable.text(path)) can't be written: \(error.localizedDescription)"
      )
    }
  }
}
