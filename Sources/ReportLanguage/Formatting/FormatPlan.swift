import StreamingPipeline

/// A format compiled for values of one type.
indirect enum FormatPlan: Sendable {
  case plain
  case pattern(ValuePattern)
  case number(NumberPattern)
  case conditional([(condition: Evaluator, format: FormatPlan)], otherwise: FormatPlan)
  case fallback(String, FormatPlan)

  /// The value as text. Null is the empty text unless there is a fallback.
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

/// Compiles formats: names are replaced by what they stand for.
///
/// A named format is compiled once for each type, however many formats refer to it.
struct FormatCompiler {
  /// A named format and the type of the values it writes.
  private struct Use: Hashable {
    let name: String
    let type: FieldType
  }

  private let formats: [String: ElementFormat]
  private let compiler: ExpressionCompiler
  private var known: [Use: FormatPlan] = [:]

  init(_ formats: [NamedFormat], compiler: ExpressionCompiler) {
    self.formats = Dictionary(
      formats.map { ($0.name.text, $0.format) }, uniquingKeysWith: { first, _ in first })
    self.compiler = compiler
  }

  mutating func compile(
    _ format: ElementFormat?, for type: FieldType
  ) throws(TypeProblem) -> FormatPlan {
    switch format {
    case nil: return .plain
    case .named(let name): return try named(name.text, type)
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
    case .fallback(let text, let rest): return .fallback(text, try compile(rest, for: type))
    case .conditional(let cases, let otherwise):
      return try conditional(cases, otherwise, type)
    }
  }

  private mutating func named(
    _ name: String, _ type: FieldType
  ) throws(TypeProblem) -> FormatPlan {
    let use = Use(name: name, type: type)
    if let plan = known[use] { return plan }
    // The checker rejects a format that refers to itself; here it would be a plain format.
    known[use] = .plain
    let plan = try compile(formats[name], for: type)
    known[use] = plan
    return plan
  }

  private mutating func conditional(
    _ cases: [ElementFormat.Case], _ otherwise: ElementFormat?, _ type: FieldType
  ) throws(TypeProblem) -> FormatPlan {
    let conditions = try compiler.judging(type)
    var plans: [(condition: Evaluator, format: FormatPlan)] = []
    for branch in cases {
      plans.append(
        (
          try conditions.compile(branch.condition, as: .bool),
          try compile(branch.format, for: type)
        ))
    }
    return .conditional(plans, otherwise: try compile(otherwise, for: type))
  }
}

extension ExpressionCompiler {
  /// A compiler for conditions of formats, which see the value as the field `value`, and
  /// parameters.
  fileprivate func judging(_ type: FieldType) throws(TypeProblem) -> ExpressionCompiler {
    guard let schema = try? Schema([Field("value", type)]) else { return self }
    let typing = ExpressionTyping(schema: schema, parameters: typing.parameters)
    return ExpressionCompiler(typing: typing, parameters: parameters, now: now)
  }
}
