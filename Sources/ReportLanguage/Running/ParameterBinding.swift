public import StreamingPipeline

/// The reason why a report rejects a parameter.
public struct ParameterProblem: Hashable, Sendable {
  /// The kinds of problems.
  public enum Kind: Hashable, Sendable {
    /// The report has no such parameter; `known` are those it has.
    case unknown(known: [String])
    /// The parameter is required and missing.
    case missing
    /// The text or value is not of the parameter's type.
    case wrongType(FieldType, given: String)
    /// The value is below the minimum.
    case tooSmall(minimum: String, given: String)
    /// The value is above the maximum.
    case tooGreat(maximum: String, given: String)
    /// The text does not have a permitted number of characters.
    case wrongLength(ClosedRange<Int>, given: String)
    /// The text does not match the regular expression.
    case noMatch(pattern: String, given: String)
    /// The report's own pattern is not a valid regular expression.
    case badPattern(String)
    /// The default, or a limit, cannot be computed.
    case notComputable(String)
  }

  /// The parameter's name.
  public let name: String
  /// The problem.
  public let kind: Kind
}

extension ParameterProblem: CustomStringConvertible {
  /// The problem in a sentence.
  public var description: String {
    switch kind {
    case .unknown(let known):
      known.isEmpty
        ? "the report has no parameter '\(name)'; it takes none"
        : "the report has no parameter '\(name)'; it takes \(known.joined(separator: ", "))"
    case .missing: "parameter '\(name)' must be given"
    case .wrongType(let type, let given): "parameter '\(name)' is \(type), but '\(given)' is none"
    case .tooSmall(let minimum, let given):
      "parameter '\(name)' must be at least \(minimum), not '\(given)'"
    case .tooGreat(let maximum, let given):
      "parameter '\(name)' must be at most \(maximum), not '\(given)'"
    case .wrongLength(let range, let given):
      "parameter '\(name)' takes \(range.lowerBound) to \(range.upperBound) characters, "
        + "not the \(given.count) of '\(given)'"
    case .noMatch(let pattern, let given):
      "parameter '\(name)' must match /\(pattern)/, which '\(given)' does not"
    case .badPattern(let pattern):
      "parameter '\(name)': the report's pattern /\(pattern)/ is no regular expression"
    case .notComputable(let why): "parameter '\(name)': \(why)"
    }
  }
}

/// The value given for a parameter.
public enum ParameterInput: Hashable, Sendable {
  /// A text, as on a command line, which is read as the parameter's type.
  case text(String)
  /// A value of the parameter's type.
  case value(Value)
}

/// Computes the values of a report's parameters.
struct ParameterBinding {
  let parameters: [Parameter]
  let now: Int64
  private(set) var values: [String: Value] = [:]
  private var problems: [ParameterProblem] = []

  /// - Throws: `ReportError.parameters` with everything that is wrong, not only the first problem.
  init(
    _ parameters: [Parameter], inputs: [String: ParameterInput], now: Int64
  ) throws(ReportError) {
    self.parameters = parameters
    self.now = now
    let known = parameters.map(\.name.text)
    for name in inputs.keys.sorted() where !known.contains(name) {
      problems.append(ParameterProblem(name: name, kind: .unknown(known: known)))
    }
    for parameter in parameters { bind(parameter, inputs[parameter.name.text]) }
    if !problems.isEmpty { throw .parameters(problems) }
  }

  private mutating func bind(_ parameter: Parameter, _ input: ParameterInput?) {
    let name = parameter.name.text
    switch input {
    case nil:
      if parameter.isRequired { return report(name, .missing) }
      values[name] = parameter.defaultValue.flatMap { computed($0, parameter) } ?? .null
    case .text(let text):
      guard let value = Value(text, as: parameter.type) else {
        return report(name, .wrongType(parameter.type, given: text))
      }
      check(value, parameter)
    case .value(let value):
      guard let fitting = value.fitted(to: parameter.type) else {
        return report(name, .wrongType(parameter.type, given: value.description))
      }
      check(fitting, parameter)
    }
  }

  private mutating func check(_ value: Value, _ parameter: Parameter) {
    let name = parameter.name.text
    let given = value.description
    values[name] = value
    if value.isNull { return parameter.isRequired ? report(name, .missing) : () }
    if let least = parameter.minimum.flatMap({ computed($0, parameter) }),
      value.isOrdered(before: least)
    {
      report(name, .tooSmall(minimum: least.description, given: given))
    }
    if let greatest = parameter.maximum.flatMap({ computed($0, parameter) }),
      greatest.isOrdered(before: value)
    {
      report(name, .tooGreat(maximum: greatest.description, given: given))
    }
    guard case .string(let text) = value else { return }
    if let range = parameter.length, !range.contains(text.count) {
      report(name, .wrongLength(range, given: text))
    }
    if let pattern = parameter.pattern { match(text, pattern, name) }
  }

  private mutating func match(_ text: String, _ pattern: String, _ name: String) {
    guard let expression = try? TextPattern(pattern) else {
      return report(name, .badPattern(pattern))
    }
    if !expression.matches(text) { report(name, .noMatch(pattern: pattern, given: text)) }
  }

  /// The value of a default or a limit, which can name nothing.
  private mutating func computed(_ expression: Expression, _ parameter: Parameter) -> Value? {
    do {
      let compiler = ExpressionCompiler(typing: ExpressionTyping(schema: nil), now: now)
      let evaluator = try compiler.compile(expression)
      let value = try evaluator.evaluate(Frame(rowCount: 1, columns: [])).value(0)
      guard let fitting = value.fitted(to: parameter.type) else {
        report(parameter.name.text, .wrongType(parameter.type, given: value.description))
        return nil
      }
      return fitting
    } catch {
      report(parameter.name.text, .notComputable("\(error)"))
      return nil
    }
  }

  private mutating func report(_ name: String, _ kind: ParameterProblem.Kind) {
    problems.append(ParameterProblem(name: name, kind: kind))
  }
}
