package import BenchComparer

extension ComparisonRule {
  /// The rule that flags, the environment and `benchdb.toml` ask for, in this order.
  package init(settings: Settings, floor: String?, alpha: String?) throws {
    self.init(
      floor: try settings.value(of: .floor, flag: floor) ?? ComparisonRule().floor,
      alpha: try settings.value(of: .alpha, flag: alpha) ?? ComparisonRule().alpha)
  }
}
