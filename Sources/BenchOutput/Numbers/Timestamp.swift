package import Foundation
import TextCoding

/// Dates as ISO 8601 writes them, in universal time, so that two people read the same.
package enum Timestamp {
  /// `2026-11-23`
  package static func day(_ date: Date) -> String { parts(date).day.description }

  /// `2026-11-23`, or `date unknown`
  package static func day(_ date: Date?) -> String { date.map { day($0) } ?? unknown }

  /// `2026-11-23 12:35`, or `date unknown`
  package static func minute(_ date: Date?) -> String { date.map { minute($0) } ?? unknown }

  private static let unknown = "date unknown"

  /// `2026-11-23 12:35`
  package static func minute(_ date: Date) -> String {
    let (day, seconds) = parts(date)
    return "\(day) \(ASCIIDigits.padded(seconds / 3_600, 2)):"
      + ASCIIDigits.padded(seconds / 60 % 60, 2)
  }

  /// `2026-11-23T12:35:50Z`
  package static func machine(_ date: Date) -> String {
    let (day, seconds) = parts(date)
    let time = [seconds / 3_600, seconds / 60 % 60, seconds % 60]
    return "\(day)T\(time.map { ASCIIDigits.padded($0, 2) }.joined(separator: ":"))Z"
  }

  /// The day and the whole seconds of it.
  private static func parts(_ date: Date) -> (day: CalendarDay, seconds: Int) {
    let seconds = date.timeIntervalSince1970.rounded(.down)
    let days = (seconds / 86_400).rounded(.down)
    return (CalendarDay(daysSinceEpoch: Int(days)), Int(seconds - days * 86_400))
  }
}
