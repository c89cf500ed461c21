/// The rows of a column that hold a value: one bit for each row, set where there is a value.
public struct Validity: Sendable {
  @usableFromInline let words: [UInt64]

  /// Makes a bitmap from words of 64 bits; the first row is the lowest bit of the first word.
  public init(words: [UInt64]) { self.words = words }

  /// The bitmap of `count` rows that are valid where `isValid` is true; nil when no row is null.
  public static func of(count: Int, where isValid: (Int) -> Bool) -> Validity? {
    var words = [UInt64](repeating: 0, count: (count + 63) / 64)
    var valid = 0
    for row in 0..<count where isValid(row) {
      words[row >> 6] |= 1 << UInt64(row & 63)
      valid += 1
    }
    return valid == count ? nil : Validity(words: words)
  }

  /// Whether a row holds a value.
  @inlinable public func isValid(_ row: Int) -> Bool {
    words[row >> 6] >> UInt64(row & 63) & 1 == 1
  }

  /// The bitmap of `count` rows that are valid from `start` on here and from `otherStart` on in
  /// another bitmap. It is computed one word at a time, wherever in a word the rows begin.
  func joined(
    from start: Int, with other: Validity, from otherStart: Int, _ count: Int
  ) -> Validity {
    Validity(
      words: (0..<(count + 63) / 64).map { index in
        word(from: start + index * 64) & other.word(from: otherStart + index * 64)
      })
  }

  /// The 64 bits from a row on, with 0 beyond the last word.
  private func word(from row: Int) -> UInt64 {
    let (index, shift) = (row >> 6, UInt64(row & 63))
    let low = words[index] >> shift
    guard shift > 0, index + 1 < words.count else { return low }
    return low | words[index + 1] << (64 - shift)
  }
}
