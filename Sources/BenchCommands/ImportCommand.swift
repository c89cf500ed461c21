import ArgumentParser
import BenchFormats
import BenchModel
import BenchOutput
import BenchRunner
import BenchStore
import BenchWorkflows
import Foundation

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
    let workspace = try Workspace(options)
    let defaults = try defaults(workspace)
    let interruption = try Interruption()
    interruption.handleSignals()
    let store = try workspace.openForWriting()
    for file in files {
      let source = try InputFile(file)
      var importing = FileImport(
        name: file, console: workspace.console, skipsBad: skipBad, isDryRun: dryRun,
        shouldStop: { interruption.isRequested })
      let name = file == "-" ? "standard input" : file
      let lines = ReadingAhead {
        InterchangeReader(file: name, defaults: defaults, source: { try source.read($0) })
      }
      try importing.run(lines, from: name, into: store)
    }
  }

  private func defaults(_ workspace: Workspace) throws -> InterchangeDefaults {
    let repository = try? workspace.repository()
    return InterchangeDefaults(
      machine: MachineProbe().machineClass(),
      commit: try commit.map { try workspace.repository().resolve($0) },
      lookUp: { hash in repository?.find(hash) })
  }
}
