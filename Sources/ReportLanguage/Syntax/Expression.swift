package import StreamingPipeline

/// An expression that has a value for every record, with its location in the report's text.
public struct Expression: Hashable, Sendable {
  package let node: Node
  /// The location in the report's text.
  public let span: Span

  package init(_ node: Node, span: Span = .none) {
    self.node = node
    self.span = span
  }

  /// The nodes of the tree, each shown with the syntax that it stands for.
  package indirect enum Node: Hashable, Sendable {
    /// `12`, `1.50`, `1e3`, `'text'`, `true`, `2026-11-23`, `null`
    case literal(Value)
    /// `amount`, `customer.region`: a field of the record, or of a related record.
    case field([Name])
    /// `$since`
    case parameter(Name)
    /// `@total`
    case variable(Name)
    /// `-amount`, `not done`
    case unary(UnaryOperator, Expression)
    /// `a + b`, `a and b`
    case binary(BinaryOperator, Expression, Expression)
    /// `status in ('open', 'paid')`; `not in` is a `not` with this as its operand.
    case isIn(Expression, [Expression])
    /// `amount between 1 and 10`, which includes both ends.
    case between(Expression, Expression, Expression)
    /// `discount is null`; `is not null` is a `not` with this as its operand.
    case isNull(Expression)
    /// `if a then b else c`
    case conditional(Expression, then: Expression, otherwise: Expression)
    /// `case when a then b when c then d else e end`
    case cases([WhenThen], otherwise: Expression?)
    /// `round(amount, 2)`
    case call(Name, [Expression])
  }

  /// One branch of a `case`.
  package struct WhenThen: Hashable, Sendable {
    package let condition: Expression
    package let result: Expression

    package init(when condition: Expression, then result: Expression) {
      self.condition = condition
      self.result = result
    }
  }

  package enum UnaryOperator: String, Hashable, Sendable, CaseIterable {
    case minus = "-"
    case not
  }

  package enum BinaryOperator: String, Hashable, Sendable, CaseIterable {
    case or, and
    case equal = "="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case concatenate = "||"
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case remainder = "%"
  }
}

extension Expression {
  /// The direct subexpressions.
  package var parts: [Expression] {
    switch node {
    case .literal, .field, .parameter, .variable: []
    case .unary(_, let operand), .isNull(let operand): [operand]
    case .binary(_, let left, let right): [left, right]
    case .isIn(let value, let list): [value] + list
    case .between(let value, let low, let high): [value, low, high]
    case .conditional(let condition, let then, let otherwise): [condition, then, otherwise]
    case .cases(let branches, let otherwise):
      branches.flatMap { [$0.condition, $0.result] } + (otherwise.map { [$0] } ?? [])
    case .call(_, let arguments): arguments
    }
  }

  /// The names of the variables in the expression.
  package var variables: Set<String> {
    var names: Set<String> = []
    var pending = [self]
    while let expression = pending.popLast() {
      if case .variable(let name) = expression.node { names.insert(name.text) }
      pending += expression.parts
    }
    return names
  }
}
