internal import StreamingPipeline

/// Checks expressions in their scopes: what has a value there, and which type is required.
extension ReportCheck {
  /// The scope of an expression, which determines what has a value there.
  enum Scope {
    /// A constant: literals and functions only. The text names the scope in messages.
    case constant(String)
    /// A scope with parameters.
    case parameters(String)
    /// A scope with parameters and fields.
    case record(String)
    /// A scope with parameters, fields and variables.
    case running
    /// A format's condition, with parameters and a `value` of this type.
    case value(FieldType?)

    /// The scope as messages name it.
    var words: String {
      switch self {
      case .constant(let words), .parameters(let words), .record(let words): words
      case .running: "a band"
      case .value: "a format's condition"
      }
    }
  }

  /// The type of an expression; nil if it is always null, or wrong and reported.
  @discardableResult
  mutating func type(of expression: Expression, in scope: Scope) -> FieldType? {
    do {
      return try typing(in: scope).type(of: expression)
    } catch {
      report(error, in: scope)
      return nil
    }
  }

  /// Reports an expression whose type does not fit. Null always fits.
  mutating func require(_ wanted: FieldType, _ expression: Expression, in scope: Scope) {
    if let found = type(of: expression, in: scope), !found.fits(wanted) {
      self.found(.wrongType(wanted.inWords, found: found, at: expression.span))
    }
  }

  private func typing(in scope: Scope) -> ExpressionTyping {
    switch scope {
    case .constant: ExpressionTyping(schema: nil)
    case .parameters: ExpressionTyping(schema: nil, parameters: parameterTypes)
    case .record: recordTyping
    case .running: typing
    case .value(let type):
      ExpressionTyping(
        schema: try? Schema([Field("value", type ?? .string)]), parameters: parameterTypes)
    }
  }

  /// Reports a problem of typing as a diagnostic, with a suggestion of what was meant.
  mutating func report(_ problem: TypeProblem, in scope: Scope) {
    let span = problem.span
    switch problem.kind {
    case .unknownField(let name): reportField(name, at: span, in: scope)
    case .unknownParameter(let name):
      found(
        parameterTypes[name] != nil
          ? .parameterNotAllowed(name, in: scope.words, at: span)
          : .unknown(
            .unknownParameter, "parameter", name, at: span,
            known: report.parameters.map(\.name.text), sign: "$"))
    case .unknownVariable(let name): reportVariable(name, at: span, in: scope)
    case .unknownFunction(let name):
      found(
        AggregateFunction.named(name) != nil
          ? .aggregateInExpression(name, at: span)
          : .unknown(
            .unknownFunction, "function", name, at: span,
            known: BuiltinFunction.allCases.map(\.rawValue)))
    default: found(Diagnostic(.wrongType, at: span, "\(problem)"))
    }
  }

  private mutating func reportField(_ name: String, at span: Span, in scope: Scope) {
    if case .record = scope { return foundUnknownField(name, at: span) }
    if case .running = scope { return foundUnknownField(name, at: span) }
    found(
      schema.position(of: name) != nil
        ? .fieldNotAllowed(name, in: scope.words, at: span)
        : .unknown(.unknownField, "field", name, at: span, known: []))
  }

  /// Reports a field that the source does not have.
  mutating func foundUnknownField(_ name: String, at span: Span) {
    // A forgotten sign is likelier than a mistyped letter.
    if report.variables.contains(where: { $0.name.text == name }) {
      return found(.missingSign("@", name, at: span))
    }
    if parameterTypes[name] != nil { return found(.missingSign("$", name, at: span)) }
    found(
      .unknown(.unknownField, "field", name, at: span, known: schema.fields.map(\.name)))
  }

  private mutating func reportVariable(_ name: String, at span: Span, in scope: Scope) {
    let names = report.variables.map(\.name.text)
    guard names.contains(name) else {
      return found(
        .unknown(.unknownVariable, "variable", name, at: span, known: names, sign: "@"))
    }
    // A variable without a type has been reported where it is declared.
    if case .running = scope { return }
    found(.variableNotAllowed(name, in: scope.words, at: span))
  }
}

extension FieldType {
  /// Whether values of this type can be used where another is required, without any loss.
  func fits(_ wanted: FieldType) -> Bool { common(with: wanted) == wanted }

  /// The type as messages name it.
  var inWords: String { self == .bool ? "a condition (bool)" : "\(self)" }
}
