import BenchModel

extension ComparisonCounts {
  /// Counts the gate series among `rows`, and how many others are shown.
  package init(of rows: [ComparisonRow]) {
    let gates = rows.filter(\.metric.isGate)
    let judged = gates.filter { $0.answer.verdict != nil }
    let verdicts = judged.filter { !$0.isAccepted }.compactMap(\.answer.verdict)
    func count(_ isCounted: (Verdict) -> Bool) -> Int { verdicts.count(where: isCounted) }
    let reasons = gates.compactMap(\.answer.reason).map { ($0.shortName, 1) }
    let detectable = gates.compactMap(\.smallestDetectable)
    self.init(
      total: gates.count, judged: judged.count,
      slower: count { if case .slower = $0 { true } else { false } },
      faster: count { if case .faster = $0 { true } else { false } },
      suspectedSlower: count { if case .suspectedSlower = $0 { true } else { false } },
      suspectedFaster: count { if case .suspectedFaster = $0 { true } else { false } },
      unchanged: count { if case .noChange = $0 { true } else { false } },
      undecided: count { if case .inconclusive = $0 { true } else { false } },
      identical: count { if case .identicalCode = $0 { true } else { false } },
      notJudged: Dictionary(reasons, uniquingKeysWith: +), shown: rows.count - gates.count,
      smallestDetectable: detectable.min().flatMap { low in detectable.max().map { low...$0 } },
      layoutOrMachine: count { if case .layoutOrMachine = $0 { true } else { false } },
      accepted: judged.count(where: \.isAccepted))
  }
}

extension ComparisonRow.Answer {
  fileprivate var verdict: Verdict? {
    if case .judged(let verdict) = self { verdict } else { nil }
  }

  fileprivate var reason: Reason? {
    if case .notJudged(let reason) = self { reason } else { nil }
  }
}

extension ComparisonRow {
  /// Of rows judged statistically that could have seen any change; identical code was not judged at
  /// all.
  fileprivate var smallestDetectable: Double? {
    guard metric.judgement == .statistical, case .judged(let verdict) = answer else { return nil }
    if case .identicalCode = verdict { return nil }
    return answer.change.flatMap { $0.detectsNothing ? nil : $0.smallestDetectable }
  }
}
