/// The running state of one primitive (a sum, an extremum, a count of nulls) for every bin.
///
/// Bin 0 takes the records that belong to no group, so that the loops need not ask; what it holds
/// is never read. The virtual call is made once a batch; the loops are in the subclasses, each
/// over one concrete type. Averages are no primitive: they are a sum and a count.
class Accumulator {
  let column: Int

  init(column: Int) { self.column = column }

  /// Makes room for this many bins.
  func grow(to bins: Int) {}

  /// Adds every lane to its own bin.
  func add(_ column: Column, _ lanes: Lanes, bins: UnsafePointer<UInt32>) {}

  /// Adds every lane to bin 1.
  func addAll(_ column: Column, _ lanes: Lanes) {}
}

/// Counts nulls, so that a batch without any costs nothing.
final class NullCount: Accumulator {
  private(set) var counts: [Int] = []

  override func grow(to bins: Int) {
    counts.append(contentsOf: repeatElement(0, count: bins - counts.count))
  }

  override func add(_ column: Column, _ lanes: Lanes, bins: UnsafePointer<UInt32>) {
    guard column.validity != nil else { return }
    counts.withUnsafeMutableBufferPointer { counts in
      lanes.forEachNull(column) { counts[Int(bins[$0])] &+= 1 }
    }
  }

  override func addAll(_ column: Column, _ lanes: Lanes) {
    guard column.validity != nil else { return }
    var nulls = 0
    lanes.forEachNull(column) { _ in nulls &+= 1 }
    counts[1] += nulls
  }
}

/// Sums whole numbers and decimal mantissas exactly: 2^64 of them fit into 128 bits.
final class ExactSum: Accumulator {
  private(set) var sums: [Int128] = []

  override func grow(to bins: Int) {
    sums.append(contentsOf: repeatElement(0, count: bins - sums.count))
  }

  override func add(_ column: Column, _ lanes: Lanes, bins: UnsafePointer<UInt32>) {
    sums.withUnsafeMutableBufferPointer { sums in
      guard let sums = sums.baseAddress else { return }
      _ = Int64.withValues(of: column) { values in
        guard let values = values.baseAddress else { return }
        lanes.forEach(
          column, valid: { lane, row in sums[Int(bins[lane])] &+= Int128(values[row]) },
          null: { _ in })
      }
    }
  }

  override func addAll(_ column: Column, _ lanes: Lanes) {
    var sum: Int128 = 0
    _ = Int64.withValues(of: column) { values in
      guard let values = values.baseAddress else { return }
      lanes.forEach(column, valid: { _, row in sum &+= Int128(values[row]) }, null: { _ in })
    }
    sums[1] &+= sum
  }
}

/// Sums doubles with compensation.
final class DoubleSum: Accumulator {
  private(set) var sums: [CompensatedSum] = []

  override func grow(to bins: Int) {
    sums.append(contentsOf: repeatElement(CompensatedSum(), count: bins - sums.count))
  }

  override func add(_ column: Column, _ lanes: Lanes, bins: UnsafePointer<UInt32>) {
    sums.withUnsafeMutableBufferPointer { sums in
      guard let sums = sums.baseAddress else { return }
      _ = Double.withValues(of: column) { values in
        guard let values = values.baseAddress else { return }
        lanes.forEach(
          column, valid: { lane, row in sums[Int(bins[lane])].add(values[row]) }, null: { _ in })
      }
    }
  }

  override func addAll(_ column: Column, _ lanes: Lanes) {
    var sum = sums[1]
    _ = Double.withValues(of: column) { values in
      guard let values = values.baseAddress else { return }
      lanes.forEach(column, valid: { _, row in sum.add(values[row]) }, null: { _ in })
    }
    sums[1] = sum
  }
}
