package import StreamingPipeline

/// A pattern that fits values of one type.
package enum ValuePattern: Hashable, Sendable {
  case number(NumberText)
  case date(DateText)

  /// A pattern of digits.
  package struct NumberText: Hashable, Sendable { let pattern: NumberPattern }
  /// A pattern of a date or a time.
  package struct DateText: Hashable, Sendable { let pattern: DatePattern }

  /// Reads a pattern; nil where it does not fit the type.
  package init?(_ text: String, for type: FieldType) {
    switch type {
    case .int64, .double, .decimal:
      guard let pattern = NumberPattern(text) else { return nil }
      self = .number(NumberText(pattern: pattern))
    case .date, .timestamp:
      guard let pattern = DatePattern(text, hasTime: type == .timestamp) else { return nil }
      self = .date(DateText(pattern: pattern))
    case .bool, .string: return nil
    }
  }

  /// Formats a value of the type. Other values are written as they describe themselves.
  package func text(_ value: Value) -> String {
    switch (self, value) {
    case (.number(let number), _): number.pattern.text(value)
    case (.date(let date), .date(let day)):
      date.pattern.text(day: Int(day))
    case (.date(let date), .timestamp(let instant)): date.pattern.text(microseconds: instant)
    default: value.description
    }
  }

  /// A pattern that fits the type, for messages.
  package static func example(_ type: FieldType) -> String {
    switch type {
    case .int64, .double, .decimal: "'#,##0.00'"
    case .date: "'yyyy-MM-dd'"
    case .timestamp: "'yyyy-MM-dd HH:mm'"
    case .bool, .string: "none, a \(type) has no pattern"
    }
  }
}
