internal import Foundation

/// Moments as lines of JSON say them: ISO 8601 in UTC, to the millisecond.
enum InterchangeTimestamp {
  /// `2026-11-23T09:05:12.345Z`; the milliseconds are left out where there are none.
  static func text(milliseconds: Int64) -> String {
    let day = floorDivide(milliseconds, 86_400_000)
    let rest = milliseconds - day * 86_400_000
    let (year, month, dayOfMonth) = date(ofDay: day)
    let fraction = rest % 1000 == 0 ? "" : "." + digits(rest % 1000, 3)
    return "\(digits(year, 4))-\(digits(month, 2))-\(digits(dayOfMonth, 2))"
      + "T\(digits(rest / 3_600_000, 2)):\(digits(rest / 60_000 % 60, 2))"
      + ":\(digits(rest / 1000 % 60, 2))\(fraction)Z"
  }

  static func text(_ date: Date) -> String {
    text(milliseconds: Int64((date.timeIntervalSince1970 * 1000).rounded()))
  }

  /// `nil` where it is not a date and time with `Z` or an offset from UTC. More digits than
  /// milliseconds are cut off.
  static func milliseconds(_ text: UnsafeRawBufferPointer) -> Int64? {
    var reader = DigitReader(bytes: text)
    guard let year = reader.number(4), reader.take("-"), let month = reader.number(2),
      reader.take("-"), let day = reader.number(2), reader.take("T") || reader.take(" "),
      let hour = reader.number(2), reader.take(":"), let minute = reader.number(2),
      reader.take(":"), let second = reader.number(2)
    else { return nil }
    let fraction = reader.take(".") ? reader.thousandths() : 0
    guard let fraction, let offset = reader.offsetMinutes(), reader.isAtEnd,
      (1...12).contains(month), day >= 1, day <= daysIn(month, year), hour < 24, minute < 60,
      second <= 60
    else { return nil }
    let minutes = (dayNumber(year, month, day) * 24 + hour) * 60 + minute - offset
    return (minutes * 60 + second) * 1000 + fraction
  }

  private static func digits(_ value: Int64, _ count: Int) -> String {
    let text = String(value)
    return String(repeating: "0", count: max(0, count - text.count)) + text
  }

  private static func floorDivide(_ value: Int64, _ divisor: Int64) -> Int64 {
    let quotient = value / divisor
    return value % divisor < 0 ? quotient - 1 : quotient
  }

  private static func daysIn(_ month: Int64, _ year: Int64) -> Int64 {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    return month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
  }

  /// Days since 1970-01-01 in the Gregorian calendar; H. Hinnant, "chrono-Compatible Low-Level Date
  /// Algorithms", 2013.
  private static func dayNumber(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
    let shifted = month <= 2 ? year - 1 : year
    let era = floorDivide(shifted, 400)
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  private static func date(ofDay day: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let shifted = day + 719_468
    let era = floorDivide(shifted, 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * dayOfYear + 2) / 153
    let civil = month < 10 ? month + 3 : month - 9
    return (
      yearOfEra + era * 400 + (civil <= 2 ? 1 : 0), civil, dayOfYear - (153 * month + 2) / 5 + 1
    )
  }
}

/// Reads the pieces of a timestamp from left to right.
private struct DigitReader {
  let bytes: UnsafeRawBufferPointer
  private var position = 0

  init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  var isAtEnd: Bool { position == bytes.count }

  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  mutating func number(_ count: Int) -> Int64? {
    guard position + count <= bytes.count else { return nil }
    var value: Int64 = 0
    for _ in 0..<count {
      guard let digit = digit() else { return nil }
      value = value * 10 + digit
    }
    return value
  }

  /// After the point: at least one digit, of which three count.
  mutating func thousandths() -> Int64? {
    guard var value = digit() else { return nil }
    var count = 1
    while let digit = digit() {
      if count < 3 { value = value * 10 + digit }
      count += 1
    }
    while count < 3 {
      value *= 10
      count += 1
    }
    return value
  }

  /// `Z`, `+02:00`, `-0530`
  mutating func offsetMinutes() -> Int64? {
    if take("Z") || take("z") { return 0 }
    let sign: Int64 = take("+") ? 1 : take("-") ? -1 : 0
    guard sign != 0, let hours = number(2) else { return nil }
    _ = take(":")
    guard let minutes = number(2), hours < 24, minutes < 60 else { return nil }
    return sign * (hours * 60 + minutes)
  }

  private mutating func digit() -> Int64? {
    guard position < bytes.count, bytes[position] &- UInt8(ascii: "0") <= 9 else { return nil }
    defer { position += 1 }
    return Int64(bytes[position] - UInt8(ascii: "0"))
  }
}
