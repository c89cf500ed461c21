package import StreamingPipeline

extension FieldType {
  /// Whether values of this type can be calculated with.
  var isNumber: Bool {
    switch self {
    case .int64, .double, .decimal: true
    case .bool, .string, .date, .timestamp: false
    }
  }

  /// The digits after the point of an exact number, 0 for a whole number; nil for other types.
  var scale: Int? {
    switch self {
    case .int64: 0
    case .decimal(let scale): scale
    default: nil
    }
  }

  /// The type that holds values of both, or nil: int64 widens to decimal, decimals to the greater
  /// scale, numbers to double beside a double, and dates to timestamps.
  package func common(with other: FieldType) -> FieldType? {
    if self == other { return self }
    switch (self, other) {
    case (.double, _) where other.isNumber, (_, .double) where isNumber: return .double
    case (.date, .timestamp), (.timestamp, .date): return .timestamp
    default:
      guard let mine = scale, let theirs = other.scale else { return nil }
      return .decimal(scale: max(mine, theirs))
    }
  }
}

extension AggregateFunction {
  /// The type of the function's result over values of a type; nil where it does not accept them.
  ///
  /// The type `nil` stands for `null`, and for the missing operand that `count` permits.
  package func resultType(of operand: FieldType?) -> FieldType? {
    switch self {
    case .count, .distinct: return .int64
    case .min, .max, .first, .last: return operand
    case .sum:
      guard let operand, operand.isNumber else { return nil }
      return operand
    case .average, .median, .percentile:
      switch operand {
      case .int64, .double: return .double
      case .decimal(let scale): return .decimal(scale: Swift.min(scale + 4, 18))
      default: return nil
      }
    case .deviation:
      guard let operand, operand.isNumber else { return nil }
      return .double
    }
  }
}
