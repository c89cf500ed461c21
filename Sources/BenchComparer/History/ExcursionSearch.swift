#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Tells excursions from lasting changes: two steps close to each other, of which the second takes
/// back the first.
struct ExcursionSearch {
  let history: JudgedHistory
  let rule: HistoryRule

  struct Finding {
    /// The judged values that were off.
    let range: Range<Int>
    /// On the scale: the level around it, and its own.
    let level: Double
    let height: Double
  }

  /// The excursions, oldest first, and the cuts that they leave to be steps.
  func search(_ cuts: [Int]) -> (excursions: [Finding], cuts: [Int]) {
    let bounds = [0] + cuts + [history.count]
    var kept: [Int] = []
    var excursions: [Finding] = []
    var index = 0
    while index < cuts.count {
      // The stretch from this cut to the next one, if there is one.
      if index + 1 < cuts.count,
        let found = excursion(
          in: cuts[index]..<cuts[index + 1], after: bounds[index]..<cuts[index],
          before: cuts[index + 1]..<bounds[index + 3])
      {
        excursions.append(found)
        index += 2
      } else {
        kept.append(cuts[index])
        index += 1
      }
    }
    return (excursions, kept)
  }

  private func excursion(
    in range: Range<Int>, after earlier: Range<Int>, before later: Range<Int>
  ) -> Finding? {
    guard range.count <= rule.longestExcursion else { return nil }
    let (before, own, after) = (
      history.clipped.mean(earlier), history.clipped.mean(range), history.clipped.mean(later)
    )
    let height = own - before
    // What is left is less than what would be told of a step.
    let isBack = !history.scale.exceeds(
      after - before, floor: history.floor(rule), from: before)
    guard isBack, (own - after).sign == height.sign else { return nil }
    let level =
      (before * Double(earlier.count) + after * Double(later.count))
      / Double(earlier.count + later.count)
    return Finding(range: range, level: level, height: height)
  }
}
