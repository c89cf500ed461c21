/// A level, a steady move and another level: what a drift looks like beside the steps that would
/// stand for it.
package struct Ramp: Sendable, Hashable {
  /// The positions on which it moves: a part of the whole stretch, or all of it.
  package let moving: Range<Int>
  /// The sum of squared distances of the values from the ramp.
  package let residual: Double
  /// The height of the move, from the level before to the level after.
  package let change: Double
  /// How many of the move's ends are bends: one that is an end of the whole stretch is none.
  package var bends: Int {
    (moving.lowerBound > 0 ? 1 : 0) + (moving.upperBound < count ? 1 : 0)
  }
  private let count: Int

  /// The ramp of least squares whose move takes at least `minimumLength` values: the best one on a
  /// grid of sixteenths of the stretch, its ends then moved by ever smaller steps as long as that
  /// makes it better.
  ///
  /// `values`: in order; `nil` where they are too few;
  /// `bendPenalty`: what each bend costs, in squared units of the values.
  package init?(_ values: [Double], minimumLength: Int, bendPenalty: Double = 0) {
    guard values.count >= minimumLength, minimumLength > 1 else { return nil }
    let sums = RampSums(values)
    let grid = Array(stride(from: 0, through: values.count, by: max(values.count / 16, 1)))
    let ends = grid.last == values.count ? grid : grid + [values.count]
    var best: Ramp?
    for start in grid {
      for end in ends where end - start >= minimumLength {
        let ramp = Ramp(sums, moving: start..<end)
        if ramp.cost(bendPenalty) < best?.cost(bendPenalty) ?? .infinity { best = ramp }
      }
    }
    guard var best else { return nil }
    var step = max(values.count / 32, 1)
    while true {
      let better = best.neighbours(step: step, minimumLength: minimumLength)
        .map { Ramp(sums, moving: $0) }
        .min { $0.cost(bendPenalty) < $1.cost(bendPenalty) }
      if let better, better.cost(bendPenalty) < best.cost(bendPenalty) {
        best = better
      } else if step > 1 {
        step /= 2
      } else {
        break
      }
    }
    self = best
  }

  /// The moves with one end or both moved by a step.
  private func neighbours(step: Int, minimumLength: Int) -> [Range<Int>] {
    [-step, 0, step].flatMap { first in
      [-step, 0, step].compactMap { last in
        let (start, end) = (moving.lowerBound + first, moving.upperBound + last)
        guard (first, last) != (0, 0), start >= 0, end <= count, end - start >= minimumLength
        else { return nil }
        return start..<end
      }
    }
  }

  /// What it leaves unexplained, and what its shape costs.
  package func cost(_ bendPenalty: Double) -> Double { residual + Double(bends) * bendPenalty }

  /// Least squares for the level and the height of a move over `moving`.
  private init(_ sums: RampSums, moving: Range<Int>) {
    let count = Double(sums.count)
    let after = Double(sums.count - moving.upperBound)
    let length = Double(moving.count)
    let rise = length - 1
    // The shares 0, 1/(L−1), …, 1 of the move, then 1 for all that come after.
    let shares = length / 2 + after
    let squares = (2 * length - 1) * length / (6 * rise) + after
    let weighted =
      (sums.weighted(moving) - Double(moving.lowerBound) * sums.plain(moving)) / rise
      + sums.plain(moving.upperBound..<sums.count)
    let total = sums.plain(0..<sums.count)
    let spread = squares - shares * shares / count
    let joint = weighted - shares * total / count
    change = spread > 0 ? joint / spread : 0
    residual = max(0, sums.squares - total * total / count - change * joint)
    self.moving = moving
    self.count = sums.count
  }
}

/// Running sums of values and of values times their positions, about the middle value.
private struct RampSums {
  private var sums = [0.0]
  private var products = [0.0]
  private(set) var squares = 0.0

  init(_ values: [Double]) {
    let center = Quantile.median(values)
    for (position, value) in values.enumerated() {
      let distance = value - center
      sums.append(sums[position] + distance)
      products.append(products[position] + distance * Double(position))
      squares += distance * distance
    }
  }

  var count: Int { sums.count - 1 }
  func plain(_ range: Range<Int>) -> Double { sums[range.upperBound] - sums[range.lowerBound] }
  func weighted(_ range: Range<Int>) -> Double {
    products[range.upperBound] - products[range.lowerBound]
  }
}
