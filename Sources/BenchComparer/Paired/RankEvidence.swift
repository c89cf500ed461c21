import BenchModel
import BenchStatistics

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What the first rounds of a paired series say, on the log scale. `RoundObservations` says what
/// counts as one observation.
///
/// Where the processes of each round ran at once, a round is one number, and the signed-rank test
/// judges these alone: what a round's processes share is not in them.
///
/// Elsewhere two tests stand side by side. The rank-sum test compares every process with every
/// other, and can convict after ten rounds; but what changes from round to round widens it. The
/// signed-rank test compares within rounds only, where such drift cancels; but n of them have only
/// 2ⁿ arrangements, too few for the levels of a whole suite before the fifteenth. From there each
/// may spend half of the level. Of 3,000 simulated normal series a cell at +5 %, 25 series a suite,
/// α = 1 % and a deviation of 3 % between processes, rank sums alone found 98 % without drift and
/// 13 % with drift of twice the deviation, signed ranks 96 and 96 %, both together 98 and 93 %; at
/// +2 % and a deviation of 1 % it was 66 and 31, 60 and 63, 69 and 62 %.
struct RankEvidence {
  let rounds: Int
  private let views: [RankView]

  /// The number of observations from which on both tests judge.
  static let observationsForPairs = 15

  /// - Returns: `nil` where a value has no logarithm.
  init?(_ rounds: ArraySlice<PairedRound>, direction: Direction, layouts: RoundLayouts) {
    guard
      let observed = RoundObservations(rounds, direction: direction, layouts: layouts)
    else { return nil }
    self.rounds = rounds.count
    guard let sides = observed.sides else {
      views = [RankView(differences: observed.differences, weight: 1)]
      return
    }
    if sides.base.count < Self.observationsForPairs {
      views = [RankView(base: sides.base, head: sides.head)]
    } else {
      views = [
        RankView(base: sides.base, head: sides.head, weight: 0.5),
        RankView(differences: observed.differences, weight: 0.5),
      ]
    }
  }

  /// One-sided; 1 where the shift does not reach the floor. `floor` is on the log scale.
  func pValue(_ direction: Shift, floor: Double) -> Double {
    views.map { $0.pValue(direction, floor: floor) }.min() ?? 1
  }

  /// The change as the test that convicts sees it, with the interval that leaves out `level` on
  /// each side.
  func conviction(_ direction: Shift, floor: Double, level: Double, scale: DetectionScale)
    -> Change
  {
    let view = views.min { $0.pValue(direction, floor: floor) < $1.pValue(direction, floor: floor) }
    return change(of: view ?? views[0], tail: level, scale: scale)
  }

  /// The change with the interval that misses the truth beyond each end with a chance of at most
  /// `tail`, by the test that sees it more sharply.
  func change(tail: Double, scale: DetectionScale) -> Change {
    change(of: sharpest(tail), tail: tail, scale: scale)
  }

  /// Whether that interval lies between `-margin` and `margin`, on the log scale.
  func isWithin(_ margin: Double, tail: Double) -> Bool {
    let each = views.map { $0.isWithin(margin, tail: tail) }
    guard each.contains(true), each.contains(false) else { return each.contains(true) }
    return sharpest(tail).isWithin(margin, tail: tail)
  }

  /// The shift on the log scale.
  var estimate: Double { sharpest(Self.tailOfScale).estimate }

  /// The standard error of the shift, from the width of the 90 % interval.
  var standardError: Double {
    sharpest(Self.tailOfScale).width(tail: Self.tailOfScale) / (2 * Self.quantile95)
  }

  private static let tailOfScale = 0.05
  /// Φ⁻¹(0.95).
  private static let quantile95 = 1.6448536269514722

  private func sharpest(_ tail: Double) -> RankView {
    views.min { $0.width(tail: tail) < $1.width(tail: tail) } ?? views[0]
  }

  private func change(of view: RankView, tail: Double, scale: DetectionScale) -> Change {
    let ends = view.interval(tail: tail)
    return Change(
      estimate: relativeChange(view.estimate), lower: relativeChange(ends.lowerBound),
      upper: relativeChange(ends.upperBound),
      smallestDetectable: scale.smallestDetectable(self))
  }
}

extension RankView {
  fileprivate func width(tail: Double) -> Double {
    let ends = interval(tail: tail)
    return ends.upperBound - ends.lowerBound
  }
}

/// A relative change of a difference of logarithms; infinite where no number holds it.
func relativeChange(_ logarithm: Double) -> Double { expm1(logarithm) }
