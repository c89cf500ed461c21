import Foundation

/// SplitMix64 (Steele, Lea and Flood 2014): small, seedable, and the same on every machine.
///
/// A random test prints its seed, so that a failure can be run again.
package struct SeededRandom: RandomNumberGenerator, Sendable {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A standard normal value by the polar method (Marsaglia and Bray 1964).
  package mutating func nextNormal() -> Double {
    while true {
      let x = Double.random(in: -1...1, using: &self)
      let y = Double.random(in: -1...1, using: &self)
      let square = x * x + y * y
      if square > 0, square < 1 {
        return x * (-2 * log(square) / square).squareRoot()
      }
    }
  }
}
