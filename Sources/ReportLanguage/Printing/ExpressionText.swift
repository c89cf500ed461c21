import StreamingPipeline

extension Expression {
  /// The expression as it is written, with every operation in parentheses.
  package var text: String {
    switch node {
    case .literal(.string(let text)): "'\(text)'"
    case .literal(let value): "\(value)"
    case .field(let path): path.map(\.text).joined(separator: ".")
    case .parameter(let name): "$\(name.text)"
    case .variable(let name): "@\(name.text)"
    case .unary(.minus, let operand): "-\(operand.inner)"
    case .unary(.not, let operand): "not \(operand.inner)"
    case .binary(let sign, let left, let right): "\(left.inner) \(sign.rawValue) \(right.inner)"
    case .isIn(let value, let list): "\(value.inner) in (\(list.listed))"
    case .between(let value, let low, let high):
      "\(value.inner) between \(low.inner) and \(high.inner)"
    case .isNull(let value): "\(value.inner) is null"
    case .conditional(let condition, let then, let otherwise):
      "if \(condition.inner) then \(then.inner) else \(otherwise.inner)"
    case .cases(let cases, let otherwise):
      "case " + cases.map { "when \($0.condition.text) then \($0.result.text) " }.joined()
        + (otherwise.map { "else \($0.text) " } ?? "") + "end"
    case .call(let name, let arguments): "\(name.text)(\(arguments.listed))"
    }
  }

  private var inner: String {
    switch node {
    case .literal, .field, .parameter, .variable, .call: text
    default: "(\(text))"
    }
  }
}

extension [Expression] {
  fileprivate var listed: String { map(\.text).joined(separator: ", ") }
}
