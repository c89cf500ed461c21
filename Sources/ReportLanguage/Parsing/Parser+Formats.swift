/// Parses formats: a name, a pattern, `currency "€"`, `percentage 1`, conditions, or a text for
/// null.
extension Parser {
  /// Parses `when C use F … [otherwise F]`, `null "TEXT" [otherwise F]`, or a simple format.
  mutating func format() -> ElementFormat? {
    switch current.keyword {
    case .when: conditionalFormat()
    case .null: fallbackFormat()
    default: simpleFormat()
    }
  }

  private mutating func conditionalFormat() -> ElementFormat? {
    var cases: [ElementFormat.Case] = []
    while accept(.when) {
      guard let condition = expression(), expect(.use, after: "the condition"),
        let format = simpleFormat()
      else { return nil }
      cases.append(ElementFormat.Case(when: condition, format))
    }
    guard accept(.otherwise) else { return .conditional(cases, otherwise: nil) }
    return simpleFormat().map { .conditional(cases, otherwise: $0) }
  }

  private mutating func fallbackFormat() -> ElementFormat? {
    advance()
    guard let text = text(of: "what is shown for null") else { return nil }
    guard accept(.otherwise) else { return .fallback(text, nil) }
    return simpleFormat().map { .fallback(text, $0) }
  }

  private mutating func simpleFormat() -> ElementFormat? {
    if let pattern = optionalText() { return .pattern(pattern) }
    switch current.keyword {
    case .currency:
      advance()
      return text(of: "the currency's sign").map(ElementFormat.currency)
    case .percentage:
      advance()
      return wholeNumber(of: "the digits after the point").map(ElementFormat.percentage)
    default: break
    }
    if current.kind == .leftParenthesis { return formatInParentheses() }
    if current.isName, !beginsStatement { return takeName().map(ElementFormat.named) }
    reportExpected(
      .expectedFormat, "a format: its name, a pattern such as \"#,##0.00\", currency, percentage")
    return nil
  }

  private mutating func formatInParentheses() -> ElementFormat? {
    advance()
    guard let format = nested({ $0.format() }), expect(.rightParenthesis, after: "the format")
    else { return nil }
    return format
  }
}
