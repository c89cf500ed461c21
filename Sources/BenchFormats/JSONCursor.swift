/// A place in one line of JSON (RFC 8259), and what can be read from there.
///
/// The grammar is checked whole, also of what is skipped. Written here because decoding a million
/// lines with Foundation's decoder takes minutes; a property test holds the two against each other.
struct JSONCursor {
  let bytes: UnsafeRawBufferPointer
  /// The next unread byte.
  var position: Int

  /// What a value is, by its first byte.
  enum Kind { case object, array, text, number, flag, null }

  init(_ bytes: UnsafeRawBufferPointer, at position: Int = 0) {
    self.bytes = bytes
    self.position = position
  }

  /// The next byte, or 0 at the end; 0 itself is never allowed in JSON.
  var next: UInt8 { position < bytes.count ? bytes[position] : 0 }

  func wrong(_ expected: String) -> LineProblem {
    .notJSON(byte: position + 1, expected: expected)
  }

  mutating func skipSpace() {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x09, 0x0A, 0x0D: position += 1
      default: return
      }
    }
  }

  mutating func expect(_ byte: UInt8, _ name: String) throws(LineProblem) {
    guard next == byte else { throw wrong(name) }
    position += 1
  }

  /// Nothing but space may follow.
  mutating func expectEnd() throws(LineProblem) {
    skipSpace()
    guard position == bytes.count else { throw wrong("the end of the line") }
  }

  // MARK: Values

  /// Reads any value and says what it is.
  mutating func skipValue(depth: Int = 0) throws(LineProblem) -> Kind {
    switch next {
    case UInt8(ascii: "{"):
      try skipObject(depth: depth)
      return .object
    case UInt8(ascii: "["):
      try skipArray(depth: depth)
      return .array
    case UInt8(ascii: "\""):
      _ = try skipText()
      return .text
    case UInt8(ascii: "t"):
      try skipWord("true")
      return .flag
    case UInt8(ascii: "f"):
      try skipWord("false")
      return .flag
    case UInt8(ascii: "n"):
      try skipWord("null")
      return .null
    default:
      _ = try skipNumber()
      return .number
    }
  }

  private mutating func skipObject(depth: Int) throws(LineProblem) {
    guard depth < InterchangeLimits.depth else { throw .tooDeep(limit: InterchangeLimits.depth) }
    var isFirst = true
    while try nextMember(isFirst: &isFirst) != nil { _ = try skipValue(depth: depth + 1) }
  }

  private mutating func skipArray(depth: Int) throws(LineProblem) {
    guard depth < InterchangeLimits.depth else { throw .tooDeep(limit: InterchangeLimits.depth) }
    var isFirst = true
    while try nextElement(isFirst: &isFirst) { _ = try skipValue(depth: depth + 1) }
  }

  private mutating func skipWord(_ word: StaticString) throws(LineProblem) {
    let count = word.utf8CodeUnitCount
    let expected = UnsafeRawBufferPointer(start: word.utf8Start, count: count)
    guard position + count <= bytes.count,
      bytes[position..<position + count].elementsEqual(expected)
    else { throw wrong("a value") }
    position += count
  }

  // MARK: Members and elements

  /// Steps over `{` or `,` to the value of the next member and returns its key, without quotes and
  /// with any escapes; `nil` after `}`.
  mutating func nextMember(isFirst: inout Bool) throws(LineProblem) -> Range<Int>? {
    if isFirst { try expect(UInt8(ascii: "{"), "an object") }
    skipSpace()
    if next == UInt8(ascii: "}") {
      position += 1
      return nil
    }
    if !isFirst {
      try expect(UInt8(ascii: ","), "',' or '}'")
      skipSpace()
    }
    // A comma must be followed by a member, so only the first place may be the end.
    isFirst = false
    let key = try skipText()
    skipSpace()
    try expect(UInt8(ascii: ":"), "':'")
    skipSpace()
    return key.text
  }

  /// Steps over `[` or `,` to the next element; `false` after `]`.
  mutating func nextElement(isFirst: inout Bool) throws(LineProblem) -> Bool {
    if isFirst { try expect(UInt8(ascii: "["), "an array") }
    skipSpace()
    if next == UInt8(ascii: "]") {
      position += 1
      return false
    }
    if !isFirst {
      try expect(UInt8(ascii: ","), "',' or ']'")
      skipSpace()
    }
    isFirst = false
    return true
  }

  // MARK: Texts and numbers

  /// Reads a text. The range leaves out the quotes.
  mutating func skipText() throws(LineProblem) -> (text: Range<Int>, hasEscapes: Bool) {
    try expect(UInt8(ascii: "\""), "'\"'")
    let start = position
    var hasEscapes = false
    while position < bytes.count {
      let byte = bytes[position]
      if byte == UInt8(ascii: "\"") {
        position += 1
        return (start..<position - 1, hasEscapes)
      }
      guard byte >= 0x20 else { throw wrong("no control character in a text") }
      if byte == UInt8(ascii: "\\") {
        hasEscapes = true
        try skipEscape()
      } else {
        position += 1
      }
    }
    throw wrong("the end of a text")
  }

  private mutating func skipEscape() throws(LineProblem) {
    position += 1
    switch next {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
      UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      position += 1
    case UInt8(ascii: "u"):
      let unit = try escapedUnit()
      if (0xD800..<0xDC00).contains(unit) {
        // The first half of a pair must be followed by the second.
        try expect(UInt8(ascii: "\\"), "the second half of a surrogate pair")
        guard next == UInt8(ascii: "u"), (0xDC00..<0xE000).contains(try escapedUnit()) else {
          throw wrong("the second half of a surrogate pair")
        }
      } else if (0xDC00..<0xE000).contains(unit) {
        throw wrong("the first half of a surrogate pair")
      }
    default: throw wrong("an escape")
    }
  }

  /// From the `u` on.
  private mutating func escapedUnit() throws(LineProblem) -> UInt16 {
    position += 1
    var unit: UInt16 = 0
    for _ in 0..<4 {
      guard let digit = Self.hexadecimal(next) else { throw wrong("a hexadecimal digit") }
      unit = unit << 4 | digit
      position += 1
    }
    return unit
  }

  static func hexadecimal(_ byte: UInt8) -> UInt16? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt16(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt16(byte - UInt8(ascii: "a") + 10)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt16(byte - UInt8(ascii: "A") + 10)
    default: nil
    }
  }

  /// Reads a number by JSON's grammar: no leading zero, no bare point, no NaN.
  mutating func skipNumber() throws(LineProblem) -> DecimalText {
    var number = DecimalText(start: position)
    if next == UInt8(ascii: "-") {
      number.isNegative = true
      position += 1
    }
    if next == UInt8(ascii: "0") {
      position += 1
    } else {
      try skipDigits(&number)
    }
    if next == UInt8(ascii: ".") {
      position += 1
      let start = position
      try skipDigits(&number)
      number.exponent -= position - start
      number.isWhole = false
    }
    if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
      position += 1
      number.isWhole = false
      try skipExponent(&number)
    }
    number.end = position
    return number
  }

  private mutating func skipDigits(_ number: inout DecimalText) throws(LineProblem) {
    let start = position
    while position < bytes.count, bytes[position] &- UInt8(ascii: "0") <= 9 {
      number.append(bytes[position] &- UInt8(ascii: "0"))
      position += 1
    }
    guard position > start else { throw wrong(start == number.start ? "a value" : "a digit") }
  }

  private mutating func skipExponent(_ number: inout DecimalText) throws(LineProblem) {
    let isNegative = next == UInt8(ascii: "-")
    if isNegative || next == UInt8(ascii: "+") { position += 1 }
    var exponent = DecimalText(start: position)
    try skipDigits(&exponent)
    // Larger ones are beyond every Double, and must not overflow.
    let magnitude = exponent.isExact ? Int(min(exponent.digits, 100_000)) : 100_000
    number.exponent += isNegative ? -magnitude : magnitude
  }
}
