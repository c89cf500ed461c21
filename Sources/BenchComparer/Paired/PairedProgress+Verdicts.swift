import BenchModel
import BenchStatistics

extension PairedProgress {
  /// The row of one series, if no more than `rounds` rounds are to be had.
  func row(_ index: Int, rounds: Int, last: PairedLook) -> ComparisonRow? {
    let judgement = judgements[index]
    guard let metric = judgement.metric else { return nil }
    let count = judgement.isGate ? judgedCount : 1
    let scale = DetectionScale(
      floor: judgement.floor, margin: judgement.margin,
      level: last.share * judgement.rule.alpha / count, tail: last.tail, lastRounds: last.rounds)
    let (answer, used) = answer(index, rounds: rounds, scale: scale)
    return ComparisonRow(
      key: judgement.series.key, metric: metric, source: judgement.series.source,
      base: judgement.series.data(of: \.base, rounds: used).flatMap(SideSummary.init),
      head: judgement.series.data(of: \.head, rounds: used).flatMap(SideSummary.init),
      answer: answer, mode: .paired, method: judgement.series.method)
  }

  /// The answer and how many rounds it stands on.
  private func answer(
    _ index: Int, rounds: Int, scale: DetectionScale
  ) -> (ComparisonRow.Answer, rounds: Int) {
    let judgement = judgements[index]
    let available = min(rounds, judgement.series.rounds.count)
    switch judgement.standing {
    case .notJudged(let reason): return (.notJudged(reason), available)
    case .identical: return (.judged(.identicalCode(nil)), available)
    case .judged: break
    }
    if let decision = decision(on: index) {
      return (.judged(verdict(decision, of: judgement, scale)), decision.rounds ?? available)
    }
    // What came after the latest look has not been looked at.
    let looked = min(available, latestLook?.rounds ?? available)
    let taken = looked == latestLook?.rounds ? evidence[index] : nil
    guard looked > 1, let evidence = taken ?? judgement.evidence(rounds: looked) else {
      return (.notJudged(.oneProcess(side: .both)), looked)
    }
    return (.judged(verdict(open: evidence, of: judgement, scale)), looked)
  }

  /// The range of fewer values a side says too little about where others may lie.
  private static let fewestOfRange = 6

  /// At the latest look, without what Holm's procedure would add at the last.
  private func convictionLevel(of judgement: PairedSeriesJudgement) -> Double {
    // A look that can't convict has an interval all the same.
    let share = latestLook.map { $0.share > 0 ? $0.share : $0.unchangedShare } ?? 1
    return share * judgement.rule.alpha / (judgement.isGate ? judgedCount : 1)
  }

  private func verdict(
    _ decision: Decision, of judgement: PairedSeriesJudgement, _ scale: DetectionScale
  ) -> Verdict {
    switch decision {
    case .exact(let range):
      return exactVerdict(range, of: judgement)
    case .unchanged(let ranks, let tail):
      let change = ranks.change(tail: tail, scale: scale)
      return contaminated.isEmpty
        ? .noChange(change, largerThan: change.largestEnd)
        : .inconclusive(change, moreProcesses: nil)
    case .moved(let direction, let level, let evidence):
      let change = evidence.conviction(
        direction, floor: judgement.floor, level: level, scale: scale)
      guard contaminated.isEmpty else { return .inconclusive(change, moreProcesses: nil) }
      if judgement.isLayoutOrMachine(change) { return .layoutOrMachine(change) }
      return judgement.corroborated(direction == .worse ? .slower(change) : .faster(change))
    }
  }

  /// What no look has decided is left open, with the interval at the level at which the latest one
  /// would have convicted.
  private func verdict(
    open evidence: PairedEvidence, of judgement: PairedSeriesJudgement, _ scale: DetectionScale
  ) -> Verdict {
    switch evidence {
    case .range(let range) where !range.varies:
      return exactVerdict(range, of: judgement)
    case .range(let range):
      let change = range.change
      let isWithin =
        contaminated.isEmpty && range.processes >= Self.fewestOfRange
        && change.largestEnd <= judgement.rule.margin
      return isWithin
        ? .noChange(change, largerThan: change.largestEnd)
        : .inconclusive(change, moreProcesses: nil)
    case .ranks(let ranks):
      if let verdict = counted(ranks, of: judgement, scale) { return verdict }
      let change = ranks.change(tail: convictionLevel(of: judgement), scale: scale)
      return .inconclusive(
        change, moreProcesses: contaminated.isEmpty ? scale.moreRounds(ranks) : nil)
    }
  }

  /// The verdict on an open series whose code certainly does other work, by the exact count of its
  /// instructions: time is asked once more, at the end, whether it went the same way.
  ///
  /// These series share α among themselves. Of unchanged code there are none, so that the chance
  /// of a false alarm stays what it is.
  private func counted(
    _ ranks: RankEvidence, of judgement: PairedSeriesJudgement, _ scale: DetectionScale
  ) -> Verdict? {
    guard contaminated.isEmpty, latestLook != nil else { return nil }
    let level = rule.alpha / Double(max(1, countedOtherwise))
    for direction in Shift.allCases where judgement.isCounted(direction) {
      guard ranks.pValue(direction, floor: judgement.floor) <= level else { continue }
      let change = ranks.conviction(
        direction, floor: judgement.floor, level: level, scale: scale)
      return judgement.corroborated(direction == .worse ? .slower(change) : .faster(change))
    }
    return nil
  }

  /// Judges by the one rule for values that chance does not touch, which a contaminated session
  /// does not either.
  private func exactVerdict(_ range: RangeEvidence, of judgement: PairedSeriesJudgement) -> Verdict
  {
    let untouched = Holm.stepDown([1], alpha: judgement.rule.alpha)[0]
    return Evidence.range(range).storedVerdict(untouched, rule: judgement.rule).verdict
  }
}

extension PairedProgress.Decision {
  /// How many rounds it stands on; `nil` where that does not matter.
  fileprivate var rounds: Int? {
    switch self {
    case .moved(_, _, .ranks(let ranks)), .unchanged(let ranks, _): ranks.rounds
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

extension PairedSeriesJudgement {
  /// Whether the instructions of its benchmark went that way by more than the floor.
  fileprivate func isCounted(_ direction: Shift) -> Bool {
    guard isGate, standing == .judged, let metric, metric.dependsOnLayout else {
      return false
    }
    return Corroboration(base: series.base?.counters, head: series.head?.counters)
      .shows(direction, beyond: floor)
  }

  var isCountedOtherwise: Bool { Shift.allCases.contains(where: isCounted) }

  /// What is left of a verdict on a side that has one layout only.
  fileprivate func corroborated(_ verdict: Verdict) -> Verdict {
    guard let metric, metric.dependsOnLayout, hasOneLayout else { return verdict }
    return Corroboration(base: series.base?.counters, head: series.head?.counters)
      .verdict(verdict)
  }

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
