import StreamingPipeline

extension Value {
  /// Reads text as a value of a type; nil where it is not one.
  init?(_ text: String, as type: FieldType) {
    let value: Value? =
      switch type {
      case .int64: Int64(text).map { .int64($0) }
      case .double: Double(text).flatMap { $0.isFinite ? .double($0) : nil }
      case .decimal(let scale): FixedDecimal(text).flatMap { Value.decimal($0, scale: scale) }
      case .bool: ["true": true, "false": false][text].map { .bool($0) }
      case .string: .string(text)
      case .date: TimestampText.days(text).map { .date($0) }
      case .timestamp:
        TimestampText.microseconds(text).map { .timestamp($0) }
          ?? TimestampText.days(text).flatMap { microseconds(ofDay: $0) }.map { .timestamp($0) }
      }
    guard let value else { return nil }
    self = value
  }

  private static func decimal(_ number: FixedDecimal, scale: Int) -> Value? {
    number.mantissa(atScale: scale).map {
      .decimal(FixedDecimal(mantissa: Int128($0), scale: scale))
    }
  }

  /// The value converted to a type without a loss; nil where that is not possible.
  func fitted(to type: FieldType) -> Value? {
    switch (self, type) {
    case (.null, _): .null
    case (.int64(let number), .double): .double(Double(number))
    case (.int64(let number), .decimal(let scale)):
      Value.decimal(FixedDecimal(mantissa: Int128(number), scale: 0), scale: scale)
    case (.decimal(let number), .decimal(let scale)): Value.decimal(number, scale: scale)
    case (.decimal(let number), .double): .double(number.approximate)
    case (.date(let day), .timestamp): microseconds(ofDay: day).map { .timestamp($0) }
    default: self.type == type ? self : nil
    }
  }

  /// Whether this is less than another value of its type; false if either is null.
  func isOrdered(before other: Value) -> Bool {
    switch (self, other) {
    case (.int64(let left), .int64(let right)): left < right
    case (.double(let left), .double(let right)): left < right
    case (.decimal(let left), .decimal(let right)):
      left.scale == right.scale
        ? left.mantissa < right.mantissa : left.approximate < right.approximate
    case (.bool(let left), .bool(let right)): !left && right
    case (.string(let left), .string(let right)): byteOrder(left, right) < 0
    case (.date(let left), .date(let right)): left < right
    case (.timestamp(let left), .timestamp(let right)): left < right
    default: false
    }
  }
}
