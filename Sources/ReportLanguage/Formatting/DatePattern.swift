import StreamingPipeline

/// A pattern of a date or a time such as `yyyy-MM-dd HH:mm`, in UTC.
///
/// The letters are `yyyy yy` for the year, `Q` quarter, `MMMM MMM MM M` month, `ww` ISO week, `dd
/// d` day, `EEEE EEE` day of the week, `HH H` hour, `mm` minute, `ss` second, and `SSS SSSSSS`
/// fraction. Text in single quotes and all other characters are written as they are.
struct DatePattern: Hashable, Sendable {
  private enum Part: Hashable, Sendable {
    case text(String)
    case field(Character, Int)
  }

  private var parts: [Part] = []

  private static let widths: [Character: Set<Int>] = [
    "y": [2, 4], "Q": [1], "M": [1, 2, 3, 4], "w": [2], "d": [1, 2], "E": [3, 4], "H": [1, 2],
    "m": [2], "s": [2], "S": [3, 6],
  ]
  private static let times: Set<Character> = ["H", "m", "s", "S"]

  /// Reads a pattern; nil where a letter has no meaning, or asks a date for a time.
  init?(_ text: String, hasTime: Bool) {
    var rest = text[...]
    while let character = rest.first {
      if character == "'" {
        rest.removeFirst()
        guard let end = rest.firstIndex(of: "'") else { return nil }
        parts.append(.text(end == rest.startIndex ? "'" : String(rest[..<end])))
        rest = rest[end...].dropFirst()
      } else if character.isLetter {
        let width = rest.prefix { $0 == character }.count
        guard Self.widths[character]?.contains(width) ?? false,
          hasTime || !Self.times.contains(character)
        else { return nil }
        parts.append(.field(character, width))
        rest = rest.dropFirst(width)
      } else {
        parts.append(.text(String(character)))
        rest.removeFirst()
      }
    }
    guard parts.contains(where: { if case .field = $0 { true } else { false } }) else { return nil }
  }

  /// Formats an instant, in microseconds since 1970.
  func text(microseconds: Int64) -> String {
    let moment = DayAndTime(microseconds)
    return text(day: moment.day, time: Int(moment.time))
  }

  /// Formats a day, counted from 1970-01-01, and a time of that day in microseconds.
  func text(day days: Int, time rest: Int = 0) -> String {
    let day = CalendarDay(daysSinceEpoch: days)
    return parts.map { part in
      switch part {
      case .text(let text): text
      case .field(let letter, let width): Self.text(letter, width, day, days, rest)
      }
    }.joined()
  }

  private static func text(
    _ letter: Character, _ width: Int, _ day: CalendarDay, _ days: Int, _ rest: Int
  ) -> String {
    switch letter {
    case "y": width == 2 ? padded(floorRemainder(day.year, 100), 2) : padded(day.year, 4)
    case "Q": "\((day.month + 2) / 3)"
    case "M":
      switch width {
      case 3: String(months[day.month - 1].prefix(3))
      case 4: months[day.month - 1]
      default: padded(day.month, width)
      }
    case "w": padded(CalendarWeek(day: days).week, 2)
    case "d": padded(day.day, width)
    case "E":
      // The first day, 1970-01-01, was a Thursday.
      width == 3
        ? String(weekdays[floorRemainder(days + 3, 7)].prefix(3))
        : weekdays[floorRemainder(days + 3, 7)]
    case "H": padded(rest / 3_600_000_000, width)
    case "m": padded(rest / 60_000_000 % 60, 2)
    case "s": padded(rest / 1_000_000 % 60, 2)
    default: String(padded(rest % 1_000_000, 6).prefix(width))
    }
  }

  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]
  private static let weekdays = [
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
  ]
}

/// The week of a day as ISO 8601 counts it: the one with the year's first Thursday is the first.
struct CalendarWeek {
  let week: Int

  /// - Parameter day: days since 1970-01-01.
  init(day: Int) {
    let thursday = day - floorRemainder(day + 3, 7) + 3
    let year = CalendarDay(daysSinceEpoch: thursday).year
    week = (thursday - CalendarDay(year: year, month: 1, day: 1).daysSinceEpoch) / 7 + 1
  }
}

/// What is left of a division that rounds down; the divisor is positive.
func floorRemainder(_ value: Int, _ divisor: Int) -> Int {
  let remainder = value % divisor
  return remainder < 0 ? remainder + divisor : remainder
}
