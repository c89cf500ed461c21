/// A value that is computed from record to record.
public struct Variable: Hashable, Sendable {
  /// The ways in which a variable changes with every record.
  public enum Calculation: Hashable, Sendable {
    /// A function over all records since the last reset.
    case function(AggregateFunction, of: Expression?)
    /// The value of the expression, which may name the variable itself and then uses its previous
    /// value.
    case custom(Expression)
  }

  /// The points at which a variable is reset.
  public enum Reset: Hashable, Sendable {
    case detail
    case group(Int)
    case page
    case report
  }

  /// The name.
  public var name: Name
  /// The way in which it changes.
  public var calculation: Calculation
  /// The point at which it is reset.
  public var reset: Reset
  /// The initial value; nil for that of the function.
  public var initial: Expression?
  /// The location in the report's text.
  public var span: Span = .none

  /// Makes a variable over the whole report.
  public init(
    _ name: Name, _ calculation: Calculation, reset: Reset = .report, initial: Expression? = nil
  ) {
    self.name = name
    self.calculation = calculation
    self.reset = reset
    self.initial = initial
  }
}

/// A function over many records.
public enum AggregateFunction: Hashable, Sendable {
  case count, sum, average, min, max, first, last, distinct, median, deviation
  /// The percentile, 0 to 100.
  case percentile(Double)
}
