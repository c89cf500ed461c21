/// A sum of doubles that carries what rounding lost (Kahan–Babuška, in the branchless form of
/// Knuth's two-sum: the error of every addition is computed exactly).
struct CompensatedSum {
  private var sum = 0.0
  private var lost = 0.0

  @inline(__always)
  mutating func add(_ value: Double) {
    let total = sum + value
    let added = total - sum
    lost += (sum - (total - added)) + (value - added)
    sum = total
  }

  /// The sum with what was lost. An infinite sum has lost nothing that can be told.
  var value: Double { sum.isFinite ? sum + lost : sum }
}
