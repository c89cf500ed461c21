import ArgumentParser
import BenchWorkflows

/// `benchdb import`: results that were measured elsewhere.
struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Store results of another database or harness.",
    discussion: """
      Reads benchdb JSON Lines. A file is stored whole or, where one line is wrong, not at all. \
      Importing a file again changes nothing.

      Examples:
        benchdb import results.jsonl
        my-harness | benchdb import -
        benchdb import --dry-run --skip-bad history.jsonl
      """)

  @OptionGroup var options: GlobalOptions

  @Argument(help: "Files of benchdb JSON Lines; - is standard input.", completion: .file())
  var files: [String]

  @Option(
    help: ArgumentHelp(
      "What was measured, in place of what the lines say.", valueName: "revision"))
  var commit: String?

  @Flag(help: "Leave out lines that are wrong, and say which.")
  var skipBad = false

  @Flag(help: "Say what would be stored, and store nothing.")
  var dryRun = false

  func run() throws {
    try ImportRequest(
      files, commit: commit, skipsBad: skipBad, isDryRun: dryRun, in: Workspace(options)
    ).run()
  }
}
