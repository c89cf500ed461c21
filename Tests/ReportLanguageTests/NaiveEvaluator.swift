import ReportLanguage
import StreamingPipeline

/// Evaluates whole-number and truth expressions for one row, as simply as possible: the model
/// against which the columnar evaluator is tested.
struct NaiveEvaluator {
  enum Failure: Error { case fault }

  let fields: [String: Value]

  func value(_ expression: Expression) throws -> Value {
    switch expression.node {
    case .literal(let value): return value
    case .field(let path): return fields[path[0].text] ?? .null
    case .unary(.minus, let operand):
      guard case .int64(let number) = try value(operand) else { return .null }
      guard number != .min else { throw Failure.fault }
      return .int64(-number)
    case .unary(.not, let operand):
      guard case .bool(let truth) = try value(operand) else { return .null }
      return .bool(!truth)
    case .binary(.and, let left, let right):
      let first = try value(left)
      if first == .bool(false) { return first }
      let second = try value(right)
      if second == .bool(false) { return second }
      return first.isNull || second.isNull ? .null : .bool(true)
    case .binary(.or, let left, let right):
      let first = try value(left)
      if first == .bool(true) { return first }
      let second = try value(right)
      if second == .bool(true) { return second }
      return first.isNull || second.isNull ? .null : .bool(false)
    case .binary(let sign, let left, let right):
      // Both sides are computed first, so that a fault on either counts.
      let (first, second) = (try value(left), try value(right))
      guard case .int64(let one) = first, case .int64(let two) = second else { return .null }
      return try calculate(sign, one, two)
    case .isNull(let operand): return .bool(try value(operand).isNull)
    case .conditional(let condition, let then, let otherwise):
      return try value(condition) == .bool(true) ? try value(then) : try value(otherwise)
    case .call("coalesce", let arguments):
      for argument in arguments {
        let found = try value(argument)
        if !found.isNull { return found }
      }
      return .null
    default: preconditionFailure("not in the model: \(expression.text)")
    }
  }

  private func calculate(
    _ sign: Expression.BinaryOperator, _ one: Int64, _ two: Int64
  ) throws -> Value {
    let result: Int64
    let overflow: Bool
    switch sign {
    case .add: (result, overflow) = one.addingReportingOverflow(two)
    case .subtract: (result, overflow) = one.subtractingReportingOverflow(two)
    case .multiply: (result, overflow) = one.multipliedReportingOverflow(by: two)
    case .remainder: (result, overflow) = (two == 0 || two == -1 ? 0 : one % two, two == 0)
    case .equal: return .bool(one == two)
    case .notEqual: return .bool(one != two)
    case .less: return .bool(one < two)
    case .lessOrEqual: return .bool(one <= two)
    case .greater: return .bool(one > two)
    case .greaterOrEqual: return .bool(one >= two)
    default: preconditionFailure("not in the model: \(sign)")
    }
    if overflow { throw Failure.fault }
    return .int64(result)
  }
}
