import BenchModel
import BenchStatistics

/// The part of a series that is judged: one value for each commit, from its clean sessions, on the
/// scale where higher is worse.
struct JudgedHistory {
  let metric: Metric
  let scale: HistoryScale
  /// One value for each judged commit, in the order of the line.
  let values: [Double]
  /// The same values, with outliers pulled back to what their neighbours allow.
  private(set) var clipped: [Double]
  let outliers: [RunningClip.Outlier]
  /// The cuts of a series that chance does not touch; `nil` where it does.
  let exactCuts: [Int]?
  let noise: SerialNoise
  /// The index of each value's commit in the line.
  let commits: [Int]
  /// The index of each value's first session among the points.
  private let firstPoints: [Int]
  private let pointCount: Int
  /// Permutations of the same series are the same every time, and those of different series are
  /// not.
  let seed: UInt64

  init(_ series: MeasuredSeries, points: [SessionSummary]) {
    var groups: [(commit: Int, first: Int, medians: [Double])] = []
    // What lies uncommitted on top of a commit is no commit of the line, and a duration of zero is
    // no result.
    for (index, point) in points.enumerated()
    where !point.location.isDirty && point.median.isFinite
      && !series.metric.isTooShort(point.processes)
    {
      if groups.last?.commit == point.commit {
        groups[groups.count - 1].medians.append(point.median)
      } else {
        groups.append((point.commit, index, [point.median]))
      }
    }
    metric = series.metric
    let centers = groups.map { Quantile.median($0.medians) }
    scale = HistoryScale(centers, direction: series.metric.direction)
    values = centers.map { [scale] in scale($0) }
    commits = groups.map(\.commit)
    firstPoints = groups.map(\.first)
    pointCount = points.count
    seed = Self.hash(series)
    if let exact = Self.exactLevels(values, of: series.metric, scale) {
      clipped = exact.values
      outliers = exact.outliers.map { RunningClip.Outlier(index: $0, expected: exact.values[$0]) }
      exactCuts = exact.cuts
      noise = SerialNoise([])
      return
    }
    let raw = SerialNoise(values)
    let clip = RunningClip(values, noise: raw.surely(count: values.count).deviation)
    clipped = clip.values
    outliers = clip.outliers
    exactCuts = nil
    noise = clip.outliers.isEmpty ? raw : SerialNoise(clip.values)
  }

  private static func exactLevels(
    _ values: [Double], of metric: Metric, _ scale: HistoryScale
  ) -> ExactLevels? {
    guard let tolerance = metric.tolerance else { return nil }
    return ExactLevels(values) { !scale.exceeds($1 - $0, floor: tolerance, from: $0) }
  }

  /// The same history with the values of some stretches at another level.
  func levelled(_ excursions: [ExcursionSearch.Finding]) -> JudgedHistory {
    var history = self
    for excursion in excursions {
      for index in excursion.range { history.clipped[index] = excursion.level }
    }
    return history
  }

  var count: Int { values.count }

  /// The points between two judged commits; the last stretch takes what follows.
  func points(_ range: Range<Int>) -> Range<Int> {
    firstPoints[range.lowerBound]..<end(range.upperBound)
  }

  func firstPoint(_ index: Int) -> Int { firstPoints[index] }

  private func end(_ index: Int) -> Int {
    index == count ? pointCount : firstPoints[index]
  }

  /// How much a lasting change must be to be told: an exact metric's own tolerance, or the rule's
  /// floor.
  func floor(_ rule: HistoryRule) -> Double { metric.tolerance ?? rule.floor }

  /// The noise about the levels between some cuts.
  func noise(about cuts: [Int]) -> SerialNoise {
    let bounds = [0] + cuts + [count]
    let residuals = bounds.indices.dropLast().flatMap { index in
      let range = bounds[index]..<bounds[index + 1]
      let mean = clipped.mean(range)
      return range.map { clipped[$0] - mean }
    }
    return SerialNoise(residuals: residuals, levels: bounds.count - 1)
  }

  /// FNV-1a over the series' name and machine.
  private static func hash(_ series: MeasuredSeries) -> UInt64 {
    let name = "\(series.key) \(series.version) \(series.machine.cpuModel)"
    return name.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }
}

extension [Double] {
  /// The mean of a stretch that is not empty.
  func mean(_ range: Range<Int>) -> Double {
    var sum = 0.0
    for index in range { sum += self[index] }
    return sum / Double(range.count)
  }

  /// The squared distances from a stretch's mean.
  func squaredDistances(_ range: Range<Int>) -> Double {
    let mean = mean(range)
    var sum = 0.0
    for index in range { sum += (self[index] - mean) * (self[index] - mean) }
    return sum
  }
}
