/// The levels of a series whose values chance does not touch: where one value follows another that
/// differs from it, something changed.
///
/// A single commit that differs, and after which the values are back, is an outlier. The latest
/// value alone is a new level at once: nothing but a change makes an exact count move.
struct ExactLevels {
  /// The values, with outliers at the level around them.
  let values: [Double]
  let outliers: [Int]
  /// The first value of every level but the first.
  let cuts: [Int]

  /// Fails where values come and go so often that chance must be among them.
  ///
  /// - Parameters:
  ///   - values: in order, on the scale.
  ///   - isSame: whether two values are within the tolerance.
  init?(_ values: [Double], isSame: (Double, Double) -> Bool) {
    var runs = Self.runs(values, isSame)
    var levelled = values
    var outliers: [Int] = []
    var index = 1
    while index + 1 < runs.count {
      let (before, after) = (runs[index - 1], runs[index + 1])
      if runs[index].count == 1, isSame(values[before.lowerBound], values[after.lowerBound]) {
        outliers.append(runs[index].lowerBound)
        levelled[runs[index].lowerBound] = values[before.lowerBound]
        runs.replaceSubrange(index - 1...index + 1, with: [before.lowerBound..<after.upperBound])
      } else {
        index += 1
      }
    }
    let shortLived = Self.turns(runs, values) + outliers.count
    guard shortLived <= max(1, values.count / Self.leastOfShortLived) else { return nil }
    self.values = levelled
    self.outliers = outliers
    cuts = runs.dropFirst().map(\.lowerBound)
  }

  /// One value may be unlike both of its neighbours, and one in so many.
  private static let leastOfShortLived = 5

  /// How many single values lie above both of their neighbours, or below both.
  private static func turns(_ runs: [Range<Int>], _ values: [Double]) -> Int {
    runs.indices.dropFirst().dropLast().count { index in
      guard runs[index].count == 1 else { return false }
      let value = values[runs[index].lowerBound]
      let sides = (values[runs[index].lowerBound - 1], values[runs[index].upperBound])
      return (value > sides.0) == (value > sides.1)
    }
  }

  /// Stretches of values that are the same as the first of them, so that what creeps is told too.
  private static func runs(_ values: [Double], _ isSame: (Double, Double) -> Bool) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    var start = 0
    for index in values.indices {
      let isLast = index + 1 == values.count
      if isLast || !isSame(values[start], values[index + 1]) {
        runs.append(start..<index + 1)
        start = index + 1
      }
    }
    return runs
  }
}
