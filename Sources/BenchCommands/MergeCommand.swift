import ArgumentParser
import BenchWorkflows

/// `benchdb merge`: results of another machine, as its database.
struct MergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Bring everything that other results databases hold into this one.",
    discussion: """
      The others are only read. Merging twice is merging once, and the order does not matter. A \
      file that is damaged, cut off, of another program or of a newer benchdb is refused, and \
      nothing of it is merged.

      Examples:
        benchdb merge ci-results.sqlite
        benchdb merge downloaded/*.sqlite
        benchdb merge --dry-run other.sqlite
      """)

  @OptionGroup var options: GlobalOptions

  @Argument(
    help: "Results databases.", completion: .file(extensions: ["sqlite"]))
  var files: [String]

  @Flag(help: "Say what would be merged, and merge nothing.")
  var dryRun = false

  func run() throws {
    try MergeRequest(files, isDryRun: dryRun, in: Workspace(options)).run()
  }
}
