import ArgumentParser
import BenchWorkflows
import ReportLanguage

/// `benchdb report`: tables of one's own, and those that come with the tool.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Write a report over the results, as a definition says.",
    discussion: """
      A definition is a file that ends in '.report', or the name of one that comes with benchdb: \
      --list shows them, with their parameters, and the sources with their fields.

      Examples:
        benchdb report slowest
        benchdb report history --param benchmark=throughput/ --format html --output history.html
        benchdb report mine.report --format csv > mine.csv
        benchdb report --check mine.report
      """)

  @OptionGroup var options: GlobalOptions

  @Argument(help: "A file, or the name of a definition that comes with benchdb.")
  var definition: String?

  @Flag(help: "List the definitions that come with benchdb, and the sources.")
  var list = false

  @Option(help: ArgumentHelp("Check a definition, and run nothing.", valueName: "file"))
  var check: String?

  @Option(
    help: ArgumentHelp("text, csv, json, markdown or html.", valueName: "format"),
    transform: Self.format)
  var format: ReportFormat = .text

  @Option(help: ArgumentHelp("Write to a file.", valueName: "file"), completion: .file())
  var output: String?

  @Option(
    help: ArgumentHelp("A parameter of the report; may be repeated.", valueName: "name=value"))
  var param: [String] = []

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Lines of a page of text; one endless page without.", valueName: "lines"))
  var pageLength: Int?

  func validate() throws {
    guard [definition != nil, list, check != nil].count(where: { $0 }) == 1 else {
      throw ValidationError("Name one definition, or say --list or --check FILE.")
    }
    if let pageLength, pageLength < 3 {
      throw ValidationError("--page-length: expected a whole number above 2.")
    }
    for text in param where !text.dropFirst().contains("=") {
      throw ValidationError("--param: expected name=value, not '\(text)'.")
    }
  }

  func run() throws {
    let workspace = try Workspace(options)
    if list { return try ReportListing.answer().write(to: workspace.console) }
    let report = try ReportRequest(definition ?? check ?? "", in: workspace)
    if check != nil { return report.check.write(to: workspace.console) }
    try report.write(format, to: output, parameters: param, pageLength: pageLength)
  }

  private static func format(_ name: String) throws -> ReportFormat {
    guard let format = ReportFormat(rawValue: name) else {
      let names = ReportFormat.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("--format: '\(name)' is not one of \(names).")
    }
    return format
  }
}
