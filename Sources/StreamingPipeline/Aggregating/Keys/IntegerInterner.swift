/// Gives 64-bit keys the numbers 0, 1, 2… in the order in which they are first seen.
///
/// It uses open addressing with linear probing, at most half full, and Fibonacci hashing (Knuth,
/// volume 3, 6.4) over the folded key.
struct IntegerInterner {
  private(set) var keys: [UInt64] = []
  private var slots: [UInt32]
  private var shift: UInt64

  init() {
    slots = [UInt32](repeating: 0, count: 64)
    shift = 58
  }

  /// An estimate of the bytes it holds.
  var heldBytes: Int { keys.count * 8 + slots.count * 4 }

  /// The number of a key; nil when it is new and `adding` is false.
  @inline(__always)
  mutating func number(of key: UInt64, adding: Bool) -> UInt32? {
    var slot = Self.home(key, shift)
    while true {
      let entry = slots[slot]
      if entry == 0 { break }
      if keys[Int(entry) - 1] == key { return entry - 1 }
      slot = (slot + 1) & (slots.count - 1)
    }
    return adding ? add(key, at: slot) : nil
  }

  @inline(__always)
  private static func home(_ key: UInt64, _ shift: UInt64) -> Int {
    Int(((key ^ key >> 32) &* 0x9E37_79B9_7F4A_7C15) >> shift)
  }

  private mutating func add(_ key: UInt64, at slot: Int) -> UInt32 {
    keys.append(key)
    slots[slot] = UInt32(keys.count)
    if keys.count * 2 > slots.count { grow() }
    return UInt32(keys.count - 1)
  }

  private mutating func grow() {
    shift -= 1
    let count = slots.count * 2
    slots = [UInt32](repeating: 0, count: count)
    for (index, key) in keys.enumerated() {
      var slot = Self.home(key, shift)
      while slots[slot] != 0 { slot = (slot + 1) & (count - 1) }
      slots[slot] = UInt32(index + 1)
    }
  }
}
