import BenchTestSupport
import Foundation
import Testing
import TextCoding

@Suite struct CalendarDayTests {
  /// The days of a year one after another, by the rule that everybody learns.
  private func months(of year: Int) -> [Int] {
    let isLeap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0)
    return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  }

  @Test("All days of 400 years, counted one by one, are those of the calendar")
  func fourHundredYears() {
    var number = CalendarDay(year: 1700, month: 1, day: 1).daysSinceEpoch
    var wrong: [CalendarDay] = []
    for year in 1700..<2100 {
      for (month, days) in months(of: year).enumerated() {
        for day in 1...days {
          let expected = CalendarDay(year: year, month: month + 1, day: day)
          if CalendarDay(daysSinceEpoch: number) != expected || expected.daysSinceEpoch != number
            || CalendarDay(expected.description) != expected
          {
            wrong.append(expected)
          }
          number += 1
        }
      }
    }
    #expect(wrong.isEmpty)
    #expect(number == CalendarDay(year: 2100, month: 1, day: 1).daysSinceEpoch)
    #expect(CalendarDay(daysSinceEpoch: 0).description == "1970-01-01")
  }

  @Test("A day exists where the calendar has it, and nowhere else")
  func existing() {
    for year in [1900, 2000, 2023, 2024] {
      for month in 0...13 {
        for day in 0...32 {
          let exists = (1...12).contains(month) && (1...months(of: year)[month - 1]).contains(day)
          #expect(
            (CalendarDay(exactly: year, month: month, day: day) != nil) == exists,
            "\(year)-\(month)-\(day)")
        }
      }
    }
  }

  @Test("Weeks, weekdays and days are those of Foundation", arguments: 1...20)
  func foundation(_ seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var calendar = Calendar(identifier: .iso8601)
    calendar.timeZone = .gmt
    for _ in 0..<200 {
      let number = Int.random(in: -100_000...100_000, using: &random)
      let day = CalendarDay(daysSinceEpoch: number)
      let date = Date(timeIntervalSince1970: Double(number) * 86_400)
      let parts = calendar.dateComponents(
        [.year, .month, .day, .weekday, .weekOfYear], from: date)
      #expect([day.year, day.month, day.day] == [parts.year, parts.month, parts.day])
      // Foundation counts from Sunday, 1.
      #expect(day.weekday == ((parts.weekday ?? 0) + 5) % 7, "seed \(seed): \(day)")
      #expect(day.week == parts.weekOfYear, "seed \(seed): \(day)")
    }
  }

  @Test("Any number of days is found again, in the order of time", arguments: 1...20)
  func roundTrip(_ seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let numbers = (0..<200).map { _ in Int(Int32.random(in: .min ... .max, using: &random)) }
    let days = numbers.map { CalendarDay(daysSinceEpoch: $0) }
    #expect(days.map(\.daysSinceEpoch) == numbers, "seed \(seed)")
    #expect(days.sorted() == numbers.sorted().map { CalendarDay(daysSinceEpoch: $0) })
  }

  @Test(
    "What is no day, or is written otherwise, is refused",
    arguments: [
      "", "2026-02-30", "2026-13-01", "2026-00-10", "2026-1-1", "2026/01/01", "2026-01-011",
      "+026-01-01", "2026-01-0é", "２０２６-01-01", "20260101",
    ])
  func refused(_ text: String) {
    #expect(CalendarDay(text) == nil)
  }

  @Test("Years before the first and after 9999 keep their digits")
  func farYears() {
    #expect(CalendarDay(year: 12_345, month: 6, day: 7).description == "12345-06-07")
    #expect(CalendarDay(year: -1, month: 6, day: 7).description == "-0001-06-07")
    #expect(CalendarDay("0000-02-29") != nil)
  }
}
