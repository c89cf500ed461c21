import StreamingPipeline
import TextCoding

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
      case .field(let letter, let width): Self.text(letter, width, day, rest)
      }
    }.joined()
  }

  private static func text(
    _ letter: Character, _ width: Int, _ day: CalendarDay, _ rest: Int
  ) -> String {
    switch letter {
    case "y":
      width == 2
        ? ASCIIDigits.padded(floorRemainder(day.year, 100), 2) : ASCIIDigits.padded(day.year, 4)
    case "Q": "\((day.month + 2) / 3)"
    case "M":
      switch width {
      case 3: String(months[day.month - 1].prefix(3))
      case 4: months[day.month - 1]
      default: ASCIIDigits.padded(day.month, width)
      }
    case "w": ASCIIDigits.padded(day.week, 2)
    case "d": ASCIIDigits.padded(day.day, width)
    case "E":
      width == 3 ? String(weekdays[day.weekday].prefix(3)) : weekdays[day.weekday]
    case "H": ASCIIDigits.padded(rest / 3_600_000_000, width)
    case "m": ASCIIDigits.padded(rest / 60_000_000 % 60, 2)
    case "s": ASCIIDigits.padded(rest / 1_000_000 % 60, 2)
    default: String(ASCIIDigits.padded(rest % 1_000_000, 6).prefix(width))
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

/// What is left of a division that rounds down; the divisor is positive.
func floorRemainder(_ value: Int, _ divisor: Int) -> Int {
  let remainder = value % divisor
  return remainder < 0 ? remainder + divisor : remainder
}
