package import Foundation

/// A calendar day in universal time, `2026-12-31`: what people mean by a date after which something
/// is over.
package struct Day: Sendable, Hashable, Comparable, Codable, CustomStringConvertible {
  /// `YYYY-MM-DD`, so that the order of texts is the order of days.
  package let description: String

  /// - Returns: `nil` where `text` is no day of the calendar, written with its year first.
  package init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map(\.count) == [4, 2, 2],
      parts.allSatisfy({ $0.allSatisfy { $0.isASCII && $0.isNumber } }),
      let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]),
      let date = Self.calendar.date(from: DateComponents(year: year, month: month, day: day)),
      // The calendar would make the first of March of a thirtieth of February.
      Self.text(of: date) == text
    else { return nil }
    description = text
  }

  /// The day on which `date` falls.
  package init(_ date: Date) { description = Self.text(of: date) }

  package static func < (left: Day, right: Day) -> Bool { left.description < right.description }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let day = Day(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a day")
    }
    self = day
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }

  private static let calendar: Calendar = {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .gmt
    return calendar
  }()

  private static func text(of date: Date) -> String {
    let day = calendar.dateComponents([.year, .month, .day], from: date)
    func digits(_ number: Int?, _ count: Int) -> String {
      let digits = String(number ?? 0)
      return String(repeating: "0", count: max(0, count - digits.count)) + digits
    }
    return "\(digits(day.year, 4))-\(digits(day.month, 2))-\(digits(day.day, 2))"
  }
}
