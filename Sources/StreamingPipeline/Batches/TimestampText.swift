internal import TextCoding

/// ISO-8601 text of days and instants.
public enum TimestampText {
  private static let microsecondsADay: Int64 = 86_400_000_000

  /// Days since 1970-01-01 of `YYYY-MM-DD`, or nil.
  public static func days(_ text: String) -> Int32? {
    var text = text
    return text.withUTF8 { days(UnsafeRawBufferPointer($0)) }
  }

  /// Days since 1970-01-01 of `YYYY-MM-DD` in ASCII, or nil.
  static func days(_ text: UnsafeRawBufferPointer) -> Int32? {
    CalendarDay(text).flatMap { Int32(exactly: $0.daysSinceEpoch) }
  }

  /// `YYYY-MM-DD` of days since 1970-01-01.
  public static func text(days: Int32) -> String {
    CalendarDay(daysSinceEpoch: Int(days)).description
  }

  /// Microseconds since 1970 of `YYYY-MM-DD[T ]HH:MM:SS[.ffffff][Z]` in UTC, or nil.
  public static func microseconds(_ text: String) -> Int64? {
    var text = text
    return text.withUTF8 { microseconds(UnsafeRawBufferPointer($0)) }
  }

  /// Microseconds since 1970 of `YYYY-MM-DD[T ]HH:MM:SS[.ffffff][Z]` in ASCII and UTC, or nil.
  static func microseconds(_ text: UnsafeRawBufferPointer) -> Int64? {
    let end = text.last == UInt8(ascii: "Z") ? text.count - 1 : text.count
    guard end >= 19, text[10] == UInt8(ascii: "T") || text[10] == UInt8(ascii: " "),
      text[13] == UInt8(ascii: ":"), text[16] == UInt8(ascii: ":"),
      let day = CalendarDay(UnsafeRawBufferPointer(rebasing: text[..<10])),
      let hour = ASCIIDigits.number(text, 11..<13), hour < 24,
      let minute = ASCIIDigits.number(text, 14..<16), minute < 60,
      let second = ASCIIDigits.number(text, 17..<19), second < 60,
      let fraction = fraction(text, 19..<end)
    else { return nil }
    let seconds = Int64(hour * 3_600 + minute * 60 + second)
    return Int64(day.daysSinceEpoch) * microsecondsADay + seconds * 1_000_000 + fraction
  }

  /// `YYYY-MM-DDTHH:MM:SS[.ffffff]Z` of microseconds since 1970.
  public static func text(microseconds: Int64) -> String {
    var days = microseconds / microsecondsADay
    var rest = microseconds % microsecondsADay
    if rest < 0 {
      days -= 1
      rest += microsecondsADay
    }
    let seconds = Int(rest / 1_000_000)
    let fraction = Int(rest % 1_000_000)
    let clock = [seconds / 3_600, seconds / 60 % 60, seconds % 60].map { ASCIIDigits.padded($0, 2) }
    let day = CalendarDay(daysSinceEpoch: Int(days))
    return "\(day)T\(clock.joined(separator: ":"))"
      + (fraction == 0 ? "Z" : ".\(ASCIIDigits.padded(fraction, 6))Z")
  }

  /// A point and up to six digits, in microseconds.
  private static func fraction(_ text: UnsafeRawBufferPointer, _ range: Range<Int>) -> Int64? {
    guard let point = range.first else { return 0 }
    guard text[point] == UInt8(ascii: "."), (2...7).contains(range.count),
      let digits = ASCIIDigits.number(text, range.lowerBound + 1..<range.upperBound)
    else { return nil }
    var value = Int64(digits)
    for _ in 0..<(7 - range.count) { value *= 10 }
    return value
  }
}
