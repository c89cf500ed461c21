import BenchOutput
import Foundation
import TextCoding

/// `--html FILE`: the answer as a page, beside what the terminal shows.
package struct PageFile {
  private let path: String
  private let workspace: Workspace

  /// Refuses what would be lost, before anything is measured or read.
  /// - Parameters:
  ///   - path: `nil` where no page is asked for; then there is no value.
  ///   - replacesAnyFile: `--force`.
  ///   - workspace: knows what must not be replaced.
  /// - Throws: `CommandFailure` where the file is there and is no page of benchdb, or cannot be
  ///   one.
  package init?(_ path: String?, replacesAnyFile: Bool, in workspace: Workspace) throws {
    guard let path else { return nil }
    self.path = path
    self.workspace = workspace
    try OutputFile.check(path, of: "--html", sparing: ProtectedFiles(of: workspace))
    guard !FileManager.default.fileExists(atPath: path) || replacesAnyFile || Self.isPage(path)
    else {
      throw CommandFailure(
        "--html: \(Printable.text(path)) is there already and is not a page of benchdb; choose "
          + "another name, or replace it with --force.")
    }
  }

  /// Hands `body` the file, which takes its name when it is whole; until then what was there before
  /// stays.
  package func write(_ body: (OutputFile) throws -> Void) throws {
    let file = try OutputFile(path, of: "--html", sparing: ProtectedFiles(of: workspace))
    try body(file)
    try file.close()
    workspace.console.note("The page is in \(Printable.text(path)).")
  }

  /// Whether a file begins as benchdb's pages do, is empty, or keeps nothing that could be lost.
  private static func isPage(_ path: String) -> Bool {
    if OutputFile.isStream(path) { return true }
    guard let file = FileHandle(forReadingAtPath: path) else { return false }
    defer { try? file.close() }
    guard let start = try? file.read(upToCount: 1_024), !start.isEmpty else { return true }
    return String(decoding: start, as: UTF8.self).contains(PageSignature.text)
  }
}
