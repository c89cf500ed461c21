public import StreamingPipeline

/// A value that is given when a report is run.
public struct Parameter: Hashable, Sendable {
  /// The name.
  public var name: Name
  /// The type of the values.
  public var type: FieldType
  /// Whether it must be given.
  public var isRequired: Bool
  /// The value where none is given; null without a default.
  public var defaultValue: Expression?
  /// The least permitted value.
  public var minimum: Expression?
  /// The greatest permitted value.
  public var maximum: Expression?
  /// The permitted number of characters of a text.
  public var length: ClosedRange<Int>?
  /// A regular expression that a whole text must match.
  public var pattern: String?
  /// The location in the report's text.
  public var span: Span = .none

  /// Makes an optional parameter without limits.
  public init(_ name: Name, _ type: FieldType, isRequired: Bool = false) {
    self.name = name
    self.type = type
    self.isRequired = isRequired
  }
}
