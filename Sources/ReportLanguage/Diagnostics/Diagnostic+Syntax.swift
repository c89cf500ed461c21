/// The diagnostics of the order of words.
extension Diagnostic {
  /// Reports that something else was expected. The help names it, or the word that was probably
  /// meant.
  static func expected(
    _ identifier: DiagnosticIdentifier, _ what: String, found: String, at span: Span,
    oneOf words: [String] = [], meant: String? = nil
  ) -> Diagnostic {
    let list = words.isEmpty ? nil : "expected one of: \(words.joined(separator: ", "))"
    return Diagnostic(
      identifier, at: span, "expected \(what), found \(found)",
      help: meant.map { "did you mean '\($0)'?" } ?? list)
  }

  static func emptyName(at span: Span) -> Diagnostic {
    Diagnostic(.expectedName, at: span, "a name has at least one character")
  }

  static func reservedWord(_ word: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .reservedWord, at: span, "'\(word)' is a word of the language and cannot be a bare name",
      help: "write `\(word)` in backticks where it is a name")
  }

  static func wrongCase(_ word: String, meant keyword: Keyword, at span: Span) -> Diagnostic {
    Diagnostic(
      .unknownOperator, at: span, "there is no operator \(quoted(word))",
      help: "did you mean '\(keyword.rawValue)'?")
  }

  static func chainedComparison(at span: Span) -> Diagnostic {
    Diagnostic(
      .chainedComparison, at: span, "comparisons do not chain",
      help: "write a < b and b < c, or put one of them in parentheses")
  }

  static func unclosedBrace(of what: String, openedInLine line: Int, at span: Span) -> Diagnostic {
    Diagnostic(
      .unclosedBrace, at: span, "\(what) is not closed",
      help: "expected '}' for the '{' in line \(line)")
  }

  static func repeatedClause(_ clause: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .repeatedClause, at: span, "'\(clause)' occurs twice", help: "remove one of them")
  }

  static func repeatedStatement(_ keyword: Keyword, at span: Span) -> Diagnostic {
    let help = keyword == .filter ? "join the conditions with 'and'" : "remove one of them"
    return Diagnostic(
      .repeatedStatement, at: span, "the report has a \(keyword.rawValue) already", help: help)
  }

  static func missingSource(of report: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .missingSource, at: span, "the report \(quoted(report)) has no source",
      help: "add a statement such as: source orders")
  }

  static func nestedTooDeeply(at span: Span) -> Diagnostic {
    Diagnostic(
      .nestedTooDeeply, at: span, "this is nested more than \(Nesting.limit) levels deep",
      help: "each operator of a chain is a level; 'in (a, b)' is one for any number of values")
  }

  static func textAfterReport(at span: Span) -> Diagnostic {
    Diagnostic(
      .textAfterReport, at: span, "the report ends before this",
      help: "a file holds one report; is there a '}' too many?")
  }

  static func tooMany(at span: Span) -> Diagnostic {
    Diagnostic(
      .tooManyDiagnostics, at: span, "there are more errors after this",
      help: "correct the first \(DiagnosticList.limit), and check again")
  }
}

/// The limit on the nesting of blocks and expressions.
enum Nesting {
  /// This is more than people write, and far from exhausting any stack.
  static let limit = 200
}
