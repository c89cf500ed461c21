import ArgumentParser
import BenchModel
import BenchOutput
import BenchRunner
import BenchStore
import BenchWorkflows
import Foundation
import ReportAssets
import ReportLanguage
import StreamingPipeline
import StreamingPipelineSQLite

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
    if list { return workspace.console.answer(try ReportListing.text()) }
    let definition = try ReportDefinition(self.definition ?? check ?? "")
    let checked = try definition.checked(against: try ReportSource.schemas())
    if check != nil {
      return workspace.console.answer("\(definition.text.name): nothing is wrong.")
    }
    let report = try prepared(checked)
    let source = try ReportSource.source(
      for: checked.report, in: try workspace.openForReading())
    let protected = ProtectedFiles(of: workspace, reading: [definition.text.name])
    do { try write(report, of: source, sparing: protected) } catch let error as ReportError {
      throw CommandFailure("\(definition.text.name): \(error)")
    } catch let error as PipelineError {
      throw CommandFailure("\(definition.text.name): \(error)")
    } catch let error as SQLiteSourceError {
      throw CommandFailure("\(error)")
    }
  }

  /// Writes to the file or to standard output. A stop leaves the file as it was, and no other.
  private func write(
    _ report: PreparedReport, of source: SQLiteSource, sparing protected: ProtectedFiles
  ) throws {
    let interruption = try Interruption()
    if output != nil { interruption.handleSignals() }
    let file = try OutputFile(output, of: "--output", sparing: protected)
    try report.write(format, of: source, pageLength: pageLength, options: ReportSource.options) {
      if interruption.isRequested { throw RunnerError.interrupted }
      if !$0.isEmpty { try file.write(Array($0.utf8)) }
    }
    try file.close()
  }

  private static func format(_ name: String) throws -> ReportFormat {
    guard let format = ReportFormat(rawValue: name) else {
      let names = ReportFormat.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("--format: '\(name)' is not one of \(names).")
    }
    return format
  }

  private func prepared(_ checked: CheckedReport) throws -> PreparedReport {
    var inputs: [String: ParameterInput] = [:]
    for text in param {
      let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      inputs[String(parts[0])] = .text(String(parts[1]))
    }
    do {
      let now = Int64(Date().timeIntervalSince1970 * 1_000_000)
      return try PreparedReport(checked, parameters: inputs, now: now)
    } catch { throw CommandFailure("\(error)") }
  }
}
