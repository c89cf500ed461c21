package import StreamingPipeline

/// The reason why an expression has no type, and the part that causes it.
package struct TypeProblem: Error, Hashable, Sendable {
  /// The kinds of problems.
  package enum Kind: Hashable, Sendable {
    case unknownField(String)
    case unknownParameter(String)
    case unknownVariable(String)
    case unknownFunction(String)
    /// A function has too many or too few arguments; `signature` shows what it accepts.
    case wrongArgumentCount(signature: String, found: Int)
    /// A part has another type than required; nil is the type of `null`.
    case wrongType(wanted: String, found: FieldType?)
    /// Parts have no type in common.
    case noCommonType(FieldType, FieldType)
    /// A decimal product has more digits after the point than a decimal can hold.
    case tooManyDigits(scale: Int)
    /// An argument must be a constant, like the `2` in `round(amount, 2)`.
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
  /// The problem in words.
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
