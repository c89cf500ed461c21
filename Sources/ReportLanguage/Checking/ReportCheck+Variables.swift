internal import StreamingPipeline

/// Checks variables: the order in which they can be computed, and their types.
extension ReportCheck {
  mutating func checkVariables() {
    for variable in report.variables {
      if case .group(let level) = variable.reset { checkGroup(level, at: variable.span) }
    }
    let order = DependencyOrder(variableNeeds)
    for cycle in order.cycles {
      found(
        .cycle(
          .variableCycle, cycle.map { "@" + report.variables[$0].name.text },
          of: "variables",
          at: report.variables[cycle[0]].name.span))
    }
    for index in order.sorted {
      let variable = report.variables[index]
      variablesInOrder.append(variable)
      guard typing.variables[variable.name.text] == nil else { continue }
      typing.variables[variable.name.text] = type(of: variable)
    }
  }

  /// For each variable, the indices of those that its expression names.
  private var variableNeeds: [Set<Int>] {
    let indices = Dictionary(
      report.variables.enumerated().map { ($1.name.text, $0) },
      uniquingKeysWith: { first, _ in first })
    return report.variables.enumerated().map { index, variable in
      var needs = Set(variable.expression?.variables.compactMap { indices[$0] } ?? [])
      // A custom variable may name itself, which is its previous value.
      if case .custom = variable.calculation {
        needs.remove(indices[variable.name.text] ?? index)
      }
      return needs
    }
  }

  /// The type of a variable's values; nil where it is wrong and reported.
  private mutating func type(of variable: Variable) -> FieldType? {
    let initial = variable.initial.map { value in
      (type: type(of: value, in: .parameters("a variable's initial value")), span: value.span)
    }
    switch variable.calculation {
    case .function(let function, let operand):
      guard let type = aggregateType(function, of: operand, in: .running, at: variable.name.span)
      else { return nil }
      if let initial, let found = initial.type, !found.fits(type) {
        self.found(.wrongType("\(type)", found: found, at: initial.span))
      }
      return type
    case .custom(let expression):
      return customType(expression, of: variable, from: initial?.type ?? nil)
    }
  }

  /// The type that holds both a variable's initial value and the values computed from it.
  private mutating func customType(
    _ expression: Expression, of variable: Variable, from initial: FieldType?
  ) -> FieldType? {
    let name = variable.name
    if initial == nil, expression.variables.contains(name.text) {
      found(.missingInitial(name))
      return nil
    }
    var type = initial
    defer { typing.variables[name.text] = nil }
    // Each round widens the type, and there are only 18 scales and double to widen to.
    for _ in 0..<20 {
      typing.variables[name.text] = type
      do {
        guard let next = try typing.type(of: expression) else { break }
        guard let common = type.map({ $0.common(with: next) }) ?? next else {
          found(.wrongType("\(type ?? next)", found: next, at: expression.span))
          return nil
        }
        if type == common { return type }
        type = common
      } catch {
        report(error, in: .running)
        return nil
      }
    }
    if type == nil { found(.wrongType("a value", found: nil, at: expression.span)) }
    return type
  }

  /// The type of an aggregate's value; nil where it is wrong and reported.
  mutating func aggregateType(
    _ function: AggregateFunction, of operand: Expression?, in scope: Scope, at span: Span
  ) -> FieldType? {
    if case .percentile(let percent) = function, !(0...100).contains(percent) {
      found(.badPercentile(percent, at: span))
    }
    guard let operand else {
      if function == .count { return .int64 }
      found(.missingOperand(function.name, at: span))
      return nil
    }
    let count = diagnostics.all.count
    let type = type(of: operand, in: scope)
    guard diagnostics.all.count == count, !diagnostics.isFull else { return nil }
    guard let result = function.resultType(of: type) else {
      found(
        .wrongType(
          function.takesNumbers ? "a number" : "a value", found: type, at: operand.span))
      return nil
    }
    return result
  }
}

extension Variable {
  /// The expression that it is computed from.
  fileprivate var expression: Expression? {
    switch calculation {
    case .function(_, let operand): operand
    case .custom(let expression): expression
    }
  }
}

extension AggregateFunction {
  fileprivate var takesNumbers: Bool {
    switch self {
    case .sum, .average, .median, .deviation, .percentile: true
    case .count, .min, .max, .first, .last, .distinct: false
    }
  }
}
