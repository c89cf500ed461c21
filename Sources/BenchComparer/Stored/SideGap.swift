import BenchStatistics

/// How far two sides of an exact metric that varies a little lie apart, measured by how much each
/// varies within itself.
///
/// Two counting processes a side are usual, and their ranks alone can never convict: they lie apart
/// by chance in one of six cases. But a counter that reads 1,000 and 1,001 does not read 100,000 by
/// chance. What makes a counter vary is bounded (a hash seed, an address, a race for one more
/// buffer), not Gaussian: it spreads its values over a range, and a gap many times as wide as what
/// is seen of that range is not part of it.
///
/// In a simulation of 60,000 comparisons of one unchanged series, with noise wider than the floor,
/// 0.1 to 0.25 % turned red at α = 1 % with two processes a side, whether the noise was even,
/// normal, exponential or Cauchy; fewer than 0.01 % did with three.
///
/// One noise could still make such a gap: one with two modes, far apart and each tight, where both
/// processes of one side meet the one and both of the other side the other. A metric like that is
/// not exact, and values that do not vary at all condemn it in the same way.
struct SideGap {
  /// The chance of so wide a gap, given that the sides lie apart; 1 where it is less than
  /// `leastMultiple` times the larger spread.
  let chance: Double

  /// The spacings of values that are spread evenly behave like independent exponential ones. The
  /// gap is one of them, E; the sides' ranges are sums of x − 1 and y − 1 others, whose maximum
  /// is at least half of all of them. So P(E ≥ k·max) ≤ E exp(−k·sum/2), which is (1 +
  /// k/2)^−(x + y − 2). The bound is up to twice the truth for two against two.
  init(_ before: [Double], _ after: [Double]) {
    let spread = max(Self.range(before), Self.range(after))
    let gap = max(Self.gap(before, after), Self.gap(after, before))
    let multiple = gap / spread
    guard spread > 0, multiple >= Self.leastMultiple else {
      chance = 1
      return
    }
    let spacings = before.count + after.count - 2
    chance = (0..<spacings).reduce(1.0) { product, _ in product / (1 + multiple / 2) }
  }

  /// Anything less is not worth an assumption about the noise.
  private static let leastMultiple = 10.0

  private static func range(_ sorted: [Double]) -> Double {
    (sorted.last ?? 0) - (sorted.first ?? 0)
  }

  /// The distance from the end of the lower side to the beginning of the upper one.
  private static func gap(_ lower: [Double], _ upper: [Double]) -> Double {
    (upper.first ?? 0) - (lower.last ?? 0)
  }
}

extension RankSum {
  /// The chance that `x` values all lie below `y` others: one of all arrangements.
  static func chanceOfSeparation(x: Int, y: Int) -> Double {
    guard x > 0 else { return 1 }
    return (1...x).reduce(1.0) { $0 * Double($1) / Double(y + $1) }
  }
}
