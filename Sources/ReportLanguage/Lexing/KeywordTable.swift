/// Finds keywords by their bytes. About every third token is a word, so this avoids making a string
/// or computing a general hash.
struct KeywordTable: Sendable {
  /// A word of up to 16 bytes as two numbers.
  private struct Word: Equatable {
    var low: UInt64 = 0
    var high: UInt64 = 0

    init(_ bytes: some Collection<UInt8>) {
      for (index, byte) in bytes.enumerated() {
        if index < 8 {
          low |= UInt64(byte) << UInt64(index * 8)
        } else {
          high |= UInt64(byte) << UInt64(index * 8 - 64)
        }
      }
    }

    /// The slot: the upper bits of a product (Knuth's multiplicative hashing; 2^64 over the golden
    /// ratio).
    var slot: Int { Int(truncatingIfNeeded: ((low ^ high) &* 0x9E37_79B9_7F4A_7C15) >> 56) }
  }

  private struct Slot {
    var word: Word
    var keyword: Keyword
  }

  /// The length in bytes of the longest keyword.
  private static let longest = 11
  private static let slotCount = 256
  static let shared = KeywordTable()

  /// The keywords, each in the slot of its hash or in the next slot that was free.
  private let slots: [Slot?]

  private init() {
    var slots = [Slot?](repeating: nil, count: Self.slotCount)
    for keyword in Keyword.allCases {
      let word = Word(keyword.rawValue.utf8)
      var index = word.slot
      while slots[index] != nil { index = (index + 1) % Self.slotCount }
      slots[index] = Slot(word: word, keyword: keyword)
    }
    self.slots = slots
  }

  /// The keyword with these bytes, or nil.
  func keyword(_ bytes: UnsafeBufferPointer<UInt8>) -> Keyword? {
    guard bytes.count <= Self.longest else { return nil }
    let word = Word(bytes)
    var index = word.slot
    while let slot = slots[index] {
      if slot.word == word { return slot.keyword }
      index = (index + 1) % Self.slotCount
    }
    return nil
  }
}
