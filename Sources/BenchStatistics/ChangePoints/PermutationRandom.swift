/// PCG-XSH-RR with 64 bits of state (O'Neill, "PCG: a family of simple fast space-efficient
/// statistically good algorithms for random number generation", 2014): permutations and resamples
/// are the same on every machine, and drawing is not what takes the time.
struct PermutationRandom {
  private var state: UInt64

  init(seed: UInt64) {
    state = 0
    _ = next()
    state &+= seed
    _ = next()
  }

  mutating func next() -> UInt32 {
    let old = state
    state = old &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    let mixed = UInt32(truncatingIfNeeded: ((old >> 18) ^ old) >> 27)
    let turn = UInt32(truncatingIfNeeded: old >> 59)
    return (mixed >> turn) | (mixed << ((0 &- turn) & 31))
  }

  /// Below `bound`, by multiplication (Lemire 2019) without its rejection: the bias is below
  /// 2⁻²⁰ for the thousands that are drawn from.
  mutating func below(_ bound: Int) -> Int {
    Int((UInt64(next()) &* UInt64(bound)) >> 32)
  }
}
