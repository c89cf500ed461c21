package import BenchComparer
package import BenchModel

/// A series as `trend` shows it, without its points: a row is made of each history as it streams
/// by.
package struct TrendRow: Sendable, Hashable {
  package let key: SeriesKey
  package let metric: Metric
  package let version: Int
  package let machine: MachineClass
  /// How many measured commits the series has.
  package let commits: Int
  /// Medians one after another, averaged to no more than a wide line of text shows.
  package let course: [Double]
  package let latest: SessionSummary
  package let latestCommit: Commit
  /// How many measured commits of the line came after its latest.
  package let behind: Int
  /// The shift from the first level to the last; `nil` where it has always been one level.
  package let overall: RelativeShift?
  /// What happened, latest first.
  package let events: [HistoryEvent]
  /// See `SeriesHistory.commitsUntilTold`.
  package let commitsUntilTold: Int
  /// See `SeriesHistory.isOrderKnown`.
  package let isOrderKnown: Bool

  /// - Returns: `nil` for a series without points.
  package init?(
    _ history: SeriesHistory, on line: CommitLine, accepted: AcceptedHistory? = nil
  ) {
    guard let latest = history.points.last else { return nil }
    key = history.key
    metric = history.metric
    version = history.version
    machine = history.machine
    commits = Set(history.points.map(\.commit)).count
    course = DotStrip.averages(of: history.points.map(\.median), atMost: 24)
    self.latest = latest
    latestCommit = line.commits[latest.commit].commit
    behind = line.commits.count - 1 - latest.commit
    events = HistoryEvent.all(of: history, on: line, accepted: accepted)
    commitsUntilTold = history.commitsUntilTold
    isOrderKnown = history.isOrderKnown
    overall = Self.overall(history)
  }

  private static func overall(_ history: SeriesHistory) -> RelativeShift? {
    guard let first = history.levels.first, let last = history.levels.last,
      history.levels.count > 1, first.value != 0, last.value != 0
    else { return history.drifts.last.flatMap { $0.change.zero == nil ? $0.change : nil } }
    // Relative to the better of two, as all changes are: a rate that halves is 100 % slower.
    func change(_ before: Double, _ after: Double) -> Double {
      history.metric.direction == .lower ? after / before - 1 : before / after - 1
    }
    return RelativeShift(
      estimate: change(first.value, last.value), lower: change(first.upper, last.lower),
      upper: change(first.lower, last.upper))
  }

  /// Lasting changes: shifts and drifts.
  package var lasting: [HistoryEvent] { events.filter { [.shift, .drift].contains($0.kind) } }

  /// What a line about it tells: all but outliers.
  package var told: [HistoryEvent] { events.filter { $0.kind != .outlier } }

  /// Whether nothing was found because there are too few commits.
  package var isTooShort: Bool { told.isEmpty && isOrderKnown && commitsUntilTold > 0 }

  /// Whether nothing was found, and something could have been.
  package var isSteady: Bool { told.isEmpty && isOrderKnown && commitsUntilTold == 0 }

  /// `too short to tell: 4 more commits`; `nil` where a change would have been seen.
  package var untold: String? {
    guard told.isEmpty, !isSteady else { return nil }
    return isOrderKnown
      ? "too short to tell: \(English.count(commitsUntilTold, "more commit"))"
      : "nothing told: the order of the commits is not known"
  }

  /// Orders rows that changed before those that did not, the worst latest change first.
  package static func isWorse(_ left: TrendRow, _ right: TrendRow) -> Bool {
    let (one, other) = (left.lasting.first?.change.estimate, right.lasting.first?.change.estimate)
    switch (one, other) {
    case (let one?, let other?) where one != other: return one > other
    case (_?, nil): return true
    case (nil, _?): return false
    default: return left.key < right.key
    }
  }
}
