/// One session of a series as a chart draws it. Values are in the metric's unit.
struct ChartPoint: Sendable, Hashable {
  /// The commit's index in the line of commits; sessions of one commit stand beside each other
  /// within a third of the way to the next.
  let position: Double
  let median: Double
  /// The interval of the median.
  let interval: ClosedRange<Double>
  let quartiles: ClosedRange<Double>
  /// One number a process.
  let processes: [Double]
  /// Measured with uncommitted changes, or interrupted: drawn hollow.
  let isHollow: Bool
  /// Off its neighbours, without the level having changed.
  let isOutlier: Bool
  /// Beside a change point, or the latest: never thinned out.
  let isEdge: Bool

  var commit: Int { Int(position.rounded()) }
}

/// A stretch of commits at one level, or from one level to another where it drifts.
struct ChartLevel: Sendable, Hashable {
  let positions: ClosedRange<Double>
  let start: Double
  let end: Double
}

/// A step between two levels. It happened after the commit at `after`, and at the latest in the one
/// at `by`.
struct ChartStep: Sendable, Hashable {
  let after: Int
  let by: Int
  /// Counted from 1, as the list below the chart counts.
  let number: Int
  /// The value grew, which is good or bad as the metric has it.
  let isUp: Bool
  let isWorse: Bool

  var middle: Double { Double(after + by) / 2 }
}

/// What people want to find again beside the values: a release, a baseline, an accepted change.
struct ChartMark: Sendable, Hashable {
  let position: Int
  let label: String
}
