import TextCoding

/// Parses `variable NAME: FUNCTION(EXPRESSION) | custom EXPRESSION [reset on …] [initial VALUE]`.
extension Parser {
  mutating func variable(from first: Token) -> Variable? {
    guard let name = name(of: "the variable"), expect(.colon, after: "the variable's name")
    else { return nil }
    let span = span(from: first)
    guard let calculation = calculation() else { return nil }
    var variable = Variable(name, calculation)
    variable.span = span
    let isRead = clauses([.reset, .initial], after: "a variable") { parser, keyword in
      keyword == .initial
        ? parser.set(&variable.initial, parser.expression())
        : parser.set(&variable.reset, parser.resetPoint())
    }
    return isRead ? variable : nil
  }

  private mutating func calculation() -> Variable.Calculation? {
    if current.keyword == .custom, following.kind != .leftParenthesis || !isAggregateName {
      advance()
      return expression().map(Variable.Calculation.custom)
    }
    return aggregateCall(otherwise: "or 'custom' and an expression").map {
      .function($0.function, of: $0.argument)
    }
  }

  private var isAggregateName: Bool { AggregateFunction.named(string(of: current)) != nil }

  /// Parses `on detail`, `on group 2`, `on page` or `on report`.
  private mutating func resetPoint() -> Variable.Reset? {
    guard expect(.on, after: "'reset'") else { return nil }
    let words: [Keyword] = [.detail, .group, .page, .report]
    switch current.keyword {
    case .detail: advance(); return .detail
    case .page: advance(); return .page
    case .report: advance(); return .report
    case .group:
      advance()
      return wholeNumber(of: "the level of the group").map(Variable.Reset.group)
    default:
      reportExpected(.expectedReset, "when the variable begins anew", oneOf: words)
      return nil
    }
  }

  /// Parses `sum(amount)`, `count()` or `percentile(95, amount)`.
  mutating func aggregateCall(
    otherwise: String = ""
  ) -> (function: AggregateFunction, argument: Expression?)? {
    let word = current.kind == .word ? string(of: current) : ""
    guard var function = AggregateFunction.named(word) else {
      guard current.kind != .invalid else { return nil }
      let what = "an aggregate function\(otherwise.isEmpty ? "" : " \(otherwise)")"
      report(
        .expected(
          .expectedFunction, what, found: found, at: location, oneOf: AggregateFunction.names,
          meant: Suggestion.closest(to: word, in: AggregateFunction.names)))
      return nil
    }
    advance()
    guard expect(.leftParenthesis, after: "the function's name") else { return nil }
    if case .percentile = function {
      guard let percent = percent() else { return nil }
      function = .percentile(percent)
      if current.kind != .rightParenthesis, !expect(.comma, after: "the percentage") { return nil }
    }
    if accept(.rightParenthesis) { return (function, nil) }
    guard let argument = expression(), expect(.rightParenthesis, after: "the argument")
    else { return nil }
    return (function, argument)
  }

  /// Parses a percentage.
  private mutating func percent() -> Double? {
    guard current.isNumber, let percent = Double(string(of: current)) else {
      reportExpected(.expectedNumber, "a percentage, as in: percentile(95, amount)")
      return nil
    }
    advance()
    return percent
  }
}

extension AggregateFunction {
  /// The functions by name. The percentage of a percentile is its first argument.
  private static let byName: [(name: String, function: AggregateFunction)] = [
    ("count", .count), ("sum", .sum), ("average", .average), ("min", .min), ("max", .max),
    ("first", .first), ("last", .last), ("distinct", .distinct), ("median", .median),
    ("deviation", .deviation), ("percentile", .percentile(50)),
  ]

  /// The names of all functions, in the order of the documentation.
  static let names = byName.map(\.name)

  /// The function of that name, or nil.
  static func named(_ name: String) -> AggregateFunction? {
    byName.first { $0.name == name }?.function
  }

  /// The name of the function.
  var name: String {
    switch self {
    case .count: "count"
    case .sum: "sum"
    case .average: "average"
    case .min: "min"
    case .max: "max"
    case .first: "first"
    case .last: "last"
    case .distinct: "distinct"
    case .median: "median"
    case .deviation: "deviation"
    case .percentile: "percentile"
    }
  }
}
