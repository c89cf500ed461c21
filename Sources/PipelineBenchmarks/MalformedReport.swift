import BenchKit
package import ReportLanguage

/// The report of eleven bands with mistakes in it.
package struct MalformedReport: Sendable {
  /// What kind of mistakes they are.
  package let name: String
  let text: ReportText
  /// What must be found, in the order of the text.
  package let diagnostics: [DiagnosticIdentifier]

  /// Mistakes are what is written instead of what, and what is said about it; in the order of the
  /// text.
  private init(
    _ name: String, _ mistakes: [(right: String, wrong: String, DiagnosticIdentifier)]
  ) {
    self.name = name
    var text = ElevenBands.text
    for mistake in mistakes {
      guard let position = text.firstRange(of: mistake.right) else { continue }
      text.replaceSubrange(position, with: mistake.wrong)
    }
    self.text = ReportText(text)
    diagnostics = mistakes.map { $0.2 }
  }

  /// One of each kind.
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

  /// Everything that is wrong, as whoever wrote it is told.
  package func found() throws -> [Diagnostic] {
    let checker = try MeasuredReport.checker()
    return try found(checker)
  }

  private func found(_ checker: ReportChecker) throws -> [Diagnostic] {
    do throws(Diagnostics) {
      _ = try checker.check(try ReportLanguage.Report(parsing: text))
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

  /// What is wrong with what was found; nil when nothing is.
  package func complaint(about found: [Diagnostic]) -> String? {
    let names = found.map(\.identifier.rawValue)
    return found.map(\.identifier) == diagnostics
      ? nil : "\(names) were found, and not \(diagnostics.map(\.rawValue))"
  }
}
