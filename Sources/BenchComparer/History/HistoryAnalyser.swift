package import BenchModel
import BenchStatistics

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Says of one series after another what happened to it: level shifts, excursions, outliers and
/// drifts told apart.
///
/// Single wild values are clipped, the rest is cut by penalised least squares, and each cut must
/// stand a permutation test that pays for having been searched for. Every series is judged at its
/// share of the family's level, so that all of them together are wrong once in 1 ÷ `rule.alpha`
/// databases in which nothing changed.
package struct HistoryAnalyser: Sendable {
  package let rule: HistoryRule
  private let alpha: Double
  private let isOrderKnown: Bool

  /// `family`: how many series are judged together;
  /// `isOrderKnown`: whether it is known which session follows which.
  package init(family: Int, rule: HistoryRule = HistoryRule(), isOrderKnown: Bool = true) {
    self.rule = rule
    self.isOrderKnown = isOrderKnown
    alpha = rule.alpha / Double(max(family, 1))
  }

  /// Finds the levels of a series, the shifts between them, its outliers and its drifts.
  ///
  /// - Parameter series: its sessions in the order of the commit line.
  /// - Returns: the same sessions, summarised, with what happened to the series.
  package func analyse(_ series: MeasuredSeries) -> SeriesHistory {
    let points = series.sessions.map(SessionSummary.init)
    guard isOrderKnown else {
      return SeriesHistory(
        key: series.key, metric: series.metric, version: series.version, machine: series.machine,
        source: series.source, points: points, isOrderKnown: false)
    }
    let history = JudgedHistory(series, points: points)
    let penalty = penalty(history)
    let candidates = history.exactCuts ?? candidates(history, penalty: penalty)
    let steps = StepSelection(history: history, rule: rule, alpha: alpha).steps(among: candidates)
    let search = DriftSearch(
      history: history, rule: rule, alpha: alpha, penalty: penalty, candidates: candidates)
    let (drifts, stepped) = search.search(steps.map(\.index))
    let (excursions, cuts) = ExcursionSearch(history: history, rule: rule).search(stepped)
    let levels = LevelEstimates(history: history.levelled(excursions), cuts: cuts)
    return SeriesHistory(
      key: series.key, metric: series.metric, version: series.version, machine: series.machine,
      source: series.source, points: points, levels: levels.levels,
      changePoints: changePoints(steps.filter { cuts.contains($0.index) }, history, levels),
      outliers: outliers(history), drifts: drifts.map { drift($0, history) },
      excursions: excursions.map { excursion($0, history) },
      commitsUntilTold: commitsUntilTold(history))
  }

  /// 3 log n long-run variances a cut: above the 2 log n of Yao's criterion (Statistics &
  /// Probability Letters 6, 1988), since what is cut too often has to be tested.
  ///
  /// A few values know their correlation badly, and may not forbid a cut for one that chance made
  /// up: what counts is a correlation that is surely there.
  private func penalty(_ history: JudgedHistory) -> Double {
    let deviation = history.noise.surely(count: history.count).longRunDeviation
    return 3 * log(Double(max(history.count, 2))) * deviation * deviation
  }

  private func candidates(_ history: JudgedHistory, penalty: Double) -> [Int] {
    guard history.noise.deviation > 0 else { return [] }
    return Segmentation.cuts(
      history.clipped, penalty: penalty, minimumLength: rule.minimumSegment)
  }

  private func changePoints(
    _ steps: [StepSelection.Step], _ history: JudgedHistory, _ levels: LevelEstimates
  ) -> [ChangePoint] {
    steps.enumerated().map { number, step in
      ChangePoint(
        point: history.firstPoint(step.index), lastBefore: history.commits[step.index - 1],
        firstAfter: history.commits[step.index], before: levels.levels[number],
        after: levels.levels[number + 1], change: levels.shift(to: number + 1),
        pValue: step.pValue,
        isProvisional: number == steps.count - 1 && history.count - step.index < rule.settledAfter)
    }
  }

  private func outliers(_ history: JudgedHistory) -> [Outlier] {
    history.outliers.compactMap { outlier in
      let difference = history.values[outlier.index] - outlier.expected
      let floor = history.floor(rule)
      guard history.scale.exceeds(difference, floor: floor, from: outlier.expected) else {
        return nil
      }
      return Outlier(
        point: history.firstPoint(outlier.index), expected: history.scale.value(outlier.expected),
        deviation: history.scale.relative(difference, from: outlier.expected),
        isProvisional: outlier.index > history.count - rule.minimumSegment)
    }
  }

  private func excursion(
    _ found: ExcursionSearch.Finding, _ history: JudgedHistory
  ) -> Excursion {
    let own = found.level + found.height
    let (level, value) = (history.scale.value(found.level), history.scale.value(own))
    let change = history.scale.relative(found.height, from: found.level)
    return Excursion(
      points: history.points(found.range), level: level, value: value,
      isProvisional: history.exactCuts == nil
        && history.count - found.range.upperBound < rule.settledAfter,
      change: RelativeShift(
        estimate: change, lower: change, upper: change, zero: ZeroChange(from: level, to: value)))
  }

  /// How many more commits it takes until any step could be told: as many as have enough
  /// arrangements for the level of this series, however large the step.
  private func commitsUntilTold(_ history: JudgedHistory) -> Int {
    let least =
      history.exactCuts != nil
      ? 2
      : (2 * rule.minimumSegment...Self.mostNeeded)
        .first { StepTest.leastPossible(count: $0) <= alpha } ?? Self.mostNeeded
    return max(0, least - history.count)
  }

  /// Whatever the level, so many values have enough arrangements.
  private static let mostNeeded = 170

  private func drift(_ drift: DriftSearch.Finding, _ history: JudgedHistory) -> Drift {
    let length = Double(drift.moving.count - 1)
    func change(_ slope: Double) -> Double {
      history.scale.relative(slope * length, from: drift.start)
    }
    let start = history.scale.value(drift.start)
    let end = history.scale.value(drift.start + drift.slope * length)
    return Drift(
      points: history.points(drift.moving),
      change: RelativeShift(
        estimate: change(drift.slope), lower: change(drift.interval.lowerBound),
        upper: change(drift.interval.upperBound), zero: ZeroChange(from: start, to: end)),
      start: start, end: end,
      isOngoing: drift.moving.upperBound == history.count)
  }
}

/// The rule by which histories are judged; it travels with the result.
package struct HistoryRule: Sendable, Hashable {
  /// The chance that a change point or drift is found in any of all series although none of them
  /// changed.
  package let alpha: Double
  /// Smaller lasting changes are not reported: 0.03 is three per cent. A metric that is judged
  /// exactly has its own tolerance instead.
  package let floor: Double
  /// A level holds for at least so many commits.
  package let minimumSegment: Int
  /// A change point is provisional while fewer commits than this were measured after it.
  package let settledAfter: Int
  /// A drift takes at least so many measured commits: of shorter ones two steps close to each other
  /// can't be told, and a step says where to look.
  package let minimumDrift: Int
  /// Steps that are taken back within so many measured commits are an excursion.
  package let longestExcursion: Int

  package init(
    alpha: Double = 0.05, floor: Double = 0.03, minimumSegment: Int = 3, settledAfter: Int = 6,
    minimumDrift: Int = 30, longestExcursion: Int = 15
  ) {
    self.alpha = alpha
    self.floor = floor
    self.minimumSegment = minimumSegment
    self.settledAfter = settledAfter
    self.minimumDrift = minimumDrift
    self.longestExcursion = longestExcursion
  }
}
