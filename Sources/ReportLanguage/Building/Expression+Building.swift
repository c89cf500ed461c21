public import StreamingPipeline

// Expressions in code correspond to the text one to one:
//
//     .field("amount") * 2 .> .parameter("least")      amount * 2 > $least
//     .call("round", .variable("total"), 2)            round(@total, 2)

extension Expression {
  /// The field `amount` of the record.
  public static func field(_ name: Name) -> Expression { Expression(.field([name])) }
  /// `$since`
  public static func parameter(_ name: Name) -> Expression { Expression(.parameter(name)) }
  /// `@total`
  public static func variable(_ name: Name) -> Expression { Expression(.variable(name)) }
  /// A constant value.
  public static func literal(_ value: Value) -> Expression { Expression(.literal(value)) }

  /// `round(amount, 2)`
  public static func call(_ function: Name, _ arguments: Expression...) -> Expression {
    Expression(.call(function, arguments))
  }

  /// `if a then b else c`
  public static func choose(
    if condition: Expression, then: Expression, otherwise: Expression
  ) -> Expression {
    Expression(.conditional(condition, then: then, otherwise: otherwise))
  }

  /// `case when a then b when c then d else e end`; null where no condition holds and there is no
  /// `else`.
  public static func cases(
    _ branches: [(when: Expression, then: Expression)], otherwise: Expression? = nil
  ) -> Expression {
    Expression(
      .cases(
        branches.map { WhenThen(when: $0.when, then: $0.then) }, otherwise: otherwise))
  }

  /// `amount is null`
  public var isNull: Expression { Expression(.isNull(self)) }

  /// `status in ('open', 'paid')`
  public func isIn(_ list: Expression...) -> Expression { Expression(.isIn(self, list)) }

  /// `amount between 1 and 10`
  public func isBetween(_ low: Expression, and high: Expression) -> Expression {
    Expression(.between(self, low, high))
  }

  /// `first || last`: two texts joined into one.
  public func joined(with other: Expression) -> Expression {
    Expression(.binary(.concatenate, self, other))
  }
}

// MARK: - Operators. Comparisons have the signs that Swift uses for operations lane by lane.
extension Expression {
  /// `a + b`
  public static func + (left: Self, right: Self) -> Self {
    Self(.binary(.add, left, right))
  }
  /// `a - b`
  public static func - (left: Self, right: Self) -> Self {
    Self(.binary(.subtract, left, right))
  }
  /// `a * b`
  public static func * (left: Self, right: Self) -> Self {
    Self(.binary(.multiply, left, right))
  }
  /// `a / b`
  public static func / (left: Self, right: Self) -> Self {
    Self(.binary(.divide, left, right))
  }
  /// `a % b`
  public static func % (left: Self, right: Self) -> Self {
    Self(.binary(.remainder, left, right))
  }
  /// `a = b`
  public static func .== (left: Self, right: Self) -> Self {
    Self(.binary(.equal, left, right))
  }
  /// `a != b`
  public static func .!= (left: Self, right: Self) -> Self {
    Self(.binary(.notEqual, left, right))
  }
  /// `a < b`
  public static func .< (left: Self, right: Self) -> Self {
    Self(.binary(.less, left, right))
  }
  /// `a <= b`
  public static func .<= (left: Self, right: Self) -> Self {
    Self(.binary(.lessOrEqual, left, right))
  }
  /// `a > b`
  public static func .> (left: Self, right: Self) -> Self {
    Self(.binary(.greater, left, right))
  }
  /// `a >= b`
  public static func .>= (left: Self, right: Self) -> Self {
    Self(.binary(.greaterOrEqual, left, right))
  }
  /// `a and b`
  public static func && (left: Self, right: Self) -> Self {
    Self(.binary(.and, left, right))
  }
  /// `a or b`
  public static func || (left: Self, right: Self) -> Self {
    Self(.binary(.or, left, right))
  }
  /// `not a`
  public static prefix func ! (operand: Self) -> Self { Self(.unary(.not, operand)) }
  /// `-a`
  public static prefix func - (operand: Self) -> Self { Self(.unary(.minus, operand)) }
}

extension Expression: ExpressibleByIntegerLiteral, ExpressibleByStringLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByFloatLiteral
{
  /// `12`
  public init(integerLiteral value: Int64) { self.init(.literal(.int64(value))) }
  /// `'text'`
  public init(stringLiteral value: String) { self.init(.literal(.string(value))) }
  /// `true`
  public init(booleanLiteral value: Bool) { self.init(.literal(.bool(value))) }
  /// The double `1.5e0`. Decimals are made by `literal(_:)`.
  public init(floatLiteral value: Double) { self.init(.literal(.double(value))) }
}
