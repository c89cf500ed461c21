/// The rule by which a comparison judges; it travels with the result.
package struct ComparisonRule: Sendable, Hashable, Codable {
  /// The conviction floor: what is estimated to be a smaller relative change is never called slower
  /// or faster.
  package let floor: Double
  /// The margin of 'no change': a series is called unchanged where its interval lies within ± this
  /// relative change.
  package let margin: Double
  /// The chance that a comparison of unchanged code turns red: of one false `slower` among all its
  /// gate series.
  package let alpha: Double

  /// `margin`: at least `floor`; `nil` for 2 %, or the floor where that is larger.
  package init(floor: Double = 0.01, margin: Double? = nil, alpha: Double = 0.01) {
    self.floor = floor
    self.margin = max(floor, margin ?? Self.usualMargin)
    self.alpha = alpha
  }

  /// The same rule for a series that needs a higher floor.
  func with(floor other: Double?) -> ComparisonRule {
    guard let other, other > floor else { return self }
    return ComparisonRule(floor: other, margin: margin, alpha: alpha)
  }

  private static let usualMargin = 0.02
}
