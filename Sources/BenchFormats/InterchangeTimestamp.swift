internal import Foundation
internal import TextCoding

/// Moments as lines of JSON say them: ISO 8601 in UTC, to the millisecond.
enum InterchangeTimestamp {
  /// From 0000-01-01T00:00:00.000Z to 9999-12-31T23:59:59.999Z, since a year has four digits.
  static let range: ClosedRange<Int64> = -62_167_219_200_000...253_402_300_799_999

  /// `2026-11-23T09:05:12.345Z`; the milliseconds are left out where there are none. A moment
  /// before or after all that can be written is the first or the last of them.
  static func text(milliseconds: Int64) -> String {
    let writable = min(max(milliseconds, range.lowerBound), range.upperBound)
    let (days, rest) = floorDivide(Int(writable), 86_400_000)
    let parts = [rest / 3_600_000, rest / 60_000 % 60, rest / 1000 % 60]
    let time = parts.map { ASCIIDigits.padded($0, 2) }.joined(separator: ":")
    let fraction = rest % 1000 == 0 ? "" : "." + ASCIIDigits.padded(rest % 1000, 3)
    return "\(CalendarDay(daysSinceEpoch: days))T\(time)\(fraction)Z"
  }

  static func text(_ date: Date) -> String {
    let bounds = Double(range.lowerBound)...Double(range.upperBound)
    let milliseconds = (date.timeIntervalSince1970 * 1000).rounded()
    return text(milliseconds: Int64(min(max(milliseconds, bounds.lowerBound), bounds.upperBound)))
  }

  /// `nil` where it is not a date and time with `Z` or an offset from UTC, or where that is out of
  /// the range. More digits than milliseconds are cut off.
  static func milliseconds(_ text: UnsafeRawBufferPointer) -> Int64? {
    var reader = DigitReader(bytes: text)
    guard let year = reader.number(4), reader.take("-"), let month = reader.number(2),
      reader.take("-"), let day = reader.number(2), reader.take("T") || reader.take(" "),
      let hour = reader.number(2), reader.take(":"), let minute = reader.number(2),
      reader.take(":"), let second = reader.number(2)
    else { return nil }
    let fraction = reader.take(".") ? reader.thousandths() : 0
    guard let fraction, let offset = reader.offsetMinutes(), reader.isAtEnd,
      let date = CalendarDay(exactly: year, month: month, day: day), hour < 24, minute < 60,
      second <= 60
    else { return nil }
    let minutes = (date.daysSinceEpoch * 24 + hour) * 60 + minute - offset
    let milliseconds = Int64((minutes * 60 + second) * 1000 + fraction)
    return range.contains(milliseconds) ? milliseconds : nil
  }

  /// The quotient rounded down, and what is left.
  private static func floorDivide(_ value: Int, _ divisor: Int) -> (quotient: Int, rest: Int) {
    let (quotient, rest) = value.quotientAndRemainder(dividingBy: divisor)
    return rest < 0 ? (quotient - 1, rest + divisor) : (quotient, rest)
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

  mutating func number(_ count: Int) -> Int? {
    guard position + count <= bytes.count,
      let value = ASCIIDigits.number(bytes, position..<position + count)
    else { return nil }
    position += count
    return value
  }

  /// After the point: at least one digit, of which three count.
  mutating func thousandths() -> Int? {
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
  mutating func offsetMinutes() -> Int? {
    if take("Z") || take("z") { return 0 }
    let sign = take("+") ? 1 : take("-") ? -1 : 0
    guard sign != 0, let hours = number(2) else { return nil }
    _ = take(":")
    guard let minutes = number(2), hours < 24, minutes < 60 else { return nil }
    return sign * (hours * 60 + minutes)
  }

  private mutating func digit() -> Int? {
    guard position < bytes.count, bytes[position] &- UInt8(ascii: "0") <= 9 else { return nil }
    defer { position += 1 }
    return Int(bytes[position] - UInt8(ascii: "0"))
  }
}
