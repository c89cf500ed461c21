/// The precedences of operators, loosest first.
enum Precedence: Int, Comparable {
  case conditional, or, and, not, comparison, concatenation, addition, multiplication, unary
  case primary

  static func < (left: Precedence, right: Precedence) -> Bool { left.rawValue < right.rawValue }

  /// The next tighter precedence.
  var tighter: Precedence { Precedence(rawValue: rawValue + 1) ?? .primary }
}

extension Expression.BinaryOperator {
  /// The precedence of the operator. All operators but comparisons group to the left; comparisons
  /// do not chain.
  var precedence: Precedence {
    switch self {
    case .or: .or
    case .and: .and
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual: .comparison
    case .concatenate: .concatenation
    case .add, .subtract: .addition
    case .multiply, .divide, .remainder: .multiplication
    }
  }

  /// The operator that a token is, or nil.
  init?(_ token: Token) {
    switch token.kind {
    case .equal: self = .equal
    case .notEqual: self = .notEqual
    case .less: self = .less
    case .lessOrEqual: self = .lessOrEqual
    case .greater: self = .greater
    case .greaterOrEqual: self = .greaterOrEqual
    case .bars: self = .concatenate
    case .plus: self = .add
    case .minus: self = .subtract
    case .star: self = .multiply
    case .slash: self = .divide
    case .percent: self = .remainder
    case .word where token.keyword == .and: self = .and
    case .word where token.keyword == .or: self = .or
    default: return nil
    }
  }
}
