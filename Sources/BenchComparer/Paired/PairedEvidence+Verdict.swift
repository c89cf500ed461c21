import BenchModel
import BenchStatistics

extension PairedProgress {
  /// The row of one series, if no more than `rounds` rounds are to be had.
  func row(_ index: Int, rounds: Int, last: PairedLook) -> ComparisonRow? {
    let trial = trials[index]
    guard let metric = trial.metric else { return nil }
    let count = trial.isGate ? judgedCount : 1
    let scale = DetectionScale(
      floor: trial.floor, level: last.share * trial.rule.alpha / count, lastRounds: last.rounds)
    let (answer, used) = answer(index, rounds: rounds, scale: scale)
    return ComparisonRow(
      key: trial.series.key, metric: metric, source: trial.series.source,
      base: trial.series.data(of: \.base, rounds: used).flatMap(SideSummary.init),
      head: trial.series.data(of: \.head, rounds: used).flatMap(SideSummary.init),
      answer: answer, mode: .paired)
  }

  /// The answer and how many rounds it stands on.
  private func answer(
    _ index: Int, rounds: Int, scale: DetectionScale
  ) -> (ComparisonRow.Answer, rounds: Int) {
    let trial = trials[index]
    let available = min(rounds, trial.series.rounds.count)
    switch trial.standing {
    case .notJudged(let reason): return (.notJudged(reason), available)
    case .identical: return (.judged(.identicalCode(nil)), available)
    case .judged: break
    }
    if let decision = decision(on: index) {
      return (.judged(verdict(decision, of: trial, scale)), decision.rounds ?? available)
    }
    guard available > 1, let evidence = trial.evidence(rounds: available) else {
      return (.notJudged(.oneProcess(side: .both)), available)
    }
    return (.judged(verdict(open: evidence, of: trial, scale)), available)
  }

  private func verdict(
    _ decision: Decision, of trial: PairedTrial, _ scale: DetectionScale
  ) -> Verdict {
    switch decision {
    case .exact(let range):
      return exactVerdict(range, of: trial)
    case .unchanged(let ranks):
      let change = ranks.change(scale: scale)
      return contaminated.isEmpty
        ? .noChange(change, largerThan: change.largestEnd)
        : .cannotTell(change, moreProcesses: nil)
    case .moved(let direction, let level, let evidence):
      let change = evidence.conviction(direction, floor: trial.floor, level: level, scale: scale)
      guard contaminated.isEmpty else { return .cannotTell(change, moreProcesses: nil) }
      if trial.isLayoutOrMachine(change) { return .layoutOrMachine(change) }
      return direction == .worse ? .slower(change) : .faster(change)
    }
  }

  /// As at the last look: what was not decided with twice the floor is left open.
  private func verdict(
    open evidence: PairedEvidence, of trial: PairedTrial, _ scale: DetectionScale
  ) -> Verdict {
    switch evidence {
    case .range(let range) where !range.varies:
      return exactVerdict(range, of: trial)
    case .range(let range):
      let change = range.change
      let isWithin = contaminated.isEmpty && change.largestEnd <= 2 * trial.rule.floor
      return isWithin
        ? .noChange(change, largerThan: change.largestEnd)
        : .cannotTell(change, moreProcesses: nil)
    case .ranks(let ranks):
      let change = ranks.change(scale: scale)
      guard contaminated.isEmpty else { return .cannotTell(change, moreProcesses: nil) }
      let reach = max(abs(ranks.interval.lowerBound), abs(ranks.interval.upperBound))
      return reach < 2 * trial.floor
        ? .noChange(change, largerThan: change.largestEnd)
        : .cannotTell(change, moreProcesses: scale.moreRounds(ranks))
    }
  }

  /// By the one rule for values that chance does not touch, which a contaminated session does not either.
  private func exactVerdict(_ range: RangeEvidence, of trial: PairedTrial) -> Verdict {
    let untouched = Holm.stepDown([1], alpha: trial.rule.alpha)[0]
    return Evidence.range(range).finding(untouched, rule: trial.rule).verdict
  }
}

extension PairedProgress.Decision {
  /// How many rounds it stands on; `nil` where that does not matter.
  fileprivate var rounds: Int? {
    switch self {
    case .moved(_, _, .ranks(let ranks)), .unchanged(let ranks): ranks.rounds
    case .moved(_, _, .range), .exact: nil
    }
  }
}

extension PairedEvidence {
  fileprivate func conviction(
    _ direction: Shift, floor: Double, level: Double, scale: DetectionScale
  ) -> Change {
    switch self {
    case .ranks(let ranks):
      ranks.conviction(direction, floor: floor, level: level, scale: scale)
    case .range(let range): range.change
    }
  }
}

extension PairedTrial {
  /// A duration that moved while the exact count of instructions did not; see `UnchangedWork`.
  fileprivate func isLayoutOrMachine(_ change: Change) -> Bool {
    guard let metric, UnchangedWork.applies(to: metric),
      abs(change.estimate) < UnchangedWork.largestMove,
      let before = series.base?.counters?.instructions,
      let after = series.head?.counters?.instructions
    else { return false }
    return UnchangedWork.isUnchanged(from: before, to: after)
  }
}

extension Change {
  var largestEnd: Double { max(abs(lower), abs(upper)) }
}
