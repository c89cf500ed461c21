/// A format of values.
public indirect enum ElementFormat: Hashable, Sendable {
  /// A format that the report defines by name.
  case named(Name)
  /// A pattern of digits, of a date or of a time, such as `#,##0.00` or `yyyy-MM-dd`.
  case pattern(String)
  /// A currency's sign and its digits, such as `1,234.50 €`.
  case currency(String)
  /// A fraction as a percentage with this many digits after the point.
  case percentage(digits: Int)
  /// The format of the first condition that holds.
  case conditional([Case], otherwise: ElementFormat?)
  /// A text where the value is null, otherwise the format.
  case fallback(String, ElementFormat?)

  /// A condition, in which `value` is the value to be written, and its format.
  public struct Case: Hashable, Sendable {
    /// The condition.
    public var condition: Expression
    /// The format of values for which the condition holds.
    public var format: ElementFormat

    /// Makes a case.
    public init(when condition: Expression, _ format: ElementFormat) {
      self.condition = condition
      self.format = format
    }
  }
}

/// A format with a name.
public struct NamedFormat: Hashable, Sendable {
  /// The name.
  public var name: Name
  /// The format.
  public var format: ElementFormat
  /// The location in the report's text.
  public var span: Span = .none

  /// Makes a named format.
  public init(_ name: Name, _ format: ElementFormat) {
    self.name = name
    self.format = format
  }
}
