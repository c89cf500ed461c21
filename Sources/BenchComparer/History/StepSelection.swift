import BenchModel
import BenchStatistics

/// Selects the cuts of a segmentation that are change points.
///
/// Each cut is judged by the stretches up to its neighbours. It passes if the level shifts by at
/// least the floor and a step test rejects at the series' share of the family's level. While some
/// fail, the weakest of them is dropped, which gives its neighbours longer stretches to stand on.
struct StepSelection {
  let history: JudgedHistory
  let rule: HistoryRule
  /// The level of one series.
  let alpha: Double

  /// How many values on each side are tested; a longer stretch pays for having been searched in
  /// proportion.
  private static let reach = 150

  struct Step {
    /// The first value at the new level.
    let index: Int
    let pValue: Double
  }

  func steps(among cuts: [Int]) -> [Step] {
    if let exact = history.exactCuts { return exact.map { Step(index: $0, pValue: 0) } }
    var cuts = cuts
    var known: [Test: Double] = [:]
    while !cuts.isEmpty {
      if let made = madeOfOutliers(cuts) {
        cuts.remove(at: made)
        continue
      }
      let stretches = self.stretches(cuts)
      if let least = smallest(stretches) {
        cuts.remove(at: least)
        continue
      }
      let correlation = Self.step(history.noise(about: cuts).correlation)
      let pValues = stretches.map { stretch in
        let test = Test(stretch: stretch, correlation: correlation)
        if let pValue = known[test] { return pValue }
        let pValue = self.pValue(stretch, correlation)
        known[test] = pValue
        return pValue
      }
      let worst = pValues.indices.max { pValues[$0] < pValues[$1] } ?? 0
      if pValues[worst] <= alpha {
        return zip(cuts, pValues).map { Step(index: $0, pValue: $1) }
      }
      cuts.remove(at: worst)
    }
    return []
  }

  /// The weaker cut of a segment that has too few values for a level once outliers are left out:
  /// what is pulled in is not far off, but still off.
  private func madeOfOutliers(_ cuts: [Int]) -> Int? {
    let outliers = history.outliers.map(\.index)
    let bounds = [0] + cuts + [history.count]
    let segment = bounds.indices.dropLast().first { index in
      let range = bounds[index]..<bounds[index + 1]
      return range.count - outliers.count(where: range.contains) < rule.minimumSegment
    }
    guard let segment else { return nil }
    func shift(_ cut: Int) -> Double {
      let before = history.clipped.mean(bounds[cut]..<bounds[cut + 1])
      return abs(history.clipped.mean(bounds[cut + 1]..<bounds[cut + 2]) - before)
    }
    return [segment - 1, segment].filter(cuts.indices.contains).min { shift($0) < shift($1) }
  }

  private struct Test: Hashable {
    let stretch: Stretch
    let correlation: Double
  }

  /// Correlations are taken in steps, so that what was tested need not be tested again whenever a
  /// cut is dropped; upwards, which is the careful side.
  private static func step(_ correlation: Double) -> Double {
    min((correlation * 20).rounded(.up) / 20, 0.9)
  }

  private struct Stretch: Hashable {
    let before: Range<Int>
    let after: Range<Int>
  }

  private func stretches(_ cuts: [Int]) -> [Stretch] {
    let bounds = [0] + cuts + [history.count]
    return cuts.indices.map { index in
      Stretch(
        before: bounds[index]..<cuts[index], after: cuts[index]..<bounds[index + 2])
    }
  }

  /// The smallest of the shifts below the floor.
  private func smallest(_ stretches: [Stretch]) -> Int? {
    let floor = history.floor(rule)
    let shifts = stretches.map { stretch in
      let before = history.clipped.mean(stretch.before)
      return (before, history.clipped.mean(stretch.after) - before)
    }
    return shifts.indices
      .filter { !history.scale.exceeds(shifts[$0].1, floor: floor, from: shifts[$0].0) }
      .min { abs(shifts[$0].1) < abs(shifts[$1].1) }
  }

  private func pValue(_ stretch: Stretch, _ correlation: Double) -> Double {
    if history.metric.judgement != .statistical, isApart(stretch) { return 0 }
    let before = stretch.before.suffix(Self.reach)
    let after = stretch.after.prefix(Self.reach)
    let values = Array(history.clipped[before.startIndex..<after.endIndex])
    let length = stretch.before.count + stretch.after.count
    let searched = (Double(length) / Double(values.count)).rounded(.up)
    return min(
      1,
      searched
        * StepTest(minimumLength: rule.minimumSegment).pValue(
          values, correlation: correlation, seed: history.seed))
  }

  /// A metric that is judged exactly has no chance in it where no value of one side is among those
  /// of the other.
  private func isApart(_ stretch: Stretch) -> Bool {
    let before = history.clipped[stretch.before]
    let after = history.clipped[stretch.after]
    guard let low = before.min(), let high = before.max(), let least = after.min(),
      let most = after.max()
    else { return false }
    return high < least || most < low
  }
}
