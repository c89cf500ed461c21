package import StreamingPipeline

/// Why an expression has no type, and where in it.
package struct TypeProblem: Error, Hashable, Sendable {
  /// What is wrong.
  package enum Kind: Hashable, Sendable {
    case unknownField(String)
    case unknownParameter(String)
    case unknownVariable(String)
    case unknownFunction(String)
    /// A function with too many or too few arguments; `signature` shows it as it is written.
    case wrongArgumentCount(signature: String, found: Int)
    /// A part that is of another type than its place wants; nil is the type of `null`.
    case wrongType(wanted: String, found: FieldType?)
    /// Parts that have no type in common.
    case noCommonType(FieldType, FieldType)
    /// A decimal product with more digits after the point than a decimal keeps.
    case tooManyDigits(scale: Int)
    /// An argument that must be written out, as `2` in `round(amount, 2)`.
    case notLiteral(wanted: String)
  }

  package let kind: Kind
  package let span: Span

  init(_ kind: Kind, _ span: Span) {
    self.kind = kind
    self.span = span
  }
}

extension TypeProblem: CustomStringConvertible {
  /// What is wrong, in words.
  package var description: String {
    switch kind {
    case .unknownField(let name): "there is no field '\(name)'"
    case .unknownParameter(let name): "there is no parameter '$\(name)'"
    case .unknownVariable(let name): "there is no variable '@\(name)'"
    case .unknownFunction(let name): "there is no function '\(name)'"
    case .wrongArgumentCount(let signature, let found):
      "\(found) arguments do not fit \(signature)"
    case .wrongType(let wanted, let found):
      "expected \(wanted), but this is \(found.map { "\($0)" } ?? "null")"
    case .noCommonType(let left, let right): "\(left) and \(right) do not go together"
    case .tooManyDigits(let scale):
      "the product would have \(scale) digits after the point, a decimal keeps 18; "
        + "round one of the factors"
    case .notLiteral(let wanted): "expected \(wanted), written out"
    }
  }
}
