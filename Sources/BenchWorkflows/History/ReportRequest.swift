import BenchModel
import BenchOutput
import BenchRunner
import BenchStore
import Foundation
package import ReportLanguage
import StreamingPipeline
import StreamingPipelineSQLite

/// `benchdb report`: a report over the results, as a definition says.
package struct ReportRequest {
  private let workspace: Workspace
  private let definition: ReportDefinition
  private let checked: CheckedReport

  /// - Parameters:
  ///   - name: a file, or the name of a definition that comes with benchdb.
  ///   - workspace: has the results.
  /// - Throws: `CommandFailure` where there is no such definition, or with all that is wrong with
  ///   it.
  package init(_ name: String, in workspace: Workspace) throws {
    self.workspace = workspace
    definition = try ReportDefinition(name)
    checked = try definition.checked(against: try ReportSource.schemas())
  }

  /// `--check`: what a definition without mistakes gets as an answer.
  package var check: PlainAnswer { PlainAnswer("\(definition.text.name): nothing is wrong.") }

  /// Writes the report to a file or to standard output. A stop leaves the file as it was, and no
  /// other.
  /// - Parameters:
  ///   - format: of the report.
  ///   - output: a path; `nil` is standard output.
  ///   - parameters: values as `name=value`.
  ///   - pageLength: the lines of a page of text; `nil` makes one endless page.
  /// - Throws: `CommandFailure` where a parameter or a record is none that the report can take.
  package func write(
    _ format: ReportFormat, to output: String? = nil, parameters: [String] = [],
    pageLength: Int? = nil
  ) throws {
    let report = try prepared(parameters)
    let source = try ReportSource.source(
      for: checked.report, in: try workspace.openForReading())
    let interruption = try Interruption()
    if output != nil { interruption.handleSignals() }
    let protected = ProtectedFiles(of: workspace, reading: [definition.text.name])
    do {
      let file = try OutputFile(output, of: "--output", sparing: protected)
      try report.write(format, of: source, pageLength: pageLength, options: ReportSource.options) {
        if interruption.isRequested { throw RunnerError.interrupted }
        if !$0.isEmpty { try file.write(Array($0.utf8)) }
      }
      try file.close()
    } catch let error as ReportError {
      throw CommandFailure("\(definition.text.name): \(error)")
    } catch let error as PipelineError {
      throw CommandFailure("\(definition.text.name): \(error)")
    } catch let error as SQLiteSourceError {
      throw CommandFailure("\(error)")
    }
  }

  private func prepared(_ parameters: [String]) throws -> PreparedReport {
    var inputs: [String: ParameterInput] = [:]
    for text in parameters {
      let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      inputs[String(parts[0])] = .text(parts.count > 1 ? String(parts[1]) : "")
    }
    do {
      let now = Int64(Date().timeIntervalSince1970 * 1_000_000)
      return try PreparedReport(checked, parameters: inputs, now: now)
    } catch { throw CommandFailure("\(error)") }
  }
}
