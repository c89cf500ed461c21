internal import TextCoding

/// The parts of a calendar that dates and timestamps can be grouped by, in UTC.
public enum CalendarUnit: String, Hashable, Sendable, CaseIterable {
  /// The hour; only timestamps have one.
  case hour
  /// The day.
  case day
  /// The week of ISO 8601, which begins on Monday.
  case week
  /// The month.
  case month
  /// The quarter.
  case quarter
  /// The year.
  case year
}

extension Operand {
  /// The hour, day, week, month, quarter or year that a date or timestamp lies in.
  ///
  /// The value is the date on which it begins, or for an hour the timestamp. So buckets sort by
  /// time, and the same month of two years makes two buckets.
  public static func calendar(_ unit: CalendarUnit, of field: String) -> Operand {
    .computed(
      ComputedColumn("\(unit.rawValue)(\(field))") { schema throws(PipelineError) in
        try unit.bucketType(of: field, in: schema)
      } evaluate: { batch in
        try unit.buckets(of: try batch.column(field))
      })
  }
}

extension CalendarUnit {
  static let microsecondsAnHour: Int64 = 3_600_000_000
  static let microsecondsADay: Int64 = 24 * microsecondsAnHour

  fileprivate func bucketType(
    of field: String, in schema: Schema
  ) throws(PipelineError) -> FieldType {
    let position = try schema.requirePosition(of: field, usedBy: "\(rawValue)(\(field))")
    switch (schema.fields[position].type, self) {
    case (.timestamp, .hour): return .timestamp
    case (.timestamp, _), (.date, .day), (.date, .week), (.date, .month), (.date, .quarter),
      (.date, .year):
      return .date
    case (let type, _):
      let wanted = self == .hour ? "a timestamp" : "a date or a timestamp"
      throw .wrongType(field: field, type: type, wanted: "\(wanted) for \(rawValue)(\(field))")
    }
  }

  fileprivate func buckets(of column: Column) throws -> Column {
    if self == .hour {
      let hours = try column.withValues(of: Int64.self) { values in
        values.map { floored($0, by: Self.microsecondsAnHour) &* Self.microsecondsAnHour }
      }
      return Column(.timestamp, .int64(hours), nullWhere: column)
    }
    let days =
      switch column.storage {
      case .int32:
        try column.withValues(of: Int32.self) { days in
          days.map { firstDay(of: Int($0)) }
        }
      default:
        try column.withValues(of: Int64.self) { instants in
          instants.map { firstDay(of: Int(floored($0, by: Self.microsecondsADay))) }
        }
      }
    return Column(.date, .int32(days), nullWhere: column)
  }

  /// The first day of the bucket that a day lies in, both counted from 1970-01-01.
  func firstDay(of day: Int) -> Int32 {
    switch self {
    case .hour, .day: return Int32(clamping: day)
    case .week:
      // 1970-01-01 was a Thursday: three days after a Monday.
      return Int32(clamping: day &- (day &+ 3) &+ floored(day &+ 3, by: 7) &* 7)
    case .month: return Int32(clamping: day &- CalendarDay(daysSinceEpoch: day).day &+ 1)
    case .quarter, .year:
      let date = CalendarDay(daysSinceEpoch: day)
      let month = self == .year ? 1 : (date.month - 1) / 3 * 3 + 1
      return Int32(clamping: CalendarDay(year: date.year, month: month, day: 1).daysSinceEpoch)
    }
  }
}

/// The quotient rounded down; the divisor is positive.
@inline(__always)
package func floored<Number: FixedWidthInteger>(_ value: Number, by divisor: Number) -> Number {
  let quotient = value / divisor
  return value % divisor < 0 ? quotient - 1 : quotient
}
