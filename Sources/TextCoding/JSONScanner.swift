/// A position in a JSON text (RFC 8259), and what can be read from there.
///
/// The grammar is checked whole, also of what is skipped, and nothing is copied: names and texts
/// are ranges of the bytes. `JSONText` decodes them. Everything is inlinable, because a file of
/// results or records is read with it line by line.
package struct JSONScanner {
  /// What a value is, by its first byte.
  package enum Kind: Sendable { case object, array, text, number, flag, null }

  /// A text without its quotes.
  package struct Text: Sendable {
    package let range: Range<Int>
    package let hasEscapes: Bool

    @inlinable
    package init(range: Range<Int>, hasEscapes: Bool) {
      self.range = range
      self.hasEscapes = hasEscapes
    }
  }

  /// Why something is not JSON.
  package enum Problem: Error, Hashable {
    /// Something else was expected at this index.
    case expected(String, at: Int)
    /// Objects and arrays are nested deeper than the limit.
    case tooDeep(limit: Int, at: Int)
  }

  /// What is read. As bytes it has a count that need not be calculated.
  @usableFromInline let text: UnsafeBufferPointer<UInt8>
  /// The index of the next unread byte.
  package var position: Int
  /// Objects and arrays within one another; deeper ones are refused, so that no input overflows the
  /// stack.
  @usableFromInline let depthLimit: Int

  @inlinable
  package init(_ bytes: UnsafeRawBufferPointer, at position: Int = 0, depthLimit: Int = 128) {
    text = bytes.bindMemory(to: UInt8.self)
    self.position = position
    self.depthLimit = depthLimit
  }

  @inlinable
  package var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(text) }

  /// The next byte, or 0 at the end; 0 itself is nowhere allowed in JSON.
  @inlinable
  package var next: UInt8 { position < text.count ? text[position] : 0 }

  @usableFromInline
  func wrong(_ expected: String) -> Problem { .expected(expected, at: position) }

  @inlinable
  @inline(__always)
  package mutating func skipSpace() {
    // Loops count in a variable of their own, which stays in a register.
    var index = position
    while index < text.count, Self.isSpace(text[index]) { index += 1 }
    position = index
  }

  @inlinable
  @inline(__always)
  static func isSpace(_ byte: UInt8) -> Bool {
    byte <= 0x20 && (byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09)
  }

  @inlinable
  @inline(__always)
  mutating func expect(_ character: Unicode.Scalar, _ name: String) throws(Problem) {
    guard next == UInt8(ascii: character) else { throw wrong(name) }
    position += 1
  }

  /// Checks that nothing but space follows.
  @inlinable
  package mutating func expectEnd() throws(Problem) {
    skipSpace()
    guard position == text.count else { throw wrong("the end of the line") }
  }
}

// MARK: - Values

extension JSONScanner {
  /// Reads any value and says what it is.
  @inlinable
  package mutating func skipValue(depth: Int = 0) throws(Problem) -> Kind {
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
      try skipNumber()
      return .number
    }
  }

  @usableFromInline
  mutating func skipObject(depth: Int) throws(Problem) {
    guard depth < depthLimit else { throw .tooDeep(limit: depthLimit, at: position) }
    var isFirst = true
    while try nextMember(isFirst: &isFirst) != nil { _ = try skipValue(depth: depth + 1) }
  }

  @usableFromInline
  mutating func skipArray(depth: Int) throws(Problem) {
    guard depth < depthLimit else { throw .tooDeep(limit: depthLimit, at: position) }
    var isFirst = true
    while try nextElement(isFirst: &isFirst) { _ = try skipValue(depth: depth + 1) }
  }

  @inlinable
  mutating func skipWord(_ word: StaticString) throws(Problem) {
    let count = word.utf8CodeUnitCount
    guard position + count <= text.count,
      (0..<count).allSatisfy({ text[position + $0] == word.utf8Start[$0] })
    else { throw wrong("a value") }
    position += count
  }

  /// Steps over `{` or `,` to the value of the next member and returns its name; nil after `}`.
  @inlinable
  @inline(__always)
  package mutating func nextMember(isFirst: inout Bool) throws(Problem) -> Text? {
    if isFirst { try expect("{", "an object") }
    skipSpace()
    if next == UInt8(ascii: "}") {
      // A comma must be followed by a member, which the quote below is part of.
      position += 1
      return nil
    }
    if !isFirst {
      try expect(",", "',' or '}'")
      skipSpace()
    }
    isFirst = false
    guard next == UInt8(ascii: "\"") else { throw wrong("a member's name") }
    let name = try skipText()
    skipSpace()
    try expect(":", "':'")
    skipSpace()
    return name
  }

  /// Steps over `[` or `,` to the next element; false after `]`.
  @inlinable
  package mutating func nextElement(isFirst: inout Bool) throws(Problem) -> Bool {
    if isFirst { try expect("[", "an array") }
    skipSpace()
    if next == UInt8(ascii: "]") {
      position += 1
      return false
    }
    if !isFirst {
      try expect(",", "',' or ']'")
      skipSpace()
    }
    isFirst = false
    return true
  }
}

// MARK: - Texts and numbers

extension JSONScanner {
  /// Reads a text.
  @inlinable
  package mutating func skipText() throws(Problem) -> Text {
    try expect("\"", "'\"'")
    // A copy, since the call below could change the scanner's own for all that is known.
    let text = text
    let start = position
    var index = start
    var hasEscapes = false
    while index < text.count {
      let byte = text[index]
      if byte == UInt8(ascii: "\"") {
        position = index + 1
        return Text(range: start..<index, hasEscapes: hasEscapes)
      }
      if byte == UInt8(ascii: "\\") {
        hasEscapes = true
        position = index
        try skipEscape()
        index = position
      } else if byte >= 0x20 {
        index += 1
      } else {
        position = index
        throw wrong("no control character in a text")
      }
    }
    position = index
    throw wrong("the end of a text")
  }

  @usableFromInline
  mutating func skipEscape() throws(Problem) {
    position += 1
    switch next {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
      UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      position += 1
    case UInt8(ascii: "u"):
      let unit = try escapedUnit()
      if (0xD800..<0xDC00).contains(unit) {
        // The first half of a pair must be followed by the second.
        try expect("\\", "the second half of a surrogate pair")
        guard next == UInt8(ascii: "u"), (0xDC00..<0xE000).contains(try escapedUnit()) else {
          throw wrong("the second half of a surrogate pair")
        }
      } else if (0xDC00..<0xE000).contains(unit) {
        throw wrong("the first half of a surrogate pair")
      }
    default: throw wrong("an escape")
    }
  }

  /// Reads four hexadecimal digits from the `u` on.
  private mutating func escapedUnit() throws(Problem) -> UInt16 {
    position += 1
    var unit: UInt16 = 0
    for _ in 0..<4 {
      guard let digit = JSONText.hexadecimal(next) else { throw wrong("a hexadecimal digit") }
      unit = unit << 4 | digit
      position += 1
    }
    return unit
  }

  /// Steps over a number by JSON's grammar.
  @inlinable
  package mutating func skipNumber() throws(Problem) { _ = try scanNumber(gathersDigits: false) }

  /// Reads a number by JSON's grammar: no leading zero, no bare point, no NaN.
  @inlinable
  package mutating func readNumber() throws(Problem) -> ScannedDecimal {
    try scanNumber(gathersDigits: true)
  }

  @inlinable
  @inline(__always)
  mutating func scanNumber(gathersDigits: Bool) throws(Problem) -> ScannedDecimal {
    var number = ScannedDecimal()
    if next == UInt8(ascii: "-") {
      number.isNegative = true
      position += 1
    }
    if next == UInt8(ascii: "0") {
      position += 1
    } else {
      try scanDigits(&number, gathersDigits, "a value")
    }
    if next == UInt8(ascii: ".") {
      position += 1
      let start = position
      try scanDigits(&number, gathersDigits, "a digit")
      number.exponent = start - position
      number.isWhole = false
    }
    if next | 0x20 == UInt8(ascii: "e") {
      number.exponent += try scanExponent()
      number.isWhole = false
    }
    return number
  }

  @usableFromInline
  mutating func scanExponent() throws(Problem) -> Int {
    position += 1
    let isNegative = next == UInt8(ascii: "-")
    if isNegative || next == UInt8(ascii: "+") { position += 1 }
    var power = ScannedDecimal()
    try scanDigits(&power, true, "a digit")
    return isNegative ? -power.exponentMagnitude : power.exponentMagnitude
  }

  @inlinable
  @inline(__always)
  mutating func scanDigits(
    _ number: inout ScannedDecimal, _ gathers: Bool, _ expected: String
  ) throws(Problem) {
    let start = position
    var index = start
    while index < text.count {
      let digit = text[index] &- UInt8(ascii: "0")
      guard digit <= 9 else { break }
      if gathers { number.append(digit) }
      index += 1
    }
    position = index
    guard index > start else { throw wrong(expected) }
  }
}
