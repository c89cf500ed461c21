import BenchKit

extension Gate {
  /// Allocations where groups are looked up in hash tables. Every process hashes with another seed,
  /// so that now and then a table grows once more: in 25 processes the counts of one benchmark lay
  /// within 1.3 % of one another.
  static let groupedAllocations = Gate.allocations(.exact(tolerance: 0.02))
}
