/// The closed set of field types. Fields of every type can be null.
public enum FieldType: Hashable, Sendable {
  /// A whole number of 64 bits.
  case int64
  /// An IEEE 754 binary64 number.
  case double
  /// An exact decimal: a 64-bit mantissa with this many digits after the point (0 to 18).
  case decimal(scale: Int)
  /// True or false.
  case bool
  /// UTF-8 text, compared and grouped by its bytes.
  case string
  /// A calendar day, as days since 1970-01-01.
  case date
  /// An instant, as microseconds since 1970-01-01T00:00:00Z.
  case timestamp
}

extension FieldType: CustomStringConvertible {
  /// The type in the report language's notation, such as `decimal(2)`.
  public var description: String {
    switch self {
    case .int64: "int64"
    case .double: "double"
    case .decimal(let scale): "decimal(\(scale))"
    case .bool: "bool"
    case .string: "string"
    case .date: "date"
    case .timestamp: "timestamp"
    }
  }

  /// Whether values of this type can be added up and averaged.
  var isNumeric: Bool {
    switch self {
    case .int64, .double, .decimal: true
    case .bool, .string, .date, .timestamp: false
    }
  }
}

/// A named, typed column of a schema.
public struct Field: Hashable, Sendable {
  /// The name, unique inside its schema.
  public let name: String
  /// The type of its values.
  public let type: FieldType

  /// Makes a field.
  public init(_ name: String, _ type: FieldType) {
    self.name = name
    self.type = type
  }
}
