/// A day of the proleptic Gregorian calendar, as ISO 8601 counts it.
///
/// The conversions are `days_from_civil` and `civil_from_days` of H. Hinnant, "chrono-Compatible
/// Low-Level Date Algorithms", 2013. They are inlinable because the engine groups columns by them.
package struct CalendarDay: Hashable, Sendable {
  package let year: Int
  package let month: Int
  package let day: Int

  /// A day whose parts are known to exist.
  @inlinable
  package init(year: Int, month: Int, day: Int) {
    self.year = year
    self.month = month
    self.day = day
  }

  /// A day; nil where the calendar has none of these parts, such as a thirtieth of February.
  @inlinable
  @inline(__always)
  package init?(exactly year: Int, month: Int, day: Int) {
    guard (1...12).contains(month), day >= 1, day <= Self.days(inMonth: month, of: year) else {
      return nil
    }
    self.init(year: year, month: month, day: day)
  }

  @inlinable
  @inline(__always)
  static func days(inMonth month: Int, of year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// The calendar day this many days after 1970-01-01.
  @inlinable
  @inline(__always)
  package init(daysSinceEpoch: Int) {
    let shifted = daysSinceEpoch + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
    month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  /// Days since 1970-01-01.
  @inlinable
  @inline(__always)
  package var daysSinceEpoch: Int {
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// Days since Monday, 0 to 6.
  package var weekday: Int {
    // 1970-01-01 was a Thursday.
    let remainder = (daysSinceEpoch + 3) % 7
    return remainder < 0 ? remainder + 7 : remainder
  }

  /// The week of the year as ISO 8601 counts it: the one with the year's first Thursday is the
  /// first.
  package var week: Int {
    let thursday = daysSinceEpoch - weekday + 3
    let firstDay = CalendarDay(
      year: CalendarDay(daysSinceEpoch: thursday).year, month: 1, day: 1)
    return (thursday - firstDay.daysSinceEpoch) / 7 + 1
  }
}

extension CalendarDay: Comparable {
  package static func < (left: CalendarDay, right: CalendarDay) -> Bool {
    (left.year, left.month, left.day) < (right.year, right.month, right.day)
  }
}

extension CalendarDay: CustomStringConvertible {
  /// `YYYY-MM-DD`
  package var description: String {
    "\(ASCIIDigits.padded(year, 4))-\(ASCIIDigits.padded(month, 2))-\(ASCIIDigits.padded(day, 2))"
  }

  /// Reads `YYYY-MM-DD`; nil for anything else and for days that do not exist.
  package init?(_ text: String) {
    var text = text
    guard let day = text.withUTF8({ CalendarDay(UnsafeRawBufferPointer($0)) }) else { return nil }
    self = day
  }

  /// Reads `YYYY-MM-DD` in ASCII; nil for anything else and for days that do not exist.
  @inlinable
  @inline(__always)
  package init?(_ text: UnsafeRawBufferPointer) {
    guard text.count == 10, text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-"),
      let year = ASCIIDigits.number(text, 0..<4), let month = ASCIIDigits.number(text, 5..<7),
      let day = ASCIIDigits.number(text, 8..<10)
    else { return nil }
    self.init(exactly: year, month: month, day: day)
  }
}
