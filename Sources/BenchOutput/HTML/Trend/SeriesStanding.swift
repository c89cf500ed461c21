import BenchComparer
import BenchModel
import Foundation

/// How one series stands against where it stood at a commit, by its change points and drifts since
/// then.
struct SeriesStanding: Sendable {
  /// The shift from the level before the first change since that commit to the last level; `nil`
  /// where nothing changed.
  let change: RelativeShift?
  /// The change that a reader is told of: the one that moved the level most in the direction of the
  /// whole.
  let step: ChangePoint?
  /// The same where no step explains the change.
  let drift: Drift?
  /// Whether a change for the worse was taken back by a later one, all but a fifth of it or more.
  let isUndone: Bool

  /// What all changes since then come to where a change for the worse was followed or preceded by
  /// others; relative, positive is worse.
  let remains: Double?

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
      isUndone =
        worst.change.estimate.isFinite
        ? whole < worst.change.estimate / 5 : history.isBack(from: worst, since: changes.last)
      kind = isUndone ? .undone : .worse
    } else if let best {
      (step, isUndone, kind) = (best, false, .better)
    } else {
      (step, isUndone) = (nil, false)
      kind =
        history.levels.isEmpty || !history.canBeTold
        ? .unjudged
        : drift.map { $0.change.estimate > 0 ? .worse : .better } ?? .unchanged
    }
    change = step?.change ?? drift?.change(since: since, in: history)
    remains = worst?.change.estimate.isFinite == true && changes.count > 1 ? whole : nil
  }
}

extension SeriesHistory {
  /// Whether the level after the last change is back where it was before `worst`, all but a fifth:
  /// for changes from or to zero, which have no ratio.
  fileprivate func isBack(from worst: ChangePoint, since last: ChangePoint?) -> Bool {
    let sign: Double = metric.direction == .lower ? 1 : -1
    let moved = sign * (worst.after.value - worst.before.value)
    let left = sign * ((last ?? worst).after.value - worst.before.value)
    return left < moved / 5
  }
}

extension Drift {
  /// The part of it that came after a commit, as if it had moved evenly.
  fileprivate func change(since: Int, in history: SeriesHistory) -> RelativeShift {
    let later = points.count { history.points[$0].commit > since }
    let share = Double(later) / Double(points.count)
    func part(_ whole: Double) -> Double { pow(1 + max(whole, -1), share) - 1 }
    return RelativeShift(
      estimate: part(change.estimate), lower: part(change.lower), upper: part(change.upper),
      zero: change.zero)
  }
}
