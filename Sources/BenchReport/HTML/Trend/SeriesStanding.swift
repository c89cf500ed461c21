import BenchComparer
import BenchModel

/// How one series stands against where it stood at a commit, by its change points and drifts since then.
struct SeriesStanding: Sendable {
  /// From the level before the first change since that commit to the last, relative, positive is worse; `nil` where nothing changed.
  let change: LevelShift?
  /// The change that a reader is told of: the one that moved the level most in the direction of the whole.
  let step: ChangePoint?
  /// The same where no step explains the change.
  let drift: Drift?
  /// Of a change for the worse: a later one took all but a fifth of it back, or more.
  let isUndone: Bool

  enum Kind: Sendable, Hashable { case worse, undone, better, unchanged, unjudged }
  let kind: Kind

  /// `since` is an index in the line's commits; changes that were there by then do not count.
  init(_ history: SeriesHistory, since: Int) {
    let changes = history.changePoints.filter { $0.firstAfter > since }
    let worst = changes.filter { $0.change.estimate > 0 }
      .max { $0.change.estimate < $1.change.estimate }
    let best = changes.min { $0.change.estimate < $1.change.estimate }
    let drift = history.drifts.last {
      $0.isOngoing && history.points[$0.points.upperBound - 1].commit > since
    }
    self.drift = drift
    let whole = changes.reduce(1.0) { $0 * (1 + $1.change.estimate) } - 1

    if let worst {
      step = worst
      isUndone = whole < worst.change.estimate / 5
      kind = isUndone ? .undone : .worse
    } else if let best {
      (step, isUndone, kind) = (best, false, .better)
    } else {
      (step, isUndone) = (nil, false)
      kind =
        history.levels.isEmpty
        ? .unjudged
        : drift.map { $0.change.estimate > 0 ? .worse : .better } ?? .unchanged
    }
    change = step?.change ?? drift?.change
  }
}
