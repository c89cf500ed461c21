// Conversions of a field's values to another type.

extension Transform {
  /// Converts a field to another type, at its position in the schema. Null stays null. A record
  /// whose value cannot be converted is dropped and counted as failed.
  ///
  /// | to | from |
  /// |---|---|
  /// | int64 | string of digits with a sign, bool (0 or 1) |
  /// | double | string, int64, decimal: the nearest double |
  /// | decimal | string, int64, decimal; digits beyond the scale are rounded, half to even |
  /// | bool | string `true` or `false`, int64 0 or 1 |
  /// | date | string `YYYY-MM-DD`, timestamp (the day in UTC) |
  /// | timestamp | string in ISO 8601 (UTC), date (its midnight) |
  /// | string | any, as it is written |
  ///
  /// Any other pair of types is `PipelineError.wrongType` when the pipeline starts.
  public static func convert(_ field: String, to type: FieldType) -> Transform {
    Transform(.convert(field, type))
  }

  /// Replaces null in a field by a value. The value must be of the field's type, or starting the
  /// pipeline throws `PipelineError.wrongValue`.
  public static func replaceNull(in field: String, with value: Value) -> Transform {
    Transform(.replaceNull(field, value))
  }
}

/// Converts values of one type to another.
struct Conversion {
  /// A value that cannot be converted.
  struct Failure: Error, CustomStringConvertible {
    let field: String
    let value: Value
    let type: FieldType

    var description: String { "field \(field) holds \(value), which is no \(type)" }
  }

  private let field: String
  private let type: FieldType

  /// - Throws: `PipelineError.wrongType` for a pair of types without a conversion.
  init(of field: Field, to type: FieldType) throws(PipelineError) {
    guard Self.permits(field.type, type) else {
      throw .wrongType(
        field: field.name, type: field.type, wanted: "a type that converts to \(type)")
    }
    self.field = field.name
    self.type = type
  }

  private static func permits(_ from: FieldType, _ to: FieldType) -> Bool {
    switch (from, to) {
    case (_, .string), (.string, _), (.int64, .double), (.int64, .decimal), (.int64, .bool),
      (.int64, .int64), (.bool, .int64), (.bool, .bool), (.double, .double), (.decimal, .double),
      (.decimal, .decimal), (.date, .date), (.date, .timestamp), (.timestamp, .timestamp),
      (.timestamp, .date):
      true
    default: false
    }
  }

  /// The value in the new type.
  func callAsFunction(_ value: Value) throws(Failure) -> Value {
    if value.isNull { return .null }
    let converted: Value? =
      switch type {
      case .int64: integer(value)
      case .double: double(value)
      case .decimal(let scale): decimal(value, scale)
      case .bool: bool(value)
      case .string: .string(value.description)
      case .date: date(value)
      case .timestamp: timestamp(value)
      }
    guard let converted else { throw Failure(field: field, value: value, type: type) }
    return converted
  }

  private func integer(_ value: Value) -> Value? {
    switch value {
    case .int64: value
    case .bool(let truth): .int64(truth ? 1 : 0)
    case .string(let text): Int64(text).map { .int64($0) }
    default: nil
    }
  }

  private func double(_ value: Value) -> Value? {
    switch value {
    case .double: value
    case .int64(let number): .double(Double(number))
    case .decimal(let number): .double(number.approximate)
    case .string(let text): Double(text).map { .double($0) }
    default: nil
    }
  }

  private func decimal(_ value: Value, _ scale: Int) -> Value? {
    let number: FixedDecimal? =
      switch value {
      case .decimal(let number): number
      case .int64(let number): FixedDecimal(mantissa: Int128(number), scale: 0)
      case .string(let text): FixedDecimal(text)
      default: nil
      }
    let mantissa = number?.rounded(toScale: scale).mantissa(atScale: scale)
    return mantissa.map { .decimal(FixedDecimal(mantissa: Int128($0), scale: scale)) }
  }

  private func bool(_ value: Value) -> Value? {
    switch value {
    case .bool: value
    case .int64(0), .string("false"): false
    case .int64(1), .string("true"): true
    default: nil
    }
  }

  private func date(_ value: Value) -> Value? {
    switch value {
    case .date: value
    case .string(let text): TimestampText.days(text).map { .date($0) }
    case .timestamp(let microseconds):
      day(of: microseconds).map { .date($0) }
    default: nil
    }
  }

  private func timestamp(_ value: Value) -> Value? {
    switch value {
    case .timestamp: value
    case .string(let text): TimestampText.microseconds(text).map { .timestamp($0) }
    case .date(let day): midnight(of: day).map { .timestamp($0) }
    default: nil
    }
  }

  /// The day of an instant, rounded down so that instants before 1970 belong to their own day.
  private func day(of microseconds: Int64) -> Int32? {
    let (day, rest) = microseconds.quotientAndRemainder(dividingBy: dayLength)
    return Int32(exactly: rest < 0 ? day - 1 : day)
  }

  /// The first instant of a day; nil beyond the 292,000 years or so that timestamps reach.
  private func midnight(of day: Int32) -> Int64? {
    let (product, overflow) = Int64(day).multipliedReportingOverflow(by: dayLength)
    return overflow ? nil : product
  }
}

/// The length of a day in microseconds.
private let dayLength: Int64 = 86_400_000_000

extension FixedDecimal {
  /// The nearest number with at most this many digits after the point, half rounded to even.
  func rounded(toScale target: Int) -> FixedDecimal {
    guard target < scale else { return self }
    var divisor: Int128 = 1
    for _ in 0..<(scale - target) {
      let (product, overflow) = divisor.multipliedReportingOverflow(by: 10)
      // The power overflows where more digits are dropped than there are: nothing is left.
      if overflow { return FixedDecimal(mantissa: 0, scale: target) }
      divisor = product
    }
    let (quotient, rest) = mantissa.quotientAndRemainder(dividingBy: divisor)
    // The rest is compared with what it lacks to the divisor, because doubling it might overflow.
    let half = rest.magnitude
    let missing = divisor.magnitude - half
    let isUp = half > missing || (half == missing && !quotient.isMultiple(of: 2))
    return FixedDecimal(mantissa: quotient + (isUp ? mantissa.signum() : 0), scale: target)
  }
}

extension Batch {
  /// The column at `index` with null replaced by `value`.
  func replacingNull(at index: Int, with value: Value) throws(PipelineError) -> Column {
    let column = columns[index]
    guard column.validity != nil else { return column }
    var builder = ColumnBuilder(schema.fields[index], capacity: rowCount)
    for row in 0..<rowCount {
      try builder.append(column.isNull(row) ? value : column[row])
    }
    return builder.finish()
  }
}
