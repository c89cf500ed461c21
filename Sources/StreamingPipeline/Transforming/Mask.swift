/// The answer of a condition for each record of a batch, in three-valued logic: a comparison with
/// null is neither true nor false, and only what is true passes a filter.
///
/// The numbers are chosen so that `and` is the smaller, `or` the larger and `not` is 2 − x
/// (Kleene).
public enum Mask {
  /// The condition does not hold.
  public static let no: UInt8 = 0
  /// A null took part.
  public static let unknown: UInt8 = 1
  /// The condition holds.
  public static let yes: UInt8 = 2
}

/// The records of a batch as loops see them: lane `i` is the `i`-th record, and its row in the
/// columns is `selection[i]`, or `i` where nothing was filtered.
struct Lanes {
  let count: Int
  let selection: UnsafePointer<UInt32>?

  /// Calls `body` with every lane and its row; two loops, so that neither tests in the loop.
  @inline(__always)
  func forEach(_ body: (_ lane: Int, _ row: Int) -> Void) {
    if let selection {
      for lane in 0..<count { body(lane, Int(selection[lane])) }
    } else {
      for lane in 0..<count { body(lane, lane) }
    }
  }

  /// Calls `body` with every lane whose row is null: whole words without nulls are passed over,
  /// so that a few nulls cost little.
  @inline(__always)
  func forEachNull(_ column: Column, _ body: (_ lane: Int) -> Void) {
    guard let validity = column.validity else { return }
    let offset = column.validityOffset
    validity.words.withUnsafeBufferPointer { words in
      if selection != nil {
        forEach { lane, row in
          let bit = offset &+ row
          if words[bit >> 6] >> UInt64(truncatingIfNeeded: bit & 63) & 1 == 0 { body(lane) }
        }
      } else if count > 0 {
        for word in offset >> 6...(offset + count - 1) >> 6 {
          var nulls = ~words[word]
          while nulls != 0 {
            let lane = word << 6 + nulls.trailingZeroBitCount - offset
            if lane >= 0, lane < count { body(lane) }
            nulls &= nulls - 1
          }
        }
      }
    }
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
