/// One thing that is wrong with a report: what, where, and what may be done about it.
public struct Diagnostic: Error, Hashable, Sendable {
  /// Its kind, which stays the same from release to release.
  public let identifier: DiagnosticIdentifier
  /// Where it is; `Span.none` in a report built in code.
  public let span: Span
  /// What is wrong, in one sentence without a full stop.
  public let message: String
  /// What was expected or meant, where that is known.
  public let help: String?

  init(_ identifier: DiagnosticIdentifier, at span: Span, _ message: String, help: String? = nil) {
    self.identifier = identifier
    self.span = span
    self.message = message
    self.help = help
  }
}

extension Diagnostic: CustomStringConvertible {
  /// `error: there is no field 'amonut' [unknown-field]`, and the help in a line of its own.
  public var description: String {
    let line = "error: \(message) [\(identifier.rawValue)]"
    return help.map { "\(line)\n  \($0)" } ?? line
  }
}

/// All that is wrong with a report, in the order of its text. Never empty when thrown.
public struct Diagnostics: Error, Hashable, Sendable {
  /// The diagnostics in the order of the text.
  public let all: [Diagnostic]

  /// Puts them into the order of the text.
  package init(_ diagnostics: [Diagnostic]) {
    let inOrder = diagnostics.enumerated().sorted {
      ($0.element.span.start, $0.offset) < ($1.element.span.start, $1.offset)
    }
    all = inOrder.map(\.element)
  }

  /// Each with its file, line and column, the line itself, and a caret under the place.
  public func description(in text: ReportText) -> String {
    all.map { text.describe($0) }.joined(separator: "\n")
  }
}

extension Diagnostics: CustomStringConvertible {
  /// Each without its place.
  public var description: String { all.map(\.description).joined(separator: "\n") }
}
