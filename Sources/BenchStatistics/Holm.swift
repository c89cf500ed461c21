/// Holm, "A simple sequentially rejective multiple test procedure" (Scandinavian Journal of
/// Statistics 6, 1979): over all tests together the chance of one false rejection stays below α,
/// whatever depends on what.
package enum Holm {
  /// What step-down says of one hypothesis.
  package struct Decision: Sendable, Hashable {
    package let isRejected: Bool
    /// The level at which it was tested; for what was not rejected, that of the step at which the
    /// procedure stopped.
    package let level: Double

    /// Of what no test was made: nothing is rejected, at whatever level.
    package static func untested(at level: Double) -> Decision {
      Decision(isRejected: false, level: level)
    }
  }

  /// Steps from the smallest p-value to the largest at levels α/m, α/(m − 1), …, and stops at
  /// the first that is too large.
  ///
  /// ```swift
  /// Holm.stepDown([0.02, 0.001, 0.03], alpha: 0.03).map(\.isRejected)  // [false, true, false]
  /// ```
  ///
  /// `pValues`: in 0...1, in any order, possibly none;
  /// `alpha`: in 0...1.
  /// - Returns: a decision for each p-value, in their order.
  package static func stepDown(_ pValues: [Double], alpha: Double) -> [Decision] {
    var decisions = [Decision](
      repeating: Decision(isRejected: false, level: alpha), count: pValues.count)
    var stoppedAt: Double?
    let order = pValues.indices.sorted { pValues[$0] < pValues[$1] }
    for (step, index) in order.enumerated() {
      let level = stoppedAt ?? alpha / Double(pValues.count - step)
      let isRejected = stoppedAt == nil && pValues[index] <= level
      if !isRejected { stoppedAt = level }
      decisions[index] = Decision(isRejected: isRejected, level: level)
    }
    return decisions
  }
}
