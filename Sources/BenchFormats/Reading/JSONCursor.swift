internal import TextCoding

/// A position in one line, and what can be read from there: `JSONScanner`, with this target's
/// errors.
struct JSONCursor {
  typealias Kind = JSONScanner.Kind

  private var scanner: JSONScanner

  init(_ bytes: UnsafeRawBufferPointer, at position: Int = 0) {
    scanner = JSONScanner(bytes, at: position, depthLimit: InterchangeLimits.depth)
  }

  var bytes: UnsafeRawBufferPointer { scanner.bytes }
  var position: Int { scanner.position }
  /// The next byte, or 0 at the end.
  var next: UInt8 { scanner.next }

  mutating func skipSpace() { scanner.skipSpace() }

  /// Checks that nothing but space follows.
  mutating func expectEnd() throws(LineProblem) {
    do { try scanner.expectEnd() } catch { throw LineProblem(error) }
  }

  /// Reads any value and says what it is.
  mutating func skipValue() throws(LineProblem) -> Kind {
    do { return try scanner.skipValue() } catch { throw LineProblem(error) }
  }

  /// Steps over `{` or `,` to the value of the next member and returns its name; nil after `}`.
  mutating func nextMember(isFirst: inout Bool) throws(LineProblem) -> JSONScanner.Text? {
    do { return try scanner.nextMember(isFirst: &isFirst) } catch { throw LineProblem(error) }
  }

  /// Steps over `[` or `,` to the next element; false after `]`.
  mutating func nextElement(isFirst: inout Bool) throws(LineProblem) -> Bool {
    do { return try scanner.nextElement(isFirst: &isFirst) } catch { throw LineProblem(error) }
  }

  mutating func skipText() throws(LineProblem) -> JSONScanner.Text {
    do { return try scanner.skipText() } catch { throw LineProblem(error) }
  }

  /// Reads a number; its text is what the cursor has stepped over.
  mutating func readNumber() throws(LineProblem) -> ScannedDecimal {
    do { return try scanner.readNumber() } catch { throw LineProblem(error) }
  }

  /// Reads a number as the nearest double; nil where that is infinite.
  mutating func readDouble() throws(LineProblem) -> Double? {
    let start = position
    let number = try readNumber()
    return number.double(of: UnsafeRawBufferPointer(rebasing: bytes[start..<position]))
  }
}

extension LineProblem {
  fileprivate init(_ problem: JSONScanner.Problem) {
    switch problem {
    case .expected(let expected, let position):
      self = .notJSON(byte: position + 1, expected: expected)
    case .tooDeep(let limit, _): self = .tooDeep(limit: limit)
    }
  }
}
