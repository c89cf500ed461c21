/// Parses expressions by precedence climbing (Richards 1979; Norvell 1999): an operand, followed by
/// operators as long as they bind tightly enough.
extension Parser {
  /// An expression and the height of its tree, which the nesting limit bounds.
  struct Tall {
    let expression: Expression
    let height: Int
  }

  mutating func expression() -> Expression? { expression(atLeast: .conditional)?.expression }

  /// Parses an expression whose operators bind at least this tightly.
  mutating func expression(atLeast level: Precedence) -> Tall? {
    nested { parser in
      guard var left = parser.prefix(atLeast: level) else { return nil }
      while let next = parser.infix(after: &left, atLeast: level) {
        guard next else { return nil }
      }
      return left
    }
  }

  /// Parses an operator with its right side; nil where there is none, false where it is wrong.
  private mutating func infix(after left: inout Tall, atLeast level: Precedence) -> Bool? {
    mendOperator()
    let joined: Tall?
    if let binary = Expression.BinaryOperator(current) {
      guard binary.precedence >= level else { return nil }
      let token = current
      advance()
      joined = expression(atLeast: binary.precedence.tighter).flatMap {
        join([left, $0], .binary(binary, left.expression, $0.expression))
      }
      if binary.precedence == .comparison { reportChain(after: token) }
    } else {
      guard isTest, level <= .comparison else { return nil }
      joined = test(of: left)
      reportChain(after: current)
    }
    guard let joined else { return false }
    left = joined
    return true
  }

  /// Whether the next token is `in`, `between` or `is`, or `not` before `in` or `between`.
  private var isTest: Bool {
    switch current.keyword {
    case .in, .between, .is, .not: true
    default: false
    }
  }

  /// Replaces `AND` by `and`, with a diagnostic.
  private mutating func mendOperator() {
    guard current.kind == .word, current.keyword == nil,
      let keyword = Keyword(word: string(of: current).lowercased()),
      Keyword.infixes.contains(keyword)
    else { return }
    report(.wrongCase(string(of: current), meant: keyword, at: current.span))
    take(as: keyword)
  }

  /// Reports `a < b < c`.
  private mutating func reportChain(after token: Token) {
    let isComparison = Expression.BinaryOperator(current)?.precedence == .comparison
    if isComparison || isTest && current.keyword != .not {
      report(.chainedComparison(at: current.span))
    }
  }

  // MARK: - Tests

  /// Parses `[not] in (…)`, `[not] between a and b` or `is [not] null`.
  private mutating func test(of left: Tall) -> Tall? {
    var isNegated = accept(.not)
    let tested: Tall?
    switch current.keyword {
    case .in:
      advance()
      tested = list(after: "'in'").flatMap { items in
        join([left] + items, .isIn(left.expression, items.map(\.expression)))
      }
    case .between:
      advance()
      tested = bounds(of: left)
    case .is where !isNegated:
      advance()
      isNegated = accept(.not)
      guard expect(.null, after: "'is'") else { return nil }
      tested = join([left], .isNull(left.expression))
    default:
      reportExpected(.expectedExpression, "'in' or 'between' after 'not'", oneOf: [.in, .between])
      return nil
    }
    guard isNegated, let tested else { return tested }
    return join([tested], .unary(.not, tested.expression))
  }

  private mutating func bounds(of left: Tall) -> Tall? {
    guard let low = expression(atLeast: .concatenation),
      expect(.and, after: "the lower bound"),
      let high = expression(atLeast: .concatenation)
    else { return nil }
    return join([left, low, high], .between(left.expression, low.expression, high.expression))
  }

  /// Parses `( expression, … )` with at least one expression.
  private mutating func list(after what: String) -> [Tall]? {
    guard expect(.leftParenthesis, after: what) else { return nil }
    return items()
  }

  /// Parses expressions up to the closing parenthesis.
  mutating func items() -> [Tall]? {
    var items: [Tall] = []
    repeat {
      guard let item = expression(atLeast: .conditional) else { return nil }
      items.append(item)
    } while accept(.comma)
    return expect(.rightParenthesis, after: "the last value") ? items : nil
  }

  // MARK: - Trees

  /// Makes a node over its parts, unless the tree becomes too high.
  func node(_ node: Expression.Node, from token: Token, over parts: [Tall] = []) -> Tall {
    Tall(
      expression: Expression(node, span: span(from: token)),
      height: (parts.map(\.height).max() ?? 0) + 1)
  }

  /// Makes a node over parts, whose span extends from the first of them to the last token consumed.
  private mutating func join(_ parts: [Tall], _ node: Expression.Node) -> Tall? {
    let span = Span(start: parts[0].expression.span.start, end: lastEnd)
    return limited(
      Tall(
        expression: Expression(node, span: span), height: (parts.map(\.height).max() ?? 0) + 1))
  }

  /// Returns nil, with a diagnostic, for a tree above the limit.
  mutating func limited(_ tall: Tall) -> Tall? {
    guard tall.height > Nesting.limit else { return tall }
    reportDepth(at: tall.expression.span)
    return nil
  }
}
