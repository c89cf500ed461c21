import BenchOutput
import Foundation
import ReportLanguage

/// A report over one run, to stand beside a check of it.
package struct RunReport {
  private let definition: ReportDefinition
  private let checked: CheckedReport
  private let workspace: Workspace

  /// What the parameter of such a definition is called, and takes: the run's UUID.
  private static let parameter = "run"

  /// - Throws: `CommandFailure` where there is no such definition, it is wrong, or can't be asked
  ///   for a run.
  package init(_ name: String, of workspace: Workspace) throws {
    definition = try ReportDefinition(name)
    checked = try definition.checked(against: try ReportSource.schemas())
    self.workspace = workspace
    guard checked.report.parameters.contains(where: { $0.name.text == Self.parameter }) else {
      throw CommandFailure(
        "\(definition.text.name) has no parameter '\(Self.parameter)'; declare 'parameter "
          + "run: string' and filter by it, so that it shows the checked run.")
    }
  }

  /// The whole report; of HTML, a part of a page.
  func text(_ format: ReportFormat, run: UUID) throws -> String {
    var text = ""
    do {
      let now = Int64(Date().timeIntervalSince1970 * 1_000_000)
      let report = try PreparedReport(
        checked, parameters: [Self.parameter: .text(run.uuidString.lowercased())], now: now)
      let source = try ReportSource.source(
        for: checked.report, in: try workspace.openForReading())
      try report.write(format, of: source, isPart: true, options: ReportSource.options) {
        text += $0
      }
    } catch let error as ReportError {
      throw CommandFailure("\(definition.text.name): \(error)")
    }
    return text
  }
}
