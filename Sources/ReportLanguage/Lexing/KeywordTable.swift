/// Finds keywords by their bytes. A word is looked up for every third token or so, so that neither
/// a text is made of it nor a general hash computed.
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

    /// The upper bits of a product (Knuth's multiplicative hashing; 2^64 over the golden ratio).
    var slot: Int { Int(truncatingIfNeeded: ((low ^ high) &* 0x9E37_79B9_7F4A_7C15) >> 56) }
  }

  private struct Slot {
    var word: Word
    var keyword: Keyword
  }

  /// The longest keywords have so many bytes.
  private static let longest = 11
  private static let slotCount = 256
  static let shared = KeywordTable()

  /// A keyword stands in the slot of its hash or in the next that was free.
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

  /// The keyword that these bytes spell, or nil.
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
