package import BenchModel

/// What is said, once, of series that would gate a commit and do not: nothing says which of their
/// values are better.
package enum DirectionNote {
  /// `note: r/8 · rate: 'score' says no direction; give "direction": "higher" or "lower"; it is
  /// shown and not gated`, of the first of `count` series.
  package static func text(_ first: SeriesKey, unit: Unit, count: Int) -> String {
    let name = unit.rawValue.isEmpty ? "an empty unit" : "'\(unit)'"
    let others = count - 1
    let shown =
      others < 1
      ? "it is shown and not gated"
      : "it and \(Digits.grouped(others)) more series like it are shown and not gated"
    return "note: \(first): \(name) says no direction; give \"direction\": \"higher\" or "
      + "\"lower\"; \(shown)."
  }
}
