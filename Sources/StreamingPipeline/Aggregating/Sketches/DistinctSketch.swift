/// Counts different values by their 64-bit hashes: exactly up to `exactLimit`, and beyond that with
/// a HyperLogLog of 4,096 registers, whose standard error is 1.04 ÷ √4096 = 1.6 % (Flajolet,
/// Fusy, Gandouet and Meunier 2007).
///
/// The count depends only on the set of hashes, not on their order or on which of several merged
/// sketches saw them.
package struct DistinctSketch: Sendable {
  /// The most different values that are counted exactly.
  package static let exactLimit = 1_024

  /// The number of index bits, for 2^12 registers.
  private static let indexBits: UInt64 = 12
  private static let registerCount = 1 << Int(indexBits)
  /// The number of remaining bits, in which leading zeros are counted.
  private static let rankBits = 64 - Int(indexBits)

  /// A hash set with open addressing, at most half full; 0 is an empty slot.
  private var slots: [UInt64] = []
  private var registers: [UInt8] = []
  private var stored = 0
  private var hasZero = false

  package init() {}

  /// The bytes it holds beside itself.
  package var heldBytes: Int { slots.count * 8 + registers.count }

  package mutating func insert(_ hash: UInt64) {
    if !registers.isEmpty { return register(hash) }
    if hash == 0 {
      hasZero = true
    } else if !slots.isEmpty {
      var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
      while slots[slot] != 0 {
        if slots[slot] == hash { return }
        slot = (slot + 1) & (slots.count - 1)
      }
      store(hash, at: slot)
    } else {
      slots = [UInt64](repeating: 0, count: 8)
      store(hash, at: Int(truncatingIfNeeded: hash) & 7)
    }
    if exactCount > Self.exactLimit { goOver() }
  }

  package mutating func merge(_ other: DistinctSketch) {
    if other.registers.isEmpty {
      if other.hasZero { insert(0) }
      for hash in other.slots where hash != 0 { insert(hash) }
      return
    }
    if registers.isEmpty { goOver() }
    for index in registers.indices {
      registers[index] = max(registers[index], other.registers[index])
    }
  }

  /// The number of different hashes that were inserted.
  package var count: Int { registers.isEmpty ? exactCount : Int(estimate.rounded()) }

  private var exactCount: Int { stored + (hasZero ? 1 : 0) }

  private mutating func store(_ hash: UInt64, at slot: Int) {
    slots[slot] = hash
    stored += 1
    guard stored * 2 > slots.count else { return }
    let old = slots
    slots = [UInt64](repeating: 0, count: old.count * 2)
    for hash in old where hash != 0 {
      var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = hash
    }
  }

  private mutating func goOver() {
    registers = [UInt8](repeating: 0, count: Self.registerCount)
    if hasZero { register(0) }
    for hash in slots where hash != 0 { register(hash) }
    slots = []
  }

  private mutating func register(_ hash: UInt64) {
    let index = Int(hash >> (64 - Self.indexBits))
    let rest = hash << Self.indexBits | 1 << (Self.indexBits - 1)
    registers[index] = max(registers[index], UInt8(rest.leadingZeroBitCount + 1))
  }
}

extension DistinctSketch {
  /// Ertl's improved raw estimator ("New cardinality estimation algorithms for HyperLogLog
  /// sketches", 2017, algorithm 6): unbiased over the whole range without tables.
  private var estimate: Double {
    let size = Double(Self.registerCount)
    var histogram = [Int](repeating: 0, count: Self.rankBits + 2)
    for register in registers { histogram[Int(register)] += 1 }
    var sum = size * Self.tau(1 - Double(histogram[Self.rankBits + 1]) / size)
    for rank in stride(from: Self.rankBits, through: 1, by: -1) {
      sum = 0.5 * (sum + Double(histogram[rank]))
    }
    sum += size * Self.sigma(Double(histogram[0]) / size)
    // This factor is 1 ÷ (2 ln 2).
    return 0.721_347_520_444_481_7 * size * size / sum
  }

  private static func sigma(_ start: Double) -> Double {
    guard start < 1 else { return .infinity }
    var (x, y, sum) = (start, 1.0, start)
    while true {
      x *= x
      let next = sum + x * y
      y += y
      if next == sum { return sum }
      sum = next
    }
  }

  private static func tau(_ start: Double) -> Double {
    guard start > 0, start < 1 else { return 0 }
    var (x, y, sum) = (start, 1.0, 1 - start)
    while true {
      x.formSquareRoot()
      y *= 0.5
      let next = sum - (1 - x) * (1 - x) * y
      if next == sum { return sum / 3 }
      sum = next
    }
  }
}

/// Mixes 64 bits so that every one of them depends on all (the finaliser of SplitMix64). Different
/// numbers stay different.
@inline(__always)
func mixed(_ bits: UInt64) -> UInt64 {
  var mixed = bits &+ 0x9E37_79B9_7F4A_7C15
  mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
  mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
  return mixed ^ (mixed >> 31)
}
