import ArgumentParser
import BenchWorkflows

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

  /// The file, if one is asked for and may be written.
  func file(in workspace: Workspace) throws -> PageFile? {
    try PageFile(html, replacesAnyFile: force, in: workspace)
  }
}
