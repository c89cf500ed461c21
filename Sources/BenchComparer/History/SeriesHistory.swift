package import BenchModel

/// A series over commits, and what happened to it: what `trend`, `changes` and the page show of it.
package struct SeriesHistory: Sendable {
  package let key: SeriesKey
  package let metric: Metric
  /// The benchmark's version.
  package let version: Int
  package let machine: MachineClass
  package let source: SourceLocation?
  /// The sessions of the series, in the order of the commit line.
  package let points: [SessionSummary]
  /// Stretches between change points, oldest first; together they cover all points that are judged.
  /// Empty where there is nothing to judge.
  package let levels: [Level]
  /// The shifts of the level, oldest first: one fewer than the levels.
  package let changePoints: [ChangePoint]
  package let outliers: [Outlier]
  /// Stretches on which it moved steadily though no single step explains it, oldest first.
  package let drifts: [Drift]
  /// Stretches of a few commits on which it was off its level, oldest first.
  package let excursions: [Excursion]
  /// How many more commits it takes until a change of the level could be told at all; 0 where it
  /// can be, and 'steady' is a claim.
  package let commitsUntilTold: Int
  /// Whether it is known which commit follows which: without that nothing can be told.
  package let isOrderKnown: Bool

  package init(
    key: SeriesKey, metric: Metric, version: Int, machine: MachineClass, source: SourceLocation?,
    points: [SessionSummary], levels: [Level] = [], changePoints: [ChangePoint] = [],
    outliers: [Outlier] = [], drifts: [Drift] = [], excursions: [Excursion] = [],
    commitsUntilTold: Int = 0, isOrderKnown: Bool = true
  ) {
    self.key = key
    self.metric = metric
    self.version = version
    self.machine = machine
    self.source = source
    self.points = points
    self.levels = levels
    self.changePoints = changePoints
    self.outliers = outliers
    self.drifts = drifts
    self.excursions = excursions
    self.commitsUntilTold = commitsUntilTold
    self.isOrderKnown = isOrderKnown
  }

  /// Whether a change would have been seen if there had been one.
  package var canBeTold: Bool { isOrderKnown && commitsUntilTold == 0 }

  /// Whether nothing happened to it, and something could have been seen.
  package var isSteady: Bool {
    changePoints.isEmpty && drifts.isEmpty && excursions.isEmpty && canBeTold
  }
}

/// A stretch of points that share one level.
package struct Level: Sendable, Hashable {
  /// Indices into `SeriesHistory.points`.
  package let points: Range<Int>
  /// The mean of the level in the metric's unit, with its 95 % interval.
  package let value: Double
  package let lower: Double
  package let upper: Double

  package init(points: Range<Int>, value: Double, lower: Double, upper: Double) {
    self.points = points
    self.value = value
    self.lower = lower
    self.upper = upper
  }
}

/// A lasting shift of the level, somewhere within an interval of commits.
package struct ChangePoint: Sendable, Hashable {
  /// Index into `SeriesHistory.points`: the first one at the new level.
  package let point: Int
  /// The interval of commits, as indices in `CommitLine.commits`: good at `lastBefore`, changed at
  /// `firstAfter`.
  package let lastBefore: Int
  package let firstAfter: Int
  package let before: Level
  package let after: Level
  package let change: RelativeShift
  /// The chance of such a step, at the best of all positions, if nothing had changed; for this
  /// series alone.
  package let pValue: Double
  /// Whether it is so recent that the sessions to come may still move or undo it.
  package let isProvisional: Bool

  package init(
    point: Int, lastBefore: Int, firstAfter: Int, before: Level, after: Level,
    change: RelativeShift,
    pValue: Double, isProvisional: Bool
  ) {
    self.point = point
    self.lastBefore = lastBefore
    self.firstAfter = firstAfter
    self.before = before
    self.after = after
    self.change = change
    self.pValue = pValue
    self.isProvisional = isProvisional
  }
}

/// A single value far off its neighbours, after which the series went on as before.
package struct Outlier: Sendable, Hashable {
  /// Index into `SeriesHistory.points`.
  package let point: Int
  /// What its neighbours say it should have been, in the metric's unit.
  package let expected: Double
  /// Relative to `expected`, positive is worse.
  package let deviation: Double
  /// Whether it lies so near the end of the series that it may still become a change.
  package let isProvisional: Bool

  package init(point: Int, expected: Double, deviation: Double, isProvisional: Bool) {
    self.point = point
    self.expected = expected
    self.deviation = deviation
    self.isProvisional = isProvisional
  }
}

/// A slope that no step explains.
package struct Drift: Sendable, Hashable {
  /// Indices into `SeriesHistory.points`: the stretch on which it moves.
  package let points: Range<Int>
  /// The change over the whole stretch.
  package let change: RelativeShift
  /// Fitted values at the stretch's ends, in the metric's unit.
  package let start: Double
  package let end: Double
  /// Whether the stretch reaches the latest point.
  package let isOngoing: Bool

  package init(
    points: Range<Int>, change: RelativeShift, start: Double, end: Double, isOngoing: Bool
  ) {
    self.points = points
    self.change = change
    self.start = start
    self.end = end
    self.isOngoing = isOngoing
  }
}

/// A few commits off the level, after which the series went on as before.
package struct Excursion: Sendable, Hashable {
  /// Indices into `SeriesHistory.points`: the stretch that was off.
  package let points: Range<Int>
  /// The level around it, and its own, in the metric's unit.
  package let level: Double
  package let value: Double
  /// Whether it ended so recently that the sessions to come may still undo its end.
  package let isProvisional: Bool
  /// Relative to the level around it.
  package let change: RelativeShift

  package init(
    points: Range<Int>, level: Double, value: Double, isProvisional: Bool, change: RelativeShift
  ) {
    self.points = points
    self.level = level
    self.value = value
    self.isProvisional = isProvisional
    self.change = change
  }
}
