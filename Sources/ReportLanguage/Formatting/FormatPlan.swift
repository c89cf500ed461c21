import StreamingPipeline

/// A format made ready for values of one type.
indirect enum FormatPlan: Sendable {
  case plain
  case pattern(ValuePattern)
  case number(NumberPattern)
  case conditional([(condition: Evaluator, format: FormatPlan)], otherwise: FormatPlan)
  case fallback(String, FormatPlan)

  /// The value as text; null as nothing, unless a fallback says otherwise.
  func text(_ value: Value, type: FieldType) throws(EvaluationError) -> String {
    switch self {
    case .fallback(let text, let format):
      return value.isNull ? text : try format.text(value, type: type)
    case .conditional(let cases, let otherwise):
      let frame = Frame(rowCount: 1, columns: [Vector(value, as: type).column(rows: 1)])
      for branch in cases where try branch.condition.evaluate(frame).value(0) == .bool(true) {
        return try branch.format.text(value, type: type)
      }
      return try otherwise.text(value, type: type)
    case .plain: return value.isNull ? "" : value.description
    case .pattern(let pattern): return value.isNull ? "" : pattern.text(value)
    case .number(let pattern): return value.isNull ? "" : pattern.text(value)
    }
  }
}

/// Makes formats ready: names become what they stand for.
struct FormatCompiler {
  let formats: [NamedFormat]
  let compiler: ExpressionCompiler

  func compile(_ format: ElementFormat?, for type: FieldType) throws(TypeProblem) -> FormatPlan {
    try compile(format, type, within: [])
  }

  private func compile(
    _ format: ElementFormat?, _ type: FieldType, within names: [String]
  ) throws(TypeProblem) -> FormatPlan {
    switch format {
    case nil: return .plain
    case .named(let name):
      // A format that names itself says nothing.
      guard !names.contains(name.text), let named = formats.first(where: { $0.name == name })
      else { return .plain }
      return try compile(named.format, type, within: names + [name.text])
    case .pattern(let text):
      guard let pattern = ValuePattern(text, for: type) else {
        throw TypeProblem(
          .notLiteral(
            wanted: "a pattern that fits \(type), such as \(ValuePattern.example(type))"), .none)
      }
      return .pattern(pattern)
    case .currency(let sign):
      return type.isNumber ? .number(NumberPattern(fraction: 2, suffix: " " + sign)) : .plain
    case .percentage(let digits):
      return type.isNumber
        ? .number(NumberPattern(fraction: digits, suffix: " %", isPercentage: true)) : .plain
    case .fallback(let text, let rest):
      return .fallback(text, try compile(rest, type, within: names))
    case .conditional(let cases, let otherwise):
      let conditions = try compiler.judging(type)
      var plans: [(condition: Evaluator, format: FormatPlan)] = []
      for branch in cases {
        plans.append(
          (
            try conditions.compile(branch.condition, as: .bool),
            try compile(branch.format, type, within: names)
          ))
      }
      return .conditional(plans, otherwise: try compile(otherwise, type, within: names))
    }
  }
}

extension ExpressionCompiler {
  /// For conditions of formats, which see the value as the field `value`, and parameters.
  fileprivate func judging(_ type: FieldType) throws(TypeProblem) -> ExpressionCompiler {
    guard let schema = try? Schema([Field("value", type)]) else { return self }
    let typing = ExpressionTyping(schema: schema, parameters: typing.parameters)
    return ExpressionCompiler(typing: typing, parameters: parameters, now: now)
  }
}
