import BenchStatistics

/// The levels between cuts, and how sure they are: means of clipped values with the scatter of all
/// of them, wider where neighbours are correlated.
struct LevelEstimates {
  let levels: [Level]
  private let scale: HistoryScale
  private let means: [Double]
  /// Half of a 95 % interval for the mean of one value.
  private let reach: Double
  private let counts: [Double]

  init(history: JudgedHistory, cuts: [Int]) {
    let bounds = [0] + cuts + [history.count]
    let ranges =
      history.count == 0 ? [] : bounds.indices.dropLast().map { bounds[$0]..<bounds[$0 + 1] }
    let means = ranges.map { history.clipped.mean($0) }
    let squares = ranges.reduce(0) { $0 + history.clipped.squaredDistances($1) }
    let free = Double(history.count - ranges.count)
    let correlation = history.noise.correlation
    // A mean of n correlated values is worth n(1 − ρ) ÷ (1 + ρ).
    let inflation = ((1 + correlation) / (1 - correlation)).squareRoot()
    let deviation = free > 0 ? (squares / free).squareRoot() * inflation : 0
    let reach =
      free > 0 ? StudentT(degreesOfFreedom: free).upperQuantile(0.025) * deviation : 0
    levels = zip(ranges, means).map { range, mean in
      let half = reach / Double(range.count).squareRoot()
      let interval = history.scale.range(mean - half, mean + half)
      return Level(
        points: history.points(range), value: history.scale.value(mean),
        lower: interval.lowerBound, upper: interval.upperBound)
    }
    scale = history.scale
    self.means = means
    self.reach = reach
    counts = ranges.map { Double($0.count) }
  }

  /// The shift from the level before `number` to it.
  func shift(to number: Int) -> RelativeShift {
    let before = means[number - 1]
    let difference = means[number] - before
    let half = reach * (1 / counts[number - 1] + 1 / counts[number]).squareRoot()
    return RelativeShift(
      estimate: scale.relative(difference, from: before),
      lower: scale.relative(difference - half, from: before),
      upper: scale.relative(difference + half, from: before),
      zero: ZeroChange(from: levels[number - 1].value, to: levels[number].value))
  }
}
