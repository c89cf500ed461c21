import ArgumentParser
import BenchOutput
import BenchWorkflows
import Foundation
import TextCoding

/// `--html FILE`: the answer as a page, beside what the terminal shows.
struct PageOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Also write the answer as a page, one file that needs no other.", valueName: "file"),
    completion: .file(extensions: ["html"]))
  var html: String?

  @Flag(help: "With --html: replace a file that is not a page of benchdb.")
  var force = false

  func validate() throws {
    guard html != nil || !force else { throw ValidationError("--force belongs to --html.") }
    guard html != "" else { throw ValidationError("--html: expected the name of a file.") }
  }

  /// Refuses what would be lost, before anything is measured or read.
  /// - Throws: `CommandFailure` where the file is there and is no page of benchdb, or cannot be
  ///   one.
  func check(in workspace: Workspace) throws {
    guard let html else { return }
    try OutputFile.check(html, of: "--html", sparing: ProtectedFiles(of: workspace))
    guard FileManager.default.fileExists(atPath: html) else { return }
    guard force || PageFile.isPage(html) else {
      throw CommandFailure(
        "--html: \(Printable.text(html)) is there already and is not a page of benchdb; choose "
          + "another name, or replace it with --force.")
    }
  }

  /// Hands `body` the file, if one was asked for. It takes its name when it is whole; until then
  /// what was there before stays.
  func write(in workspace: Workspace, _ body: (OutputFile) throws -> Void) throws {
    guard let html else { return }
    let file = try OutputFile(html, of: "--html", sparing: ProtectedFiles(of: workspace))
    try body(file)
    try file.close()
    workspace.console.note("The page is in \(Printable.text(html)).")
  }
}
