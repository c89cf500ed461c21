package import StreamingPipeline

extension Expression {
  /// The expression in the language's notation, with only the parentheses it needs.
  package var text: String { text(atLeast: .conditional) }

  /// The expression, in parentheses where its outermost operator binds less tightly than `level`.
  private func text(atLeast level: Precedence) -> String {
    precedence < level ? "(\(bare))" : bare
  }

  private var bare: String {
    switch node {
    case .literal(let value): value.literal
    case .field(let path): path.map(Quoting.name).joined(separator: ".")
    case .parameter(let name): "$" + Quoting.name(name)
    case .variable(let name): "@" + Quoting.name(name)
    case .unary(.minus, let operand): "-" + operand.negated
    case .unary(.not, let operand): operand.negatedTest ?? "not " + operand.text(atLeast: .not)
    case .binary(let sign, let left, let right):
      left.text(atLeast: sign.precedence == .comparison ? .concatenation : sign.precedence)
        + " \(sign.rawValue) " + right.text(atLeast: sign.precedence.tighter)
    case .isIn, .between, .isNull: test(negated: false)
    case .conditional(let condition, let then, let otherwise):
      "if \(condition.text) then \(then.text) else \(otherwise.text)"
    case .cases(let branches, let otherwise):
      "case " + branches.map { "when \($0.condition.text) then \($0.result.text) " }.joined()
        + (otherwise.map { "else \($0.text) " } ?? "") + "end"
    case .call(let name, let arguments): Quoting.name(name) + "(\(Self.list(arguments)))"
    }
  }

  private var precedence: Precedence {
    switch node {
    case .literal, .field, .parameter, .variable, .cases, .call: .primary
    case .unary(.minus, _): .unary
    case .unary(.not, let operand): operand.negatedTest == nil ? .not : .comparison
    case .binary(let sign, _, _): sign.precedence
    case .isIn, .between, .isNull: .comparison
    case .conditional: .conditional
    }
  }

  /// The operand after a minus. A number gets parentheses, since the minus would become part of it.
  private var negated: String {
    if case .literal(let value) = node, value.isNumber { return "(\(bare))" }
    return text(atLeast: .unary)
  }

  /// The test `a not in (…)` or the like, if this is the operand of a `not`; else nil.
  private var negatedTest: String? {
    switch node {
    case .isIn, .between, .isNull: test(negated: true)
    default: nil
    }
  }

  private func test(negated: Bool) -> String {
    let not = negated ? "not " : ""
    switch node {
    case .isIn(let value, let list):
      return "\(value.text(atLeast: .concatenation)) \(not)in (\(Self.list(list)))"
    case .between(let value, let low, let high):
      let parts = [value, low, high].map { $0.text(atLeast: .concatenation) }
      return "\(parts[0]) \(not)between \(parts[1]) and \(parts[2])"
    case .isNull(let value): return "\(value.text(atLeast: .concatenation)) is \(not)null"
    default: return bare
    }
  }

  private static func list(_ expressions: [Expression]) -> String {
    expressions.map(\.text).joined(separator: ", ")
  }
}

extension Value {
  /// Whether it is written as digits, before which a minus would belong to the number.
  fileprivate var isNumber: Bool {
    switch self {
    case .int64, .double, .decimal: true
    case .null, .bool, .string, .date, .timestamp: false
    }
  }

  /// The value in the language's notation: doubles with an exponent, decimals with a point.
  package var literal: String {
    switch self {
    case .string(let text): return Quoting.text(text, in: "'")
    case .decimal(let decimal): return decimal.scale > 0 ? "\(decimal)" : "\(decimal).0"
    case .double(let double):
      let text = "\(double)"
      guard double.isFinite, !text.utf8.contains(UInt8(ascii: "e")) else { return text }
      return (text.hasSuffix(".0") ? String(text.dropLast(2)) : text) + "e0"
    default: return "\(self)"
    }
  }
}
