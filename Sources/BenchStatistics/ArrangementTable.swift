/// In how many ways so many of the ranks dealt so far add up to a sum: dynamic programming over how
/// many and their sum.
///
/// Only what can be is looked at: a hand of some size has a sum between those of the smallest and
/// of the largest ranks dealt, and is of no use where too few ranks are left to fill it. Of thirty
/// against thirty that is an eighth of the table.
struct ArrangementTable {
  /// A row for each size, with a place for each sum that a hand of this size can have in the end.
  private var table: [Double]
  /// Added to a sum, gives its place in the row of a size.
  private let rows: [Int]
  private let ends: SumsBySize
  private let choose: Int
  private var dealt = SumsBySize()
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

  /// Each hand is kept as it is, and once more with `rank` added.
  mutating func deal(_ rank: Int) {
    left -= 1
    let largest = min(dealt.count + 1, choose)
    let smallest = max(1, choose - left)
    table.withUnsafeMutableBufferPointer { table in
      // From the largest on, so that no hand gets the rank twice.
      for size in stride(from: largest, through: smallest, by: -1) {
        let first = dealt.smallest[size - 1]
        let from = table.baseAddress! + (rows[size - 1] + first)
        let onto = table.baseAddress! + (rows[size] + first + rank)
        for position in 0...(dealt.largest[size - 1] - first) { onto[position] += from[position] }
      }
    }
    dealt.insert(rank)
  }

  /// By sum, from 0 to the largest.
  var counts: [Double] {
    [Double](repeating: 0, count: ends.smallest[choose])
      + table.suffix(ends.largest[choose] - ends.smallest[choose] + 1)
  }
}

/// The smallest and the largest sum that so many of some ranks can have, by their number from 0.
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
