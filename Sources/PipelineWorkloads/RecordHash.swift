/// Random bits that are a function of seed and record, so that a record is the same whatever chunk
/// it is generated in, and the same on every machine.
///
/// The finaliser is SplitMix64's (Steele, Lea and Flood 2014).
struct RecordHash {
  private var state: UInt64

  @inline(__always)
  init(seed: UInt64, record: Int) {
    state = seed &+ UInt64(bitPattern: Int64(record)) &* 0xD134_2543_DE82_EF95
  }

  /// The next 64 bits for this record.
  @inline(__always)
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// 32 random bits scaled to 0..<`bound` (Lemire's multiplication, without the rejection: the bias
/// is under bound ÷ 2^32).
@inline(__always)
func scaled(_ bits: UInt32, below bound: Int) -> Int {
  Int((UInt64(bits) &* UInt64(bound)) >> 32)
}
