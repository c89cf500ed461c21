/// Which rows of a column hold a value: one bit a row, set where there is one.
public struct Validity: Sendable {
  @usableFromInline let words: [UInt64]

  /// Takes words of 64 bits, the first row in the lowest bit of the first.
  public init(words: [UInt64]) { self.words = words }

  /// Every one of `count` rows valid where `isValid` says so; nil when none is null.
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

  /// The `count` rows from `start` on that are valid here and, from `otherStart` on, in another
  /// bitmap: a word at a time, wherever in a word the rows begin.
  func joined(
    from start: Int, with other: Validity, from otherStart: Int, _ count: Int
  ) -> Validity {
    Validity(
      words: (0..<(count + 63) / 64).map { index in
        word(from: start + index * 64) & other.word(from: otherStart + index * 64)
      })
  }

  /// The 64 bits from a row on; 0 beyond the last word.
  private func word(from row: Int) -> UInt64 {
    let (index, shift) = (row >> 6, UInt64(row & 63))
    let low = words[index] >> shift
    guard shift > 0, index + 1 < words.count else { return low }
    return low | words[index + 1] << (64 - shift)
  }
}
