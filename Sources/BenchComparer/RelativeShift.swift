/// A relative change with its interval, positive being worse whichever way the metric counts: 0.05
/// is five per cent worse.
///
/// The interval of a level in a history holds the truth with 95 % confidence. That of a bisection's
/// probe does with 90 %, or is the range of an exact metric.
package struct RelativeShift: Sendable, Hashable {
  package let estimate: Double
  package let lower: Double
  package let upper: Double
  /// The values of a shift from or to zero, of which no ratio says anything.
  package let zero: ZeroChange?

  package init(estimate: Double, lower: Double, upper: Double, zero: ZeroChange? = nil) {
    self.estimate = estimate
    self.lower = lower
    self.upper = upper
    self.zero = zero
  }
}
