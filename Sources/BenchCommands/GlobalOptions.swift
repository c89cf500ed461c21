import ArgumentParser
import BenchOutput
import BenchWorkflows

/// What every command understands.
struct GlobalOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The results database.",
      discussion: "Default: .benchdb/results.sqlite at the root of the repository.",
      valueName: "path"),
    completion: .file(extensions: ["sqlite"]))
  var db: String?

  @Option(help: ArgumentHelp("Colour: auto, always or never.", valueName: "when"))
  var color: String?
}

extension Workspace {
  /// - Throws: `CommandFailure` for a `benchdb.toml` or a setting that can't be read.
  init(_ options: GlobalOptions) throws {
    try self.init(database: options.db, color: options.color)
  }
}

// The formats and other choices that options take by their names.

extension OutputFormat: ExpressibleByArgument {}
extension ComparisonFormat: ExpressibleByArgument {}
extension CheckFormat: ExpressibleByArgument {}
extension HistoryFormat: ExpressibleByArgument {}
extension RowFormat: ExpressibleByArgument {}
extension WorkflowService: ExpressibleByArgument {}
