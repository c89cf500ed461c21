import StreamingPipeline

extension Lexer {
  /// Reads a number, a date or a timestamp, whose first digit is at the offset.
  mutating func number() -> Token.Kind {
    let start = offset
    skipDigits()
    if offset - start == 4, let kind = date(from: start) { return kind }
    var kind = Token.Kind.integer
    if byte() == Byte.dot, byte(ahead: 1).isDigit {
      offset += 1
      skipDigits()
      kind = .decimal
    }
    if exponentLength > 0 {
      offset += exponentLength
      skipDigits()
      kind = .double
    }
    return endsNumber(from: start) ? kind : .invalid
  }

  /// The number of bytes of `e`, a sign and the first digit, or 0.
  private var exponentLength: Int {
    guard byte() | 0x20 == UInt8(ascii: "e") else { return 0 }
    if byte(ahead: 1).isDigit { return 2 }
    let isSigned = byte(ahead: 1) == Byte.minus || byte(ahead: 1) == Byte.plus
    return isSigned && byte(ahead: 2).isDigit ? 3 : 0
  }

  /// Reports letters that directly follow a number.
  private mutating func endsNumber(from start: Int) -> Bool {
    let end = offset
    skipWord()
    guard offset > end else { return true }
    diagnostics.report(.badNumber(string(start..<offset), at: start..<offset))
    return false
  }

  /// Reads `-MM-DD` after a year, and a time of day after it; nil where there is none.
  ///
  /// `2026-1-5` is not a valid date and is reported as one, because reading it as a subtraction
  /// would be a trap.
  private mutating func date(from start: Int) -> Token.Kind? {
    var length = 0
    for _ in 0..<2 {
      guard byte(ahead: length) == Byte.minus, byte(ahead: length + 1).isDigit else { return nil }
      length += byte(ahead: length + 2).isDigit ? 3 : 2
    }
    guard !byte(ahead: length).isDigit else { return nil }
    offset += length
    if byte() == UInt8(ascii: "T"), byte(ahead: 1).isDigit { return timestamp(from: start) }
    guard endsNumber(from: start) else { return .invalid }
    guard TimestampText.days(string(start..<offset)) != nil else {
      diagnostics.report(.badDate(string(start..<offset), at: start..<offset))
      return .invalid
    }
    return .date
  }

  private mutating func timestamp(from start: Int) -> Token.Kind {
    offset += 1
    while byte().isDigit || byte() == UInt8(ascii: ":")
      || byte() == Byte.dot && byte(ahead: 1).isDigit
    {
      offset += 1
    }
    if byte() == UInt8(ascii: "Z") { offset += 1 }
    guard endsNumber(from: start) else { return .invalid }
    guard TimestampText.microseconds(string(start..<offset)) != nil else {
      diagnostics.report(.badDate(string(start..<offset), at: start..<offset))
      return .invalid
    }
    return .timestamp
  }

  private mutating func skipDigits() {
    while byte().isDigit { offset += 1 }
  }
}
