/// One thing that is wrong with a report: what, where, and how to correct it.
public struct Diagnostic: Error, Hashable, Sendable {
  /// The kind of the diagnostic, which stays the same from release to release.
  public let identifier: DiagnosticIdentifier
  /// The location in the text; `Span.none` in a report built in code.
  public let span: Span
  /// What is wrong, in one sentence without a full stop.
  public let message: String
  /// What was expected or probably meant, where that is known.
  public let help: String?

  init(_ identifier: DiagnosticIdentifier, at span: Span, _ message: String, help: String? = nil) {
    self.identifier = identifier
    self.span = span
    self.message = message
    self.help = help
  }
}

extension Diagnostic: CustomStringConvertible {
  /// The diagnostic such as `error: there is no field 'amonut' [unknown-field]`, with the help on a
  /// line of its own.
  public var description: String {
    let line = "error: \(message) [\(identifier.rawValue)]"
    return help.map { "\(line)\n  \($0)" } ?? line
  }
}

/// Everything that is wrong with a report, in the order of its text. It is never empty when thrown.
public struct Diagnostics: Error, Hashable, Sendable {
  /// The diagnostics in the order of the text.
  public let all: [Diagnostic]

  /// Sorts diagnostics by their location in the text.
  package init(_ diagnostics: [Diagnostic]) {
    let inOrder = diagnostics.enumerated().sorted {
      ($0.element.span.start, $0.offset) < ($1.element.span.start, $1.offset)
    }
    all = inOrder.map(\.element)
  }

  /// The diagnostics, each with file, line and column, the line itself, and a caret under the
  /// location.
  public func description(in text: ReportText) -> String {
    all.map { text.describe($0) }.joined(separator: "\n")
  }
}

extension Diagnostics: CustomStringConvertible {
  /// The diagnostics without their locations.
  public var description: String { all.map(\.description).joined(separator: "\n") }
}

/// Diagnostics as they are found, up to a limit.
struct DiagnosticList {
  /// The most diagnostics; further ones rarely say anything that the first did not.
  static let limit = 100

  private(set) var all: [Diagnostic] = []

  /// Whether no more are accepted.
  var isFull: Bool { all.count > Self.limit }

  /// Adds a diagnostic. The first one above the limit is replaced by one that says that there are
  /// more.
  mutating func report(_ diagnostic: Diagnostic) {
    guard !isFull else { return }
    all.append(all.count < Self.limit ? diagnostic : .tooMany(at: diagnostic.span))
  }
}
