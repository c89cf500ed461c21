/// Pulls single wild values of a series in order back to what their neighbours allow, and says
/// which they were.
///
/// A value is wild when it lies more than `deviations` robust deviations off the running median
/// (Hampel's identifier: Davies and Gather, "The identification of multiple outliers", JASA 88,
/// 1993), and on the same side of the nearest few values before it and of those after it. Wild
/// neighbours on the same side that are more than `longestRun` are no outliers but a level of their
/// own, and so are those that the nearest values stay with: the first ones after a step, which
/// a window that is mostly before it takes for wild. They stay as they are.
package struct RunningClip: Sendable, Hashable {
  /// The given values, in their order, with the outliers pulled back.
  package let values: [Double]
  /// The values that were pulled back, by ascending index.
  package let outliers: [Outlier]

  package struct Outlier: Sendable, Hashable {
    package let index: Int
    /// The running median.
    package let expected: Double

    package init(index: Int, expected: Double) {
      self.index = index
      self.expected = expected
    }
  }

  /// `values`: in order, all finite; `halfWindow`: so many neighbours on each side are looked at,
  /// fewer at the ends; 7 leaves levels of eight and more to be medians; `least`: no value is wild
  /// that is nearer than this many units, whatever the scatter.
  package init(
    _ values: [Double], halfWindow: Int = 7, deviations: Double = 4, longestRun: Int = 2,
    noise: Double, least: Double = 0
  ) {
    var window = SortedWindow()
    var clipped = values
    var wild: [(index: Int, median: Double, limit: Double)] = []
    for index in 0..<min(halfWindow, values.count) { window.insert(values[index]) }
    for index in values.indices {
      if index + halfWindow < values.count { window.insert(values[index + halfWindow]) }
      if index > halfWindow { window.remove(values[index - halfWindow - 1]) }
      let median = window.median
      // The window's own scatter, or the whole series' where a quiet window would find outliers by
      // chance.
      let scale = max(window.deviation(from: median), noise)
      let limit = max(deviations * scale, least)
      if abs(values[index] - median) > limit { wild.append((index, median, limit)) }
    }
    var outliers: [Outlier] = []
    for run in Self.runs(wild.map { ($0.index, values[$0.index] > $0.median) })
    where run.count <= longestRun && Self.standsAlone(run.map { wild[$0] }, values) {
      for position in run {
        let (index, median, limit) = wild[position]
        clipped[index] = min(max(values[index], median - limit), median + limit)
        outliers.append(Outlier(index: index, expected: median))
      }
    }
    self.values = clipped
    self.outliers = outliers
  }

  private static let nearest = 3

  /// Whether neither the nearest values before a run of wild ones nor those after it are with it:
  /// on either side their median is far off too, by half of what makes a value wild.
  private static func standsAlone(
    _ run: [(index: Int, median: Double, limit: Double)], _ values: [Double]
  ) -> Bool {
    let (first, last) = (run[0].index, run[run.count - 1].index)
    let sides = [
      values[max(0, first - nearest)..<first],
      values[(last + 1)..<min(values.count, last + 1 + nearest)],
    ]
    return sides.allSatisfy { side in
      guard !side.isEmpty else { return true }
      let middle = Quantile.median(Array(side))
      return run.allSatisfy { wild in
        let value = values[wild.index]
        return value > wild.median
          ? value - middle > wild.limit / 2 : middle - value > wild.limit / 2
      }
    }
  }

  /// Stretches of neighbouring indices on one side, as ranges of indices into `wild`.
  private static func runs(_ wild: [(index: Int, isAbove: Bool)]) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    var start = 0
    for position in wild.indices {
      let next = position + 1
      let goesOn =
        next < wild.count && wild[next].index == wild[position].index + 1
        && wild[next].isAbove == wild[position].isAbove
      if !goesOn {
        runs.append(start..<next)
        start = next
      }
    }
    return runs
  }
}

/// The values of a small window, sorted, so that its median and scatter cost no sorting.
private struct SortedWindow {
  private var sorted: [Double] = []

  mutating func insert(_ value: Double) {
    var position = sorted.count
    sorted.append(value)
    while position > 0, sorted[position - 1] > value {
      sorted[position] = sorted[position - 1]
      position -= 1
    }
    sorted[position] = value
  }

  mutating func remove(_ value: Double) {
    guard let position = sorted.firstIndex(of: value) else { return }
    sorted.remove(at: position)
  }

  var median: Double { Quantile.median(ofSorted: sorted) }

  /// The median absolute deviation from `center`, consistent at the normal distribution: the
  /// distances are taken from the middle outwards.
  func deviation(from center: Double) -> Double {
    var high = sorted.firstIndex { $0 >= center } ?? sorted.count
    var low = high - 1
    var (last, distance) = (0.0, 0.0)
    for _ in 0...(sorted.count / 2) {
      let below = low >= 0 ? center - sorted[low] : .infinity
      let above = high < sorted.count ? sorted[high] - center : .infinity
      if below < above { low -= 1 } else { high += 1 }
      (last, distance) = (distance, min(below, above))
    }
    let middle = sorted.count.isMultiple(of: 2) ? (last + distance) / 2 : distance
    return 1.482602218505602 * middle
  }
}
