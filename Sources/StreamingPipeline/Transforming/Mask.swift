/// The answers of a condition for the records of a batch, in three-valued logic: a comparison with
/// null is neither true nor false, and a filter keeps only records for which it is true.
///
/// The numbers are chosen so that `and` is the smaller, `or` the larger and `not` is 2 − x
/// (Kleene).
public enum Mask {
  /// The condition does not hold.
  public static let no: UInt8 = 0
  /// The answer depends on a null.
  public static let unknown: UInt8 = 1
  /// The condition holds.
  public static let yes: UInt8 = 2
}

/// The records of a batch as loops see them: lane `i` is the `i`-th record, and its row in the
/// columns is `selection[i]`, or `i` where nothing was filtered.
struct Lanes {
  let count: Int
  let selection: UnsafePointer<UInt32>?

  /// The row of a lane.
  @inline(__always)
  func row(_ lane: Int) -> Int { selection.map { Int($0[lane]) } ?? lane }

  /// Calls `body` with every lane and its row. It has two loops, so that neither tests for a
  /// selection.
  @inline(__always)
  func forEach(_ body: (_ lane: Int, _ row: Int) -> Void) {
    if let selection {
      for lane in 0..<count { body(lane, Int(selection[lane])) }
    } else {
      for lane in 0..<count { body(lane, lane) }
    }
  }

  /// Calls `body` with every lane whose row is null, ascending. Whole words without nulls are
  /// skipped, and a few nulls are looked up in the selection, so that they cost little.
  @inline(__always)
  func forEachNull(_ column: Column, _ body: (_ lane: Int) -> Void) {
    guard let validity = column.validity, count > 0 else { return }
    let offset = column.validityOffset
    if let selection { return forEachNull(validity, offset, selection, body) }
    validity.words.withUnsafeBufferPointer { words in
      forEachNull(words, offset...(offset + count - 1)) { body($0 - offset) }
    }
  }

  /// Writes the lanes whose row is null, ascending, and returns their number.
  ///
  /// Through a selection every lane is written and only the index moves: with one null among a
  /// hundred, neither a branch nor a search is predicted well.
  func findNulls(of column: Column, into found: UnsafeMutablePointer<UInt32>) -> Int {
    guard let validity = column.validity, count > 0 else { return 0 }
    var nulls = 0
    guard let selection else {
      forEachNull(column) { lane in
        found[nulls] = UInt32(truncatingIfNeeded: lane)
        nulls += 1
      }
      return nulls
    }
    let offset = column.validityOffset
    validity.words.withUnsafeBufferPointer { words in
      for lane in 0..<count {
        let bit = offset &+ Int(selection[lane])
        let isValid = words[bit >> 6] >> UInt64(truncatingIfNeeded: bit & 63) & 1
        found[nulls] = UInt32(truncatingIfNeeded: lane)
        nulls &+= 1 &- Int(truncatingIfNeeded: isValid)
      }
    }
    return nulls
  }

  /// This is not inlined because callers of `forEachNull` would grow beyond what the optimiser
  /// accepts.
  @inline(never)
  private func forEachNull(
    _ validity: Validity, _ offset: Int, _ selection: UnsafePointer<UInt32>,
    _ body: (_ lane: Int) -> Void
  ) {
    let range = offset + Int(selection[0])...offset + Int(selection[count - 1])
    validity.words.withUnsafeBufferPointer { words in
      if Self.isSparse(words, range, count) {
        forEachNull(words, range) { bit in
          if let lane = lane(of: UInt32(bit - offset), in: selection) { body(lane) }
        }
      } else {
        for lane in 0..<count {
          let bit = offset &+ Int(selection[lane])
          if words[bit >> 6] >> UInt64(truncatingIfNeeded: bit & 63) & 1 == 0 { body(lane) }
        }
      }
    }
  }

  /// Calls `body` with every bit of a range that is not set, ascending.
  @inline(__always)
  private func forEachNull(
    _ words: UnsafeBufferPointer<UInt64>, _ range: ClosedRange<Int>, _ body: (_ bit: Int) -> Void
  ) {
    for word in range.lowerBound >> 6...range.upperBound >> 6 {
      var nulls = ~words[word]
      while nulls != 0 {
        let bit = word << 6 + nulls.trailingZeroBitCount
        if range.contains(bit) { body(bit) }
        nulls &= nulls - 1
      }
    }
  }

  /// Whether so few of a range's bits are unset that searching for each is less work than visiting
  /// every lane. A search takes about as many steps as the number of lanes has binary digits, and a
  /// step, mispredicted every other time, takes about four times as long as visiting a lane.
  private static func isSparse(
    _ words: UnsafeBufferPointer<UInt64>, _ range: ClosedRange<Int>, _ count: Int
  ) -> Bool {
    // Bits of the first and the last word outside the range have no meaning.
    let (first, last) = (range.lowerBound >> 6, range.upperBound >> 6)
    var nulls = 0
    for word in first...last {
      var unset = ~words[word]
      if word == first { unset &= ~0 << UInt64(range.lowerBound & 63) }
      if word == last { unset &= ~0 >> UInt64(63 - range.upperBound & 63) }
      nulls += unset.nonzeroBitCount
    }
    return nulls * (Int.bitWidth - count.leadingZeroBitCount) * 4 < count
  }

  /// The lane of a row by binary search; nil when the row is not selected.
  private func lane(of row: UInt32, in selection: UnsafePointer<UInt32>) -> Int? {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if selection[middle] < row { low = middle + 1 } else { high = middle }
    }
    return low < count && selection[low] == row ? low : nil
  }

  /// Calls `valid` for lanes whose row holds a value and `null` for the others.
  @inline(__always)
  func forEach(
    _ column: Column, valid: (_ lane: Int, _ row: Int) -> Void, null: (_ lane: Int) -> Void
  ) {
    guard let validity = column.validity else { return forEach(valid) }
    let offset = column.validityOffset
    validity.words.withUnsafeBufferPointer { words in
      forEach { lane, row in
        let bit = offset &+ row
        if words[bit >> 6] >> UInt64(truncatingIfNeeded: bit & 63) & 1 == 1 {
          valid(lane, row)
        } else {
          null(lane)
        }
      }
    }
  }
}

extension Batch {
  /// Calls `body` with the lanes of this batch.
  @inline(__always)
  func withLanes<Result>(_ body: (Lanes) throws -> Result) rethrows -> Result {
    guard let selection else { return try body(Lanes(count: rowCount, selection: nil)) }
    return try selection.withUnsafeBufferPointer {
      try body(Lanes(count: $0.count, selection: $0.baseAddress))
    }
  }
}
