import BenchKit
import PipelineWorkloads
package import ReportLanguage

/// The report of eleven bands with mistakes in it.
package struct MalformedReport: Sendable {
  /// The name of the kind of mistakes.
  package let name: String
  let text: ReportText
  /// The expected diagnostics, in the order of the text.
  package let diagnostics: [DiagnosticIdentifier]

  /// Makes the mistakes, each of which replaces a piece of text and causes a diagnostic, in the
  /// order of the text.
  private init(
    _ name: String, _ mistakes: [(right: String, wrong: String, DiagnosticIdentifier)]
  ) {
    self.name = name
    var text = SalesReport.text
    for mistake in mistakes {
      guard let range = text.firstRange(of: mistake.right) else { continue }
      text.replaceSubrange(range, with: mistake.wrong)
    }
    self.text = ReportText(text)
    diagnostics = mistakes.map { $0.2 }
  }

  /// One report for each kind of mistakes.
  package static let all = [
    MalformedReport(
      "writing",
      [
        ("limit 100000", "limit many", .expectedNumber),
        ("by lower(status)", "by lower(status", .expectedSymbol),
        ("initial 0.00", "initial", .expectedExpression),
        ("box \"Draft\"", "box \"Draft", .unterminatedText),
        ("band page footer", "bond page footer", .expectedStatement),
      ]),
    MalformedReport(
      "meaning",
      [
        ("amount >= $least", "amount >= $last", .unknownParameter),
        ("by lower(status)", "by lowered(status)", .unknownFunction),
        ("field customer width", "field custumer width", .unknownField),
        ("if quantity > 0", "if quantity > 'none'", .wrongType),
        ("scope group 3", "scope group 4", .unknownGroup),
        ("@monthly format", "@monhtly format", .unknownVariable),
      ]),
  ]

  /// All diagnostics of the report, as its author would see them.
  package func found() throws -> [Diagnostic] {
    let checker = try MeasuredReport.checker()
    return try found(checker)
  }

  private func found(_ checker: ReportChecker) throws -> [Diagnostic] {
    do throws(Diagnostics) {
      _ = try checker.check(try Report(parsing: text))
      return []
    } catch { return error.all }
  }

  var work: Work {
    get throws {
      let checker = try MeasuredReport.checker()
      return .measuring {
        try found(checker)
      } checking: { found in
        complaint(about: found)
      }
    }
  }

  /// A complaint about the diagnostics; nil when they are the expected ones.
  package func complaint(about found: [Diagnostic]) -> String? {
    let names = found.map(\.identifier.rawValue)
    return found.map(\.identifier) == diagnostics
      ? nil : "\(names) were found, and not \(diagnostics.map(\.rawValue))"
  }
}
