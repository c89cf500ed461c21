/// One value of one field, for display and results. Loops over records should read columns instead.
public enum Value: Hashable, Sendable {
  /// No value: missing, unknown or not applicable.
  case null
  /// A whole number.
  case int64(Int64)
  /// A binary floating-point number.
  case double(Double)
  /// An exact decimal.
  case decimal(FixedDecimal)
  /// True or false.
  case bool(Bool)
  /// Text.
  case string(String)
  /// Days since 1970-01-01.
  case date(Int32)
  /// Microseconds since 1970-01-01T00:00:00Z.
  case timestamp(Int64)

  /// Whether this is null.
  public var isNull: Bool { self == .null }
}

extension Value: CustomStringConvertible {
  /// The value as text, dates and times in ISO 8601.
  public var description: String {
    switch self {
    case .null: "null"
    case .int64(let value): "\(value)"
    case .double(let value): "\(value)"
    case .decimal(let value): "\(value)"
    case .bool(let value): "\(value)"
    case .string(let value): value
    case .date(let days): TimestampText.text(days: days)
    case .timestamp(let microseconds): TimestampText.text(microseconds: microseconds)
    }
  }
}

extension Value: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByFloatLiteral, ExpressibleByNilLiteral
{
  /// The literal as a value.
  public init(stringLiteral value: String) { self = .string(value) }
  /// The literal as a value.
  public init(integerLiteral value: Int64) { self = .int64(value) }
  /// The literal as a value.
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  /// The literal as a value.
  public init(floatLiteral value: Double) { self = .double(value) }
  /// The literal as a value.
  public init(nilLiteral: ()) { self = .null }
}
