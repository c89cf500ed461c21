/// A place in a line of JSON, and what stands there. The structure of what is skipped is checked
/// too.
struct JSONScanner {
  /// Where a value stands, and what it is.
  struct Location {
    enum Kind { case null, bool, number, text, nested }
    let kind: Kind
    /// Of a text without its quotes.
    let range: Range<Int>
    /// Whether a text has escapes.
    let hasEscapes: Bool
  }

  /// What is wrong, at the scanner's position.
  struct Problem: Error {
    let position: Int
    let reason: String
  }

  private let text: TextBytes
  private(set) var position = 0

  /// Objects and arrays within one another; deeper ones are refused, so that no line overflows the
  /// stack.
  private static var depthLimit: Int { 128 }

  init(_ text: TextBytes) { self.text = text }

  /// The next byte, or 0 at the end, which JSON nowhere allows.
  private var next: UInt8 { position < text.count ? text[position] : 0 }

  private func problem(_ expected: String) -> Problem {
    Problem(position: position, reason: "\(expected) is expected")
  }

  /// Steps over the object that the line is, member by member.
  @inline(__always)
  mutating func readObject(
    _ body: (_ name: Location, _ value: Location) throws(Problem) -> Void
  ) throws(Problem) {
    skipSpace()
    guard next == UInt8(ascii: "{") else { throw problem("an object") }
    try readMembers(depth: 0, body)
    skipSpace()
    guard position == text.count else { throw problem("the end of the line") }
  }

  @inline(__always)
  private mutating func readMembers(
    depth: Int, _ body: (Location, Location) throws(Problem) -> Void
  ) throws(Problem) {
    position += 1
    skipSpace()
    if take("}") { return }
    while true {
      skipSpace()
      guard next == UInt8(ascii: "\"") else { throw problem("a member's name") }
      let name = try readText()
      skipSpace()
      guard take(":") else { throw problem("':'") }
      try body(name, try readValue(depth: depth))
      skipSpace()
      if take("}") { return }
      guard take(",") else { throw problem("',' or '}'") }
    }
  }

  private mutating func readValue(depth: Int) throws(Problem) -> Location {
    skipSpace()
    let start = position
    switch next {
    case UInt8(ascii: "\""): return try readText()
    case UInt8(ascii: "t"): return try readWord("true", .bool)
    case UInt8(ascii: "f"): return try readWord("false", .bool)
    case UInt8(ascii: "n"): return try readWord("null", .null)
    case UInt8(ascii: "{"):
      guard depth < Self.depthLimit else { throw problem("less nesting") }
      try skipMembers(depth: depth + 1)
    case UInt8(ascii: "["): try skipElements(depth: depth + 1)
    default: return try readNumber()
    }
    return Location(kind: .nested, range: start..<position, hasEscapes: false)
  }

  /// A function of its own: what is inlined cannot call itself.
  private mutating func skipMembers(depth: Int) throws(Problem) {
    try readMembers(depth: depth) { (_, _) throws(Problem) in }
  }

  private mutating func skipElements(depth: Int) throws(Problem) {
    guard depth <= Self.depthLimit else { throw problem("less nesting") }
    position += 1
    skipSpace()
    if take("]") { return }
    while true {
      _ = try readValue(depth: depth)
      skipSpace()
      if take("]") { return }
      guard take(",") else { throw problem("',' or ']'") }
    }
  }

  private mutating func skipSpace() {
    while position < text.count,
      text[position] == 0x20 || text[position] == 0x09 || text[position] == 0x0D
    {
      position += 1
    }
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func readWord(_ word: StaticString, _ kind: Location.Kind) throws(Problem)
    -> Location
  {
    let range = position..<position + word.utf8CodeUnitCount
    guard range.upperBound <= text.count,
      range.allSatisfy({ text[$0] == word.utf8Start[$0 - range.lowerBound] })
    else { throw problem("a value") }
    position = range.upperBound
    return Location(kind: kind, range: range, hasEscapes: false)
  }

  /// By JSON's grammar: no leading zero, no bare point, no NaN.
  private mutating func readNumber() throws(Problem) -> Location {
    let start = position
    _ = take("-")
    if !take("0") { try skipDigits("a value") }
    if take(".") { try skipDigits("a digit") }
    if next | 0x20 == UInt8(ascii: "e") {
      position += 1
      if !take("+") { _ = take("-") }
      try skipDigits("a digit")
    }
    return Location(kind: .number, range: start..<position, hasEscapes: false)
  }

  private mutating func skipDigits(_ expected: String) throws(Problem) {
    let start = position
    while position < text.count, text[position] &- UInt8(ascii: "0") <= 9 { position += 1 }
    guard position > start else { throw problem(expected) }
  }

  private mutating func readText() throws(Problem) -> Location {
    position += 1
    let start = position
    var hasEscapes = false
    while position < text.count {
      let byte = text[position]
      if byte == UInt8(ascii: "\"") {
        position += 1
        return Location(kind: .text, range: start..<position - 1, hasEscapes: hasEscapes)
      }
      guard byte >= 0x20 else { throw problem("no control character in a text") }
      if byte == UInt8(ascii: "\\") {
        hasEscapes = true
        // What follows is checked where the escapes are resolved; a quote must not end the text.
        position += 1
      }
      position += 1
    }
    position = min(position, text.count)
    throw problem("the end of a text")
  }
}

extension JSONScanner {
  /// Resolves the escapes of a text into `bytes`; false where one of them is none.
  static func resolve(_ text: TextBytes, into bytes: inout [UInt8]) -> Bool {
    bytes.removeAll(keepingCapacity: true)
    var position = 0
    while position < text.count {
      let byte = text[position]
      position += 1
      guard byte == UInt8(ascii: "\\") else {
        bytes.append(byte)
        continue
      }
      guard position < text.count else { return false }
      let escaped = text[position]
      position += 1
      if escaped == UInt8(ascii: "u") {
        guard let scalar = scalar(text, &position) else { return false }
        bytes.append(contentsOf: UTF8.encode(scalar)!)
      } else {
        guard let plain = plainEscape(escaped) else { return false }
        bytes.append(plain)
      }
    }
    return true
  }

  private static func plainEscape(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): byte
    case UInt8(ascii: "b"): 0x08
    case UInt8(ascii: "f"): 0x0C
    case UInt8(ascii: "n"): 0x0A
    case UInt8(ascii: "r"): 0x0D
    case UInt8(ascii: "t"): 0x09
    default: nil
    }
  }

  /// After `\u`; a surrogate needs its other half.
  private static func scalar(_ text: TextBytes, _ position: inout Int) -> Unicode.Scalar? {
    guard let unit = unit(text, &position) else { return nil }
    guard (0xD800..<0xDC00).contains(unit) else { return Unicode.Scalar(unit) }
    guard position + 1 < text.count, text[position] == UInt8(ascii: "\\"),
      text[position + 1] == UInt8(ascii: "u")
    else { return nil }
    position += 2
    guard let second = self.unit(text, &position), (0xDC00..<0xE000).contains(second) else {
      return nil
    }
    return Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (second - 0xDC00))
  }

  private static func unit(_ text: TextBytes, _ position: inout Int) -> UInt32? {
    guard position + 4 <= text.count else { return nil }
    var value: UInt32 = 0
    for index in position..<position + 4 {
      guard let digit = Character(Unicode.Scalar(text[index])).hexDigitValue else { return nil }
      value = value << 4 | UInt32(digit)
    }
    position += 4
    return value
  }
}
