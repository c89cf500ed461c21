/// The random numbers of a schedule's order, defined to the last bit, so that a recorded seed gives
/// the same order in every version and on every platform; the standard library promises no such
/// thing for `shuffled(using:)`.
///
/// The algorithms are SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number
/// generators", 2014), rejection for bounded numbers without bias, and Fisher–Yates from the last
/// element down (Durstenfeld 1964).
struct ScheduleRandom: Hashable {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A number from 0 up to, but not including, `bound`.
  mutating func next(below bound: Int) -> Int {
    let bound = UInt64(bound)
    // This is the largest multiple of `bound`; numbers from there on would favour small remainders.
    let end = UInt64.max - UInt64.max % bound
    while true {
      let number = next()
      if number < end { return Int(number % bound) }
    }
  }

  mutating func shuffled<Element>(_ elements: [Element]) -> [Element] {
    var elements = elements
    for last in stride(from: elements.count - 1, to: 0, by: -1) {
      elements.swapAt(last, next(below: last + 1))
    }
    return elements
  }
}
