import ArgumentParser
import BenchOutput
import BenchRunner
import BenchStore
import BenchWorkflows

/// `benchdb sql`: one read-only statement over the results.
struct SQLCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sql", abstract: "Run a query over the results; nothing can be changed.",
    discussion: """
      The views 'sample' (one row a sample), 'history' (one row a process and series) and \
      'failure' are meant for it; `SELECT sql FROM sqlite_schema` explains every table.

      Examples:
        benchdb sql "SELECT benchmark, min(value) FROM sample GROUP BY benchmark"
        benchdb sql --format csv "SELECT * FROM history" > history.csv
      """)

  @OptionGroup var options: GlobalOptions

  @Argument(help: "One SELECT statement.")
  var query: String

  @Option(help: ArgumentHelp("text, csv or json (JSON Lines).", valueName: "format"))
  var format: RowFormat = .text

  func run() throws {
    let workspace = try Workspace(options)
    let interruption = try Interruption()
    interruption.handleSignals()
    let console = workspace.console
    var writer = RowWriter(format: format, width: console.width, style: console.style) {
      console.answer($0)
    }
    try workspace.openForReading().query(
      query, columns: { writer.begin(columns: $0) },
      row: {
        writer.add($0)
        return true
      }, shouldStop: { interruption.isRequested })
    writer.end()
  }
}

extension RowFormat: ExpressibleByArgument {}
