internal import StreamingPipeline
internal import TextCoding

/// The diagnostics of reports that can be parsed but are not valid.
extension Diagnostic {
  static func duplicateName(_ name: Name, of what: String) -> Diagnostic {
    Diagnostic(
      .duplicateName, at: name.span, "there is a \(what) \(quoted(name.text)) already",
      help: "names of \(what)s are different from each other")
  }

  static func unknown(
    _ identifier: DiagnosticIdentifier, _ what: String, _ name: String, at span: Span,
    known: [String], sign: String = ""
  ) -> Diagnostic {
    let meant = Suggestion.closest(to: name, in: known, longest: 64).map {
      "did you mean '\(sign)\($0)'?"
    }
    let shown = known.prefix(12).map { sign + $0 }.joined(separator: ", ")
    let list =
      known.isEmpty
      ? "the report has no \(what)s" : "known: \(shown)\(known.count > 12 ? ", …" : "")"
    return Diagnostic(
      identifier, at: span, "there is no \(what) \(quoted(sign + name))", help: meant ?? list)
  }

  static func aggregateInExpression(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .unknownFunction, at: span, "the function '\(name)' is computed over many records",
      help: "use it in an aggregate, a chart or a variable, not within an expression")
  }

  static func wrongType(_ wanted: String, found: FieldType?, at span: Span) -> Diagnostic {
    Diagnostic(
      .wrongType, at: span,
      "expected \(wanted), but this is \(found.map { "\($0)" } ?? "always null")")
  }

  static func missingSign(_ sign: String, _ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .unknownField, at: span, "there is no field \(quoted(name))",
      help: "did you mean '\(sign)\(name)'?")
  }

  static func variableNotAllowed(_ name: String, in scope: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .variableNotAllowed, at: span, "the variable '@\(name)' has no value in \(scope)",
      help: "use variables in bands, and in variables")
  }

  static func fieldNotAllowed(_ name: String, in scope: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .fieldNotAllowed, at: span, "the field \(quoted(name)) has no value in \(scope)",
      help: scope == "a format's condition" ? "the value to be written is called 'value'" : nil)
  }

  static func parameterNotAllowed(_ name: String, in scope: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .unknownParameter, at: span,
      "the parameter \(quoted("$" + name)) has no value in \(scope)",
      help: "a parameter's values are written out")
  }

  static func groupLevel(_ found: Int, expected: Int, at span: Span) -> Diagnostic {
    Diagnostic(
      .groupLevels, at: span, "the group has level \(found) where level \(expected) comes",
      help: "levels are 1, 2, 3 and so on, outermost first")
  }

  static func unknownGroup(_ level: Int, count: Int, at span: Span) -> Diagnostic {
    let known = count == 0 ? "no groups" : count == 1 ? "group 1 only" : "groups 1 to \(count)"
    return Diagnostic(
      .unknownGroup, at: span, "there is no group \(level)", help: "the report has \(known)")
  }

  static func missingDetail(at span: Span) -> Diagnostic {
    Diagnostic(
      .missingDetail, at: span, "the report has no detail band",
      help: "add one, be it empty: band detail { }")
  }

  static func bandOrder(_ kind: Band.Kind, at span: Span) -> Diagnostic {
    let side = kind == .title ? "before" : "after"
    return Diagnostic(
      .bandOrder, at: span, "the \(kind.text) comes \(side) all other bands")
  }

  static func repeatedBand(_ kind: Band.Kind, at span: Span) -> Diagnostic {
    Diagnostic(
      .repeatedBand, at: span, "the report has a band '\(kind.text)' already",
      help: "a second strip is a band within the first: band \(kind.text) { … }")
  }

  static func misplacedBand(_ kind: Band.Kind, in outer: Band.Kind, at span: Span) -> Diagnostic {
    Diagnostic(
      .misplacedBand, at: span,
      "a band '\(kind.text)' cannot be within a band '\(outer.text)'",
      help: "bands within a band are of its kind; is a '}' missing before this?")
  }

  static func cycle(
    _ identifier: DiagnosticIdentifier, _ names: [String], of what: String, at span: Span
  ) -> Diagnostic {
    let shown = names.count > 8 ? names.prefix(8) + ["…"] : names[...]
    return Diagnostic(
      identifier, at: span,
      "\(what) need each other: \((shown + [names[0]]).joined(separator: " → "))",
      help: identifier == .variableCycle
        ? "only a custom variable may name itself, and is then its value before" : nil)
  }

  static func formatTooDeep(_ name: Name) -> Diagnostic {
    Diagnostic(
      .nestedTooDeeply, at: name.span,
      "the format \(quoted(name.text)) leads to others over more than \(Nesting.limit) levels",
      help: "name the format that is meant in the end")
  }

  static func missingInitial(_ name: Name) -> Diagnostic {
    Diagnostic(
      .missingInitial, at: name.span,
      "the variable \(quoted(name.text)) needs a value to begin with",
      help: "it names itself: add a clause such as: initial 0")
  }

  static func missingOperand(_ function: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .missingOperand, at: span, "the function '\(function)' needs an operand",
      help: "expected an expression in its parentheses, as in \(function)(amount)")
  }

  static func badPercentile(_ percent: Double, at span: Span) -> Diagnostic {
    Diagnostic(
      .badPercentile, at: span, "there is no percentile \(percent)", help: "expected 0 to 100")
  }

  static func parameterLimits(_ message: String, at span: Span, help: String) -> Diagnostic {
    Diagnostic(.parameterLimits, at: span, message, help: help)
  }

  static func badPattern(_ pattern: String, _ problem: String, at span: Span) -> Diagnostic {
    Diagnostic(.badPattern, at: span, "the pattern \(quoted(pattern)) cannot be used: \(problem)")
  }

  static func emptyLengths(_ least: Int, _ most: Int, at span: Span) -> Diagnostic {
    Diagnostic(
      .parameterLimits, at: span, "no text has a length of \(least)...\(most)",
      help: "the lesser length comes first")
  }

  static func outOfRange(
    _ what: String, _ value: String, _ range: ClosedRange<Int>, at span: Span
  ) -> Diagnostic {
    Diagnostic(
      .outOfRange, at: span, "\(what) cannot be \(value)",
      help: "expected \(range.lowerBound) to \(range.upperBound)")
  }
}
