import ArgumentParser
import BenchOutput
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

  func run() throws { try SQLRequest(query, in: Workspace(options)).write(format) }
}
