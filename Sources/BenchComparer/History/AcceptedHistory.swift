package import BenchModel

/// What people have accepted, as one line of commits shows it: which change points were taken, and
/// what lies elsewhere.
package struct AcceptedHistory: Sendable {
  private let known: [SeriesKey: [Acceptance]]
  private let positions: [String: Int]
  private let today: Day

  /// `today` decides what is over.
  package init(_ acceptances: [Acceptance], on line: CommitLine, today: Day) {
    known = Dictionary(grouping: acceptances, by: \.series)
    positions = Dictionary(
      line.commits.enumerated().map { ($0.element.commit.hash, $0.offset) },
      uniquingKeysWith: { first, _ in first })
    self.today = today
  }

  /// Every acceptance of a series.
  package func acceptances(of series: SeriesKey) -> [Acceptance] { known[series] ?? [] }

  /// The commit at or before which the change happened, as an index in the line's commits; `nil`
  /// where it is not on the line.
  package func position(of acceptance: Acceptance) -> Int? { positions[acceptance.to] }

  /// The acceptance that speaks of a change point, if one does: of a change for the worse somewhere
  /// in the commits in which the step may lie.
  package func accepted(_ change: ChangePoint, of history: SeriesHistory) -> AcceptedChange? {
    guard change.change.estimate > 0, let all = known[history.key] else { return nil }
    return AcceptedChange.foremost(
      of: all.filter { speaks($0, of: change) }, taking: change.change.lower,
      tolerance: history.metric.tolerance, on: today)
  }

  /// Both lie after one commit and at or before another; they may be the same change where these
  /// stretches overlap.
  private func speaks(_ acceptance: Acceptance, of change: ChangePoint) -> Bool {
    guard let last = positions[acceptance.to] else { return false }
    let before = positions[acceptance.from] ?? last - 1
    return max(before, change.lastBefore) < min(last, change.firstAfter)
  }
}
