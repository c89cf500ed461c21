/// A change of which one end is zero, in the metric's unit.
package struct ZeroChange: Sendable, Hashable {
  package let from: Double
  package let to: Double

  /// - Returns: `nil` unless exactly one of the values is zero.
  package init?(from: Double, to: Double) {
    guard (from == 0) != (to == 0) else { return nil }
    self.from = from
    self.to = to
  }
}
