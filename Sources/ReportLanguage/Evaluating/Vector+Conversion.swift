import StreamingPipeline

extension Vector {
  /// The values as another type that holds them: see `FieldType.common(with:)`.
  func converted(to target: FieldType, for expression: Expression) -> Vector {
    if type == target { return self }
    switch (type, target) {
    case (.int64, .double): return map(target) { (value: Int64) in Double(value) }
    case (.decimal(let scale), .double):
      let divisor = powerOfTen(scale)
      return map(target) { (value: Int64) in Double(value) / Double(divisor) }
    case (.date, .timestamp):
      return map(target, or: EvaluationError(.overflow, expression)) { (value: Int32) in
        microseconds(ofDay: value)
      }
    default:
      let factor = powerOfTen((target.scale ?? 0) - (type.scale ?? 0))
      return map(target, or: EvaluationError(.overflow, expression)) { (value: Int64) in
        let (product, overflow) = value.multipliedReportingOverflow(by: factor)
        return overflow ? nil : product
      }
    }
  }

  /// The values as texts, as `Value.description` writes them.
  var texts: Vector {
    switch type {
    case .string: return self
    case .int64: return map(.string) { (value: Int64) in "\(value)" }
    case .double: return map(.string) { (value: Double) in "\(value)" }
    case .bool: return map(.string) { (value: Bool) in "\(value)" }
    case .date: return map(.string) { (value: Int32) in TimestampText.text(days: value) }
    case .timestamp:
      return map(.string) { (value: Int64) in TimestampText.text(microseconds: value) }
    case .decimal(let scale):
      return map(.string) { (value: Int64) in
        FixedDecimal(mantissa: Int128(value), scale: scale).description
      }
    }
  }
}

let microsecondsADay: Int64 = 86_400_000_000

/// The first instant of a day; nil for days some 292,000 years away, which 64 bits do not hold.
func microseconds(ofDay day: Int32) -> Int64? {
  let (product, isOver) = Int64(day).multipliedReportingOverflow(by: microsecondsADay)
  return isOver ? nil : product
}

/// An instant as the day that it lies in and what has passed of that. The day's beginning is not
/// computed, for that of the least instant is beyond 64 bits.
struct DayAndTime {
  /// Days since 1970-01-01.
  let day: Int
  /// Microseconds since the day began.
  let time: Int64

  init(_ instant: Int64) {
    let (quotient, remainder) = instant.quotientAndRemainder(dividingBy: microsecondsADay)
    day = Int(quotient) - (remainder < 0 ? 1 : 0)
    time = remainder < 0 ? remainder + microsecondsADay : remainder
  }
}

/// Ten to a power of 0 to 18.
func powerOfTen(_ power: Int) -> Int64 {
  var result: Int64 = 1
  for _ in 0..<power { result *= 10 }
  return result
}
