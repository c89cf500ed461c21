internal import StreamingPipeline

/// Parses operands: literals, names, calls, `if`, `case`, parentheses, and signs before them.
extension Parser {
  /// Parses an operand with the signs before it.
  mutating func prefix(atLeast level: Precedence) -> Tall? {
    let first = current
    if current.keyword == .not {
      guard level <= .not else {
        reportExpected(.expectedExpression, "an expression; 'not' needs parentheses here")
        return nil
      }
      advance()
      return expression(atLeast: .not).flatMap {
        limited(node(.unary(.not, $0.expression), from: first, over: [$0]))
      }
    }
    guard accept(.minus) else { return operand() }
    if current.isNumber { return literal(from: first, isNegative: true) }
    return nested { $0.prefix(atLeast: .unary) }.flatMap {
      limited(node(.unary(.minus, $0.expression), from: first, over: [$0]))
    }
  }

  private mutating func operand() -> Tall? {
    let first = current
    switch current.kind {
    case .integer, .decimal, .double, .date, .timestamp, .text:
      return literal(from: first, isNegative: false)
    case .parameter: return takeName().map { node(.parameter($0), from: first) }
    case .variable: return takeName().map { node(.variable($0), from: first) }
    case .leftParenthesis:
      advance()
      guard let inner = expression(atLeast: .conditional),
        expect(.rightParenthesis, after: "the expression")
      else { return nil }
      return inner
    case .word, .quotedName: return word()
    default: return noOperand()
    }
  }

  private mutating func noOperand() -> Tall? {
    reportExpected(.expectedExpression, "an expression")
    return nil
  }

  /// Parses a constant, a field, a call, `if` or `case`.
  private mutating func word() -> Tall? {
    let first = current
    switch current.keyword {
    case .true, .false:
      advance()
      return node(.literal(.bool(first.keyword == .true)), from: first)
    case .null:
      advance()
      return node(.literal(.null), from: first)
    case .if: return conditional()
    case .case: return cases()
    case .some(let keyword) where keyword.isReserved: return noOperand()
    default: break
    }
    guard !beginsStatement else { return noOperand() }
    guard let name = takeName() else { return nil }
    return current.kind == .leftParenthesis ? call(name, from: first) : path(name, from: first)
  }

  /// Parses a call such as `round(amount, 2)` or `now()`.
  private mutating func call(_ name: Name, from first: Token) -> Tall? {
    advance()
    if accept(.rightParenthesis) { return node(.call(name, []), from: first) }
    return items().flatMap { items in
      limited(node(.call(name, items.map(\.expression)), from: first, over: items))
    }
  }

  /// Parses a path such as `customer.region`.
  private mutating func path(_ name: Name, from first: Token) -> Tall? {
    var path = [name]
    while accept(.dot) {
      guard let next = self.name(of: "a field after '.'") else { return nil }
      path.append(next)
    }
    return node(.field(path), from: first)
  }

  /// Parses `if a then b else c`.
  private mutating func conditional() -> Tall? {
    let first = current
    advance()
    guard let condition = expression(atLeast: .conditional),
      expect(.then, after: "the condition"),
      let positive = expression(atLeast: .conditional), expect(.else, after: "the value"),
      let negative = expression(atLeast: .conditional)
    else { return nil }
    return limited(
      node(
        .conditional(
          condition.expression, then: positive.expression, otherwise: negative.expression),
        from: first, over: [condition, positive, negative]))
  }

  /// Parses `case when a then b when c then d else e end`.
  private mutating func cases() -> Tall? {
    let first = current
    advance()
    var branches: [Expression.WhenThen] = []
    var parts: [Tall] = []
    repeat {
      guard expect(.when, after: "'case'"), let condition = expression(atLeast: .conditional),
        expect(.then, after: "the condition"), let result = expression(atLeast: .conditional)
      else { return nil }
      branches.append(Expression.WhenThen(when: condition.expression, then: result.expression))
      parts += [condition, result]
    } while current.keyword == .when
    var otherwise: Tall?
    if accept(.else) {
      otherwise = expression(atLeast: .conditional)
      guard let otherwise else { return nil }
      parts.append(otherwise)
    }
    guard expect(Keyword.end, after: "the last branch") else { return nil }
    return limited(
      node(.cases(branches, otherwise: otherwise?.expression), from: first, over: parts))
  }

  // MARK: - Literals

  /// Parses a literal. A minus before a number belongs to it.
  private mutating func literal(from first: Token, isNegative: Bool) -> Tall? {
    let token = current
    if let text = optionalText() { return node(.literal(.string(text)), from: first) }
    advance()
    let written = isNegative ? "-" + string(of: token) : string(of: token)
    let value: Value? =
      switch token.kind {
      case .integer: Int64(written).map(Value.int64)
      case .decimal: Self.decimal(written)
      case .double: Double(written).flatMap { $0.isFinite ? .double($0) : nil }
      case .date: TimestampText.days(written).map(Value.date)
      default: TimestampText.microseconds(written).map(Value.timestamp)
      }
    guard let value else {
      report(.numberTooLarge(written, at: span(from: first)))
      return nil
    }
    return node(.literal(value), from: first)
  }

  private static func decimal(_ text: String) -> Value? {
    guard let decimal = FixedDecimal(text) else { return nil }
    var (mantissa, scale) = (decimal.mantissa, decimal.scale)
    // Zeros at the end are dropped where there is no room for them.
    while scale > 18 || Int64(exactly: mantissa) == nil {
      guard scale > 1, mantissa % 10 == 0 else { return nil }
      mantissa /= 10
      scale -= 1
    }
    return .decimal(FixedDecimal(mantissa: mantissa, scale: scale))
  }
}
