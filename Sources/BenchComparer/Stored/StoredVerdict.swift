import BenchModel
import BenchStatistics

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What a test of stored sessions found, and the verdict that follows: the rule that says 'slower'
/// of a stored comparison. `PairedProgress` has the rule of a paired one.
struct StoredVerdict {
  /// The change with the interval widened for the whole comparison.
  let widened: Change
  /// The change with the row's own interval.
  let own: Change
  /// The test found a difference beyond the floor at the level of the whole comparison.
  let convicts: Bool
  /// It did at the row's own level, and found at least one no smaller than the floor.
  let suspects: Bool
  /// A change inside ± this counts as none.
  let equivalence: Double
  /// How many more processes a side would convict a suspect, and how many would decide either way.
  let moreToConvict: () -> Int?
  let moreToDecide: () -> Int?

  var verdict: Verdict {
    let isWorse = widened.estimate > 0
    if convicts { return isWorse ? .slower(widened) : .faster(widened) }
    if suspects {
      let more = moreToConvict()
      return isWorse
        ? .suspectedSlower(own, moreProcesses: more) : .suspectedFaster(own, moreProcesses: more)
    }
    let largest = max(abs(widened.lower), abs(widened.upper))
    return largest <= equivalence
      ? .noChange(widened, largerThan: largest)
      : .inconclusive(widened, moreProcesses: moreToDecide())
  }
}

extension Evidence {
  /// What the evidence amounts to. `decision` is what Holm's procedure says of the row among all
  /// judged gate series, or of a shown row alone.
  func storedVerdict(_ decision: Holm.Decision, rule: ComparisonRule) -> StoredVerdict {
    switch self {
    case .shift(let shift): shift.storedVerdict(decision, rule: rule)
    case .range(let range): range.storedVerdict(decision, rule: rule)
    }
  }
}

extension ShiftEvidence {
  /// Suspects where the row's own interval excludes no change and the estimate clears the floor.
  /// Convicts where the widened interval clears the floor as well, and sessions of identical code
  /// show that they do not do such a thing by themselves.
  fileprivate func storedVerdict(_ decision: Holm.Decision, rule: ComparisonRule) -> StoredVerdict {
    let own = change(tail: rule.alpha, rule: rule)
    let distance = abs(shift.estimate)
    let toClear = log1p(rule.margin) - distance
    return StoredVerdict(
      widened: change(tail: decision.level, rule: rule), own: own,
      convicts: decision.isRejected,
      suspects: distance >= log1p(rule.floor) && (own.lower > 0 || own.upper < 0),
      equivalence: rule.margin, moreToConvict: { nil },
      moreToDecide: { moreProcesses(toReach: toClear, tail: decision.level) })
  }
}

extension RangeEvidence {
  /// Exact values that do not vary convict by any difference beyond the tolerance. Those that do
  /// must lie apart altogether, by so much or in so many processes that chance does not do that.
  /// Statistical ones never convict, and show no change only where all are the same.
  fileprivate func storedVerdict(_ decision: Holm.Decision, rule: ComparisonRule) -> StoredVerdict {
    let shown = canConvict ? change : change.detectingNothing
    let liesApart = lower > tolerance || upper < -tolerance
    return StoredVerdict(
      widened: shown, own: shown,
      convicts: canConvict
        && (varies ? liesApart && decision.isRejected : abs(estimate) > tolerance),
      suspects: varies && liesApart && pValue <= rule.alpha,
      equivalence: !canConvict ? 0 : varies ? rule.margin : .infinity,
      moreToConvict: { moreProcesses(level: decision.level) },
      moreToDecide: { moreProcesses(level: decision.level) })
  }
}

extension Change {
  /// The same where no change, however large, would have convicted.
  fileprivate var detectingNothing: Change {
    Change(estimate: estimate, lower: lower, upper: upper, smallestDetectable: nil, zero: zero)
  }
}
