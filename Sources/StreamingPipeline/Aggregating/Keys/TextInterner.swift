/// Gives texts the numbers 0, 1, 2… in the order in which they are first seen.
///
/// The bytes of all texts are stored one after another. A slot holds the whole hash beside the
/// number, so that texts are compared only where the hashes agree.
struct TextInterner {
  private var bytes: [UInt8] = []
  private var offsets: [Int] = [0]
  private var hashes: [UInt64] = []
  private var slots = [UInt32](repeating: 0, count: 64)

  /// The number of different texts.
  var count: Int { hashes.count }

  /// The text that has a number.
  subscript(number: Int) -> String {
    String(decoding: bytes[offsets[number]..<offsets[number + 1]], as: UTF8.self)
  }

  /// Calls `body` with the bytes of the text that has a number.
  func withText<Result>(
    _ number: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result
  ) -> Result {
    bytes.withUnsafeBufferPointer {
      body(UnsafeBufferPointer(rebasing: $0[offsets[number]..<offsets[number + 1]]))
    }
  }

  /// An estimate of the bytes it holds.
  var heldBytes: Int { bytes.capacity + offsets.count * 8 + hashes.count * 8 + slots.count * 4 }

  /// The number of a text; nil when it is new and `adding` is false.
  mutating func number(of text: UnsafeBufferPointer<UInt8>, adding: Bool) -> UInt32? {
    let hash = textHash(text)
    var slot = Int(truncatingIfNeeded: hash >> 32) & (slots.count - 1)
    while slots[slot] != 0 {
      let number = Int(slots[slot]) - 1
      if hashes[number] == hash, isEqual(number, text) { return UInt32(number) }
      slot = (slot + 1) & (slots.count - 1)
    }
    guard adding else { return nil }
    bytes.append(contentsOf: text)
    offsets.append(bytes.count)
    hashes.append(hash)
    slots[slot] = UInt32(hashes.count)
    if hashes.count * 2 > slots.count { grow() }
    return UInt32(hashes.count - 1)
  }

  private func isEqual(_ number: Int, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let start = offsets[number]
    let length = offsets[number + 1] - start
    guard length == text.count else { return false }
    return bytes.withUnsafeBufferPointer { bytes in
      for index in 0..<length where bytes[start + index] != text[index] { return false }
      return true
    }
  }

  private mutating func grow() {
    slots = [UInt32](repeating: 0, count: slots.count * 2)
    for (index, hash) in hashes.enumerated() {
      var slot = Int(truncatingIfNeeded: hash >> 32) & (slots.count - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = UInt32(index + 1)
    }
  }
}

/// The hash of a text: eight bytes at a time, each step a multiplication folded to 64 bits (the
/// mixing of wyhash). It is the same in every process.
@inline(__always)
func textHash(_ text: UnsafeBufferPointer<UInt8>) -> UInt64 {
  let raw = UnsafeRawBufferPointer(text)
  var state = UInt64(text.count) ^ 0x9E37_79B9_7F4A_7C15
  var index = 0
  while index + 8 <= raw.count {
    state = fold(state ^ raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
    index += 8
  }
  var tail: UInt64 = 0
  while index < raw.count {
    tail = tail << 8 | UInt64(raw[index])
    index += 1
  }
  return fold(state ^ tail)
}

@inline(__always)
private func fold(_ value: UInt64) -> UInt64 {
  let product = (value ^ 0xA076_1D64_78BD_642F).multipliedFullWidth(by: 0xE703_7ED1_A0B4_28DB)
  return product.high ^ product.low
}
