import BenchOutput
import Foundation
import TextCoding

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
