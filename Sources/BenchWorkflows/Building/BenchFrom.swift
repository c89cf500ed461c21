/// `--bench-from`: whose benchmarks a paired comparison measures.
package enum BenchFrom: String, Sendable, Hashable, CaseIterable {
  /// HEAD's on both sides, where they build against BASE.
  case head
  /// Each side's own.
  case own
}
