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
