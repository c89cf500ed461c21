package import StreamingPipeline

/// Determines the types of expressions, before there is a record.
///
/// Every type can hold null. `null` itself fits everywhere and has no type of its own, which is nil
/// here. The rules of arithmetic:
///
/// | operation | int64, decimal(s) | with a double |
/// |---|---|---|
/// | `+ - %` | the greater scale | double |
/// | `*` | the sum of the scales, at most 18 | double |
/// | `/` | int64 / int64: double; else four digits more than the greater scale, at most 18, half to even | double |
package struct ExpressionTyping: Sendable {
  let schema: Schema?
  let parameters: [String: FieldType]
  /// The types of the variables known so far; checking a report adds one variable at a time.
  var variables: [String: FieldType]

  /// Makes a typing from the types by name. Without a schema no field is known.
  package init(
    schema: Schema?, parameters: [String: FieldType] = [:], variables: [String: FieldType] = [:]
  ) {
    self.schema = schema
    self.parameters = parameters
    self.variables = variables
  }

  /// The type of an expression's values; nil if they are always null.
  package func type(of expression: Expression) throws(TypeProblem) -> FieldType? {
    switch expression.node {
    case .literal(let value): return value.type
    case .field(let path): return try field(path, expression.span)
    case .parameter(let name):
      return try known(parameters[name.text], .unknownParameter(name.text), expression.span)
    case .variable(let name):
      return try known(variables[name.text], .unknownVariable(name.text), expression.span)
    case .unary(.minus, let operand): return try number(operand)
    case .unary(.not, let operand):
      try require(.bool, operand)
      return .bool
    case .binary(let sign, let left, let right): return try binary(sign, left, right)
    case .isIn(let value, let list):
      _ = try common(of: [value] + list)
      return .bool
    case .between(let value, let low, let high):
      _ = try common(of: [value, low, high])
      return .bool
    case .isNull(let value):
      _ = try type(of: value)
      return .bool
    case .conditional(let condition, let then, let otherwise):
      try require(.bool, condition)
      return try common(of: [then, otherwise])
    case .cases(let cases, let otherwise):
      for branch in cases { try require(.bool, branch.condition) }
      return try common(of: cases.map(\.result) + (otherwise.map { [$0] } ?? []))
    case .call(let name, let arguments):
      guard let function = BuiltinFunction(rawValue: name.text) else {
        throw TypeProblem(.unknownFunction(name.text), name.span)
      }
      return try call(function, arguments, expression.span)
    }
  }

  /// The type that holds the values of all expressions; nil if all are always null.
  func common(of expressions: [Expression]) throws(TypeProblem) -> FieldType? {
    var common: FieldType?
    for expression in expressions {
      guard let type = try type(of: expression) else { continue }
      guard let known = common else {
        common = type
        continue
      }
      guard let both = known.common(with: type) else {
        throw TypeProblem(.noCommonType(known, type), expression.span)
      }
      common = both
    }
    return common
  }

  /// Rejects an expression of another type, but not null.
  func require(_ wanted: FieldType, _ expression: Expression) throws(TypeProblem) {
    let found = try type(of: expression)
    guard found == nil || found == wanted else {
      throw TypeProblem(.wrongType(wanted: "\(wanted)", found: found), expression.span)
    }
  }

  /// The type of an expression that must be a number.
  func number(_ expression: Expression) throws(TypeProblem) -> FieldType? {
    let found = try type(of: expression)
    guard found?.isNumber ?? true else {
      throw TypeProblem(.wrongType(wanted: "a number", found: found), expression.span)
    }
    return found
  }

  private func field(_ path: [Name], _ span: Span) throws(TypeProblem) -> FieldType? {
    let name = path.map(\.text).joined(separator: ".")
    guard let schema, let position = schema.position(of: name) else {
      throw TypeProblem(.unknownField(name), span)
    }
    return schema.fields[position].type
  }

  private func known(
    _ type: FieldType?, _ kind: TypeProblem.Kind, _ span: Span
  ) throws(TypeProblem) -> FieldType {
    guard let type else { throw TypeProblem(kind, span) }
    return type
  }

  private func binary(
    _ sign: Expression.BinaryOperator, _ left: Expression, _ right: Expression
  ) throws(TypeProblem) -> FieldType? {
    switch sign {
    case .and, .or:
      try require(.bool, left)
      try require(.bool, right)
      return .bool
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
      _ = try common(of: [left, right])
      return .bool
    case .concatenate:
      _ = try type(of: left)
      _ = try type(of: right)
      return .string
    case .add, .subtract, .multiply, .divide, .remainder:
      let leftType = try number(left)
      let rightType = try number(right)
      guard let leftType, let rightType else { return leftType ?? rightType }
      return try arithmetic(sign, leftType, rightType, left.span.joined(with: right.span))
    }
  }

  private func arithmetic(
    _ sign: Expression.BinaryOperator, _ left: FieldType, _ right: FieldType, _ span: Span
  ) throws(TypeProblem) -> FieldType {
    guard let common = left.common(with: right) else {
      throw TypeProblem(.noCommonType(left, right), span)
    }
    switch (sign, common) {
    case (_, .double), (.divide, .int64): return .double
    case (.divide, .decimal(let scale)): return .decimal(scale: min(scale + 4, 18))
    case (.multiply, .decimal):
      let scale = (left.scale ?? 0) + (right.scale ?? 0)
      guard scale <= 18 else { throw TypeProblem(.tooManyDigits(scale: scale), span) }
      return .decimal(scale: scale)
    default: return common
    }
  }
}

extension Value {
  /// The type of the value; nil for null.
  package var type: FieldType? {
    switch self {
    case .null: nil
    case .int64: .int64
    case .double: .double
    case .decimal(let number): .decimal(scale: number.scale)
    case .bool: .bool
    case .string: .string
    case .date: .date
    case .timestamp: .timestamp
    }
  }
}
