#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The locations of the values of the records in a piece of CSV.
///
/// The text is searched eight bytes at a time for what ends a value, and values are recorded as two
/// numbers in a word: a record of eight short values takes some sixty nanoseconds.
struct CSVBlock {
  /// The bytes of one value, without its quotes.
  struct Location {
    private let packed: UInt64

    init(start: Int, end: Int, isQuoted: Bool = false, hasDoubled: Bool = false) {
      packed =
        UInt64(truncatingIfNeeded: start) << 32 | UInt64(truncatingIfNeeded: end - start) << 2
        | (hasDoubled ? 2 : 0) | (isQuoted ? 1 : 0)
    }

    var start: Int { Int(packed >> 32) }
    var count: Int { Int(packed >> 2 & 0x3FFF_FFFF) }
    var isQuoted: Bool { packed & 1 == 1 }
    /// Whether it contains doubled quotes.
    var hasDoubled: Bool { packed & 2 == 2 }
    /// Whether it is an empty value without quotes.
    var isNull: Bool { packed & 0xFFFF_FFFD == 0 }

    @inline(__always)
    func bytes(in text: TextBytes) -> TextBytes {
      TextBytes(rebasing: text[start..<start + count])
    }
  }

  /// The reason why reading stopped before the text's end or the limit.
  enum Problem: Error, Equatable {
    case malformed(at: Int, reason: String)
    /// A record with another number of columns begins here.
    case columnCount(at: Int, found: Int)
  }

  private let separator: UInt8
  /// The locations of the values of all records, record by record.
  private(set) var locations: [Location] = []
  private(set) var recordCount = 0
  /// The number of bytes of the records, blank lines between them included.
  private(set) var length = 0
  /// The number of lines in these bytes.
  private(set) var lineCount = 0
  /// Whether all these bytes are ASCII.
  private(set) var isASCII = true
  private(set) var problem: Problem?

  init(separator: UInt8) { self.separator = separator }

  /// Finds the whole records that `text` begins with.
  ///
  /// - Parameters:
  ///   - text: the unread bytes of the file.
  ///   - columnCount: the number of values in a record; nil for the first line, which determines
  ///     it.
  ///   - limit: the most records to find.
  ///   - isWhole: whether `text` is the end of the file.
  mutating func read(_ text: TextBytes, columnCount: Int?, limit: Int, isWhole: Bool) {
    locations.removeAll(keepingCapacity: true)
    (recordCount, length, lineCount, isASCII, problem) = (0, 0, 0, true, nil)
    var whole = 0
    do throws(Problem) {
      while recordCount < limit, length < text.count {
        var lines = 1
        guard let next = try readRecord(text, from: length, isWhole, &lines) else { break }
        let count = locations.count - whole
        if count == 1, columnCount != 1, locations[whole].isNull {
          locations.removeLast()
        } else {
          if let columnCount, count != columnCount { throw .columnCount(at: length, found: count) }
          recordCount += 1
          whole = locations.count
        }
        length = next
        lineCount += lines
      }
    } catch { problem = error }
    locations.removeLast(locations.count - whole)
  }

  /// Records the values of one record and returns where the next begins; nil where the text ends
  /// within the record.
  @inline(__always)
  private mutating func readRecord(
    _ text: TextBytes, from start: Int, _ isWhole: Bool, _ lines: inout Int
  ) throws(Problem) -> Int? {
    var position = start
    while true {
      if position < text.count, text[position] == UInt8(ascii: "\"") {
        guard let end = try readQuoted(text, from: position, isWhole, &lines) else { return nil }
        if end.isLineEnd { return end.next }
        position = end.next
        continue
      }
      let end = nextSpecial(text, from: position)
      guard end < text.count else {
        guard isWhole else { return nil }
        locations.append(Location(start: position, end: end))
        return end
      }
      switch text[end] {
      case separator:
        locations.append(Location(start: position, end: end))
        position = end + 1
      case UInt8(ascii: "\n"):
        let isAfterReturn = end > position && text[end - 1] == UInt8(ascii: "\r")
        locations.append(Location(start: position, end: isAfterReturn ? end - 1 : end))
        return end + 1
      default:
        throw .malformed(
          at: end, reason: "a quote inside a value that does not begin with one")
      }
    }
  }

  /// The index of the next separator, line end or quote, or the end of the text.
  @inline(__always)
  private mutating func nextSpecial(_ text: TextBytes, from start: Int) -> Int {
    let raw = UnsafeRawBufferPointer(text)
    let ones: UInt64 = 0x0101_0101_0101_0101
    let (separators, lineEnds, quotes) = (
      ones &* UInt64(separator), ones &* UInt64(UInt8(ascii: "\n")),
      ones &* UInt64(UInt8(ascii: "\""))
    )
    var position = start
    var seen: UInt64 = 0
    defer { if seen & 0x8080_8080_8080_8080 != 0 { isASCII = false } }
    while position + 8 <= raw.count {
      let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: position, as: UInt64.self))
      seen |= word
      let found =
        zeroBytes(word ^ separators) | zeroBytes(word ^ lineEnds) | zeroBytes(word ^ quotes)
      if found != 0 { return position + found.trailingZeroBitCount / 8 }
      position += 8
    }
    while position < raw.count {
      let byte = raw[position]
      seen |= UInt64(byte)
      if byte == separator || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\"") { break }
      position += 1
    }
    return position
  }
}

/// The highest bit of every byte that is zero, up to and including the first such byte. Bits above
/// it may be wrong (H. Warren, "Hacker's Delight", 2nd edition, §6-1).
@inline(__always)
private func zeroBytes(_ word: UInt64) -> UInt64 {
  (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
}

// MARK: Values in quotes
extension CSVBlock {
  private mutating func readQuoted(
    _ text: TextBytes, from start: Int, _ isWhole: Bool, _ lines: inout Int
  ) throws(Problem) -> (next: Int, isLineEnd: Bool)? {
    isASCII = false
    var hasDoubled = false
    var position = start + 1
    while true {
      guard let quote = nextQuote(text, from: position, &lines) else {
        if isWhole { throw .malformed(at: start, reason: "a quote without its end") }
        return nil
      }
      guard quote + 1 < text.count || isWhole else { return nil }
      if quote + 1 < text.count, text[quote + 1] == UInt8(ascii: "\"") {
        hasDoubled = true
        position = quote + 2
        continue
      }
      locations.append(
        Location(start: start + 1, end: quote, isQuoted: true, hasDoubled: hasDoubled))
      return try afterQuote(text, quote + 1, isWhole)
    }
  }

  private func afterQuote(
    _ text: TextBytes, _ position: Int, _ isWhole: Bool
  ) throws(Problem) -> (next: Int, isLineEnd: Bool)? {
    guard position < text.count else { return (position, true) }
    switch text[position] {
    case separator: return (position + 1, false)
    case UInt8(ascii: "\n"): return (position + 1, true)
    case UInt8(ascii: "\r") where position + 1 == text.count:
      return isWhole ? (position + 1, true) : nil
    case UInt8(ascii: "\r") where text[position + 1] == UInt8(ascii: "\n"):
      return (position + 2, true)
    default:
      throw .malformed(at: position, reason: "text between a quote and the next separator")
    }
  }

  private func nextQuote(_ text: TextBytes, from position: Int, _ lines: inout Int) -> Int? {
    guard position < text.count, let base = text.baseAddress else { return nil }
    let found = memchr(base + position, Int32(UInt8(ascii: "\"")), text.count - position)
    guard let found else { return nil }
    let quote = UnsafeRawPointer(found) - UnsafeRawPointer(base)
    for index in position..<quote where text[index] == UInt8(ascii: "\n") { lines += 1 }
    return quote
  }
}
