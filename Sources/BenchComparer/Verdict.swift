/// What can be said of a series that has data on both sides.
package enum Verdict: Sendable, Hashable {
  case slower(Change)
  case faster(Change)
  /// A stored comparison's suspicion: the row's own interval excludes no change, the one widened
  /// for the whole comparison does not.
  case suspectedSlower(Change, moreProcesses: Int?)
  case suspectedFaster(Change, moreProcesses: Int?)
  /// The interval lies within the margin; the bound is its largest end.
  case noChange(Change, largerThan: Double)
  /// `moreProcesses` a side would decide, where that can be estimated.
  case inconclusive(Change, moreProcesses: Int?)
  /// A paired duration moved by less than 5 % while the exact count of instructions stayed within
  /// 0.1 %.
  case layoutOrMachine(Change)
  /// A duration moved between sides that have one code layout each, and no exact count moved with
  /// it; `isCounted` says whether instructions were counted at all.
  case codeOrLayout(Change, isCounted: Bool)
  /// Both sides ran the same binary.
  case identicalCode(Change?)
}

extension Verdict {
  /// What it says, without its numbers.
  package var kind: AnswerKind {
    switch self {
    case .slower: .slower
    case .faster: .faster
    case .suspectedSlower: .suspectedSlower
    case .suspectedFaster: .suspectedFaster
    case .noChange: .noChange
    case .inconclusive: .inconclusive
    case .layoutOrMachine: .layoutOrMachine
    case .codeOrLayout: .codeOrLayout
    case .identicalCode: .identicalCode
    }
  }

  /// The change that it speaks of; `nil` where both sides ran the same bytes and none was
  /// estimated.
  package var change: Change? {
    switch self {
    case .slower(let change), .faster(let change), .layoutOrMachine(let change): change
    case .suspectedSlower(let change, _), .suspectedFaster(let change, _): change
    case .noChange(let change, _), .inconclusive(let change, _): change
    case .codeOrLayout(let change, _): change
    case .identicalCode(let change): change
    }
  }

  /// How many more processes a side would decide, where it is open and that can be estimated.
  package var moreProcesses: Int? {
    switch self {
    case .suspectedSlower(_, let more), .suspectedFaster(_, let more), .inconclusive(_, let more):
      more
    case .slower, .faster, .noChange, .layoutOrMachine, .codeOrLayout, .identicalCode: nil
    }
  }
}

/// A relative change with its interval. Positive is worse, whichever way the metric counts: 0.05 is
/// five per cent worse. It is infinite where something came of nothing, or a rate fell to nothing.
package struct Change: Sendable, Hashable {
  package let estimate: Double
  package let lower: Double
  package let upper: Double
  /// The smallest true change that this row would have found with 80 % power; `nil` where it would
  /// have found none, however large.
  package let smallestDetectable: Double?
  /// The values of a change from or to zero, of which no ratio says anything. Outputs give the
  /// values instead of the ratios then.
  package let zero: ZeroChange?

  package init(
    estimate: Double, lower: Double, upper: Double, smallestDetectable: Double?,
    zero: ZeroChange? = nil
  ) {
    self.estimate = estimate
    self.lower = lower
    self.upper = upper
    self.smallestDetectable = smallestDetectable.flatMap { $0.isFinite ? $0 : nil }
    self.zero = zero
  }
}
