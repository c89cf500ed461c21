/// Counts the subsets of some ranks by their size and their sum: dynamic programming over the
/// ranks, in the way of Mann and Whitney's recurrence (Annals of Mathematical Statistics 18, 1947).
///
/// Only subsets that matter are counted: the sum of a subset lies between those of the smallest and
/// of the largest ranks of its size, and a subset that is too small to be filled with the ranks
/// that are left is of no use. For thirty values against thirty this leaves an eighth of the table.
struct ArrangementTable {
  /// A row for each size, with an element for each sum that a subset of this size can have in the
  /// end.
  private var table: [Double]
  /// What is added for each size to a sum to get the index of its element.
  private let rows: [Int]
  private let ends: SumsBySize
  private let choose: Int
  private var added = SumsBySize()
  private var left: Int

  /// `choose` is at least 1 and at most the number of ranks.
  init(_ ranks: [Int], choose: Int) {
    self.choose = choose
    left = ranks.count
    ends = SumsBySize(ranks)
    var rows: [Int] = []
    var width = 0
    for size in 0...choose {
      rows.append(width - ends.smallest[size])
      width += ends.largest[size] - ends.smallest[size] + 1
    }
    self.rows = rows
    table = [Double](repeating: 0, count: width)
    table[0] = 1
  }

  /// Keeps each subset as it is, and counts it once more with `rank` added.
  mutating func add(_ rank: Int) {
    left -= 1
    let largest = min(added.count + 1, choose)
    let smallest = max(1, choose - left)
    table.withUnsafeMutableBufferPointer { table in
      // The largest subsets come first, so that none gets the rank twice.
      for size in stride(from: largest, through: smallest, by: -1) {
        let first = added.smallest[size - 1]
        let from = table.baseAddress! + (rows[size - 1] + first)
        let onto = table.baseAddress! + (rows[size] + first + rank)
        for position in 0...(added.largest[size - 1] - first) { onto[position] += from[position] }
      }
    }
    added.insert(rank)
  }

  /// How many subsets of `choose` ranks have each sum, from 0 to the largest.
  var counts: [Double] {
    [Double](repeating: 0, count: ends.smallest[choose])
      + table.suffix(ends.largest[choose] - ends.smallest[choose] + 1)
  }
}

/// The smallest and the largest sum that a subset of some ranks can have, by its size from 0.
private struct SumsBySize {
  private var sorted: [Int] = []
  private(set) var smallest = [0]
  private(set) var largest = [0]

  init(_ ranks: [Int] = []) {
    sorted = ranks.sorted()
    add()
  }

  var count: Int { sorted.count }

  mutating func insert(_ rank: Int) {
    let position = sorted.firstIndex { $0 > rank } ?? sorted.count
    sorted.insert(rank, at: position)
    add()
  }

  private mutating func add() {
    smallest = [0]
    largest = [0]
    smallest.reserveCapacity(sorted.count + 1)
    largest.reserveCapacity(sorted.count + 1)
    for rank in sorted { smallest.append(smallest[smallest.count - 1] + rank) }
    for rank in sorted.reversed() { largest.append(largest[largest.count - 1] + rank) }
  }
}
