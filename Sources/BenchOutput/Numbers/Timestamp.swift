package import Foundation

/// Dates as ISO 8601 writes them, in universal time, so that two people read the same.
package enum Timestamp {
  /// `2026-11-23`
  package static func day(_ date: Date) -> String {
    date.formatted(Date.ISO8601FormatStyle(timeZone: .gmt).year().month().day())
  }

  /// `2026-11-23 12:35`
  package static func minute(_ date: Date) -> String {
    date.formatted(
      Date.ISO8601FormatStyle(timeZone: .gmt).year().month().day()
        .dateTimeSeparator(.space).time(includingFractionalSeconds: false)
    ).prefix(16).description
  }

  /// `2026-11-23T12:35:50Z`
  package static func machine(_ date: Date) -> String {
    date.formatted(Date.ISO8601FormatStyle(timeZone: .gmt))
  }
}
