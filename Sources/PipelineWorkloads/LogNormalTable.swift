/// Draws money in cents from a log-normal distribution: median 100.00, σ of the logarithm 1.
///
/// The normal deviate is the sum of four 16-bit uniform numbers (Irwin–Hall: mean 131,070,
/// standard deviation 37,837, cut at ±3.46 σ). Its exponential comes from a table of 4,096 cells
/// of 64 steps, each the one before × e^(1/591.2), computed in 64-bit fixed point. No floating
/// point takes part, so every machine draws the same.
struct LogNormalTable: Sendable {
  private let cents: [Int64]

  init() {
    /// The ratio of neighbouring cells: 2^62 × e^(64 ÷ 37,837).
    let ratio: UInt64 = 4_619_493_082_589_833_216
    /// The first cell: 2^32 × 10,000 cents × e^(−2,048 × 64 ÷ 37,837).
    var value: UInt64 = 1_344_372_577_154
    var cents: [Int64] = []
    for _ in 0...4_096 {
      cents.append(Int64(value >> 32))
      let product = value.multipliedFullWidth(by: ratio)
      value = product.high << 2 | product.low >> 62
    }
    self.cents = cents
  }

  /// The amount in cents that 64 random bits select, interpolated inside a cell.
  @inline(__always)
  func amount(_ bits: UInt64) -> Int64 {
    let sum =
      (bits & 0xFFFF) &+ (bits >> 16 & 0xFFFF) &+ (bits >> 32 & 0xFFFF) &+ (bits >> 48)
    let cell = Int(sum >> 6)
    let low = cents[cell]
    return low &+ ((cents[cell &+ 1] &- low) &* Int64(sum & 63)) >> 6
  }
}
