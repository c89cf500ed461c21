package import Foundation
internal import TextCoding

/// A calendar day in universal time, `2026-12-31`: what people mean by a date after which something
/// is over.
package struct Day: Sendable, Hashable, Comparable, Codable, CustomStringConvertible {
  private let day: CalendarDay

  /// `YYYY-MM-DD`
  package var description: String { day.description }

  /// - Returns: `nil` where `text` is no day of the calendar, written with its year first.
  package init?(_ text: String) {
    guard let day = CalendarDay(text) else { return nil }
    self.day = day
  }

  /// The day on which `date` falls.
  package init(_ date: Date) {
    day = CalendarDay(daysSinceEpoch: Int((date.timeIntervalSince1970 / 86_400).rounded(.down)))
  }

  package static func < (left: Day, right: Day) -> Bool { left.day < right.day }

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
}
