import BenchModel

extension Metric {
  /// Whether one of these values says that a process took no time. Nothing does: the clock is too
  /// coarse to tell. A time that is judged exactly was counted and not clocked, and may be zero.
  func isTooShort(_ values: some Sequence<Double>) -> Bool {
    unit.kind == .duration && judgement == .statistical && values.contains { $0 <= 0 }
  }
}
