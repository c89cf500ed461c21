/// Draws ranks 0..<count with probability proportional to 1 ÷ (rank + 1), by Walker's alias method
/// as Vose (1991) builds it. It uses integers only, so no rounding differs between machines.
struct ZipfTable: Sendable {
  private let aliases: [UInt16]
  private let thresholds: [UInt32]
  private let indexBits: Int

  /// Makes a table for up to 65,536 ranks.
  init(count: Int) {
    var indexBits = 0
    while 1 << indexBits < count { indexBits += 1 }
    let size = 1 << indexBits
    // The weights are scaled so that the average cell weighs exactly `total`.
    let weights = (0..<size).map { $0 < count ? (UInt64(1) << 40) / UInt64($0 + 1) : 0 }
    let total = weights.reduce(0, +)
    var rest = weights.map { $0 * UInt64(size) }
    var aliases = (0..<size).map { UInt16($0) }
    var kept = [UInt64](repeating: total, count: size)
    var small = (0..<size).filter { rest[$0] < total }
    var large = (0..<size).filter { rest[$0] >= total }
    while let under = small.popLast(), let over = large.popLast() {
      kept[under] = rest[under]
      aliases[under] = UInt16(over)
      rest[over] -= total - rest[under]
      if rest[over] < total { small.append(over) } else { large.append(over) }
    }
    self.aliases = aliases
    self.indexBits = indexBits
    thresholds = kept.map { UInt32($0 == total ? UInt64(UInt32.max) : ($0 << 8) / (total >> 24)) }
  }

  /// The rank that 64 random bits select.
  @inline(__always)
  func rank(_ bits: UInt64) -> Int {
    let cell = Int(bits >> UInt64(64 - indexBits))
    return UInt32(truncatingIfNeeded: bits) <= thresholds[cell] ? cell : Int(aliases[cell])
  }
}
