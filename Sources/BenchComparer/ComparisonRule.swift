/// The rule by which a comparison judges; it travels with the result.
package struct ComparisonRule: Sendable, Hashable, Codable {
  /// The practical floor δ: a smaller relative change is never called slower or faster.
  package let floor: Double
  /// The chance that a comparison of unchanged code turns red: of one false `slower` among all its
  /// gate series.
  package let alpha: Double

  package init(floor: Double = 0.02, alpha: Double = 0.01) {
    self.floor = floor
    self.alpha = alpha
  }
}
