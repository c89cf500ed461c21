import BenchModel

extension Comparison {
  /// A stored comparison whose suspects were measured again side by side: what the paired session
  /// says stands.
  ///
  /// A suspicion that was not measured again stays one. So nothing that chance can touch is red
  /// without a paired verdict; exact metrics need none.
  package func confirmed(by paired: Comparison) -> Comparison {
    let answers = Dictionary(
      paired.rows.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
    var pending = answers
    // A key that was measured with two versions has two rows here, and one paired answer.
    let confirmed = rows.compactMap { row in
      answers[row.key] == nil ? row.unconfirmed : pending.removeValue(forKey: row.key)
    }
    let known = Set(rows.map(\.key))
    let all = confirmed + paired.rows.filter { !known.contains($0.key) }
    let gates = paired.rows.filter(\.metric.isGate)
    return with(
      rows: all, warnings: warnings + paired.warnings + [.confirmed(series: gates.count)])
  }

  /// What so many sessions agree on: a change must show in every one, and what one cannot tell is
  /// not told. As long as sessions are missing, no change is told at all.
  ///
  /// `sessions`: at least one, and no more than `planned`; `isWhole` is false where the last one
  /// did not come to its end.
  package static func agreement(
    of sessions: [Comparison], planned: Int, isWhole: Bool = true
  ) -> Comparison {
    let all = sessions.dropFirst().reduce(sessions[0]) { $0.agreeing(with: $1) }
    guard planned > 1 else { return all }
    let isMissing = sessions.count < planned || !isWhole
    let rows = isMissing ? all.rows.map(\.withoutSecondSession) : all.rows
    let warnings = all.warnings.filter { $0 != .sessions(2) }
    return all.with(rows: rows, warnings: warnings + [.sessions(planned)])
  }

  /// What two sessions agree on: a change must show in both, and what one cannot tell is not told.
  package func agreeing(with second: Comparison) -> Comparison {
    let others = Dictionary(
      second.rows.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
    let keys = Set(rows.map(\.key))
    let both = rows.map { row in others[row.key].map(row.agreeing) ?? row.withoutSecondSession }
    let onlySecond = second.rows.filter { !keys.contains($0.key) }.map(\.withoutSecondSession)
    let known = warnings.filter { $0 != .sessions(2) }
    let more = second.warnings.filter { !known.contains($0) }
    return with(rows: both + onlySecond, warnings: known + more + [.sessions(2)])
  }

  private func with(rows: [ComparisonRow], warnings: [ComparisonWarning]) -> Comparison {
    Comparison(
      mode: mode, rule: rule, rows: rows.sorted(by: ComparisonRow.isWorse),
      counts: ComparisonCounts(of: rows),
      warnings: warnings)
  }
}

extension ComparisonRow {
  /// A stored verdict that only a paired one may give is a suspicion.
  fileprivate var unconfirmed: ComparisonRow {
    // A rate that fell to zero in every process needs no second look.
    guard mode == .stored, metric.judgement == .statistical, answer.change?.zero == nil else {
      return self
    }
    return switch answer {
    case .judged(.slower(let change)):
      answering(.judged(.suspectedSlower(change, moreProcesses: nil)))
    case .judged(.faster(let change)):
      answering(.judged(.suspectedFaster(change, moreProcesses: nil)))
    default: self
    }
  }

  /// One session of two is half of what was asked.
  fileprivate var withoutSecondSession: ComparisonRow {
    switch answer {
    case .judged(let verdict): answering(.judged(verdict.undecided))
    case .notJudged: self
    }
  }

  /// This row of one session and the same of another.
  fileprivate func agreeing(with other: ComparisonRow) -> ComparisonRow {
    guard case .judged(let first) = answer else { return self }
    guard case .judged(let second) = other.answer else { return other }
    return ComparisonRow(
      key: key, metric: metric, source: source, base: .joined(base, other.base),
      head: .joined(head, other.head), answer: .judged(first.agreeing(with: second)), mode: mode,
      method: method)
  }
}

extension Verdict {
  /// The verdict of both sessions, or that there is none.
  fileprivate func agreeing(with other: Verdict) -> Verdict {
    switch (self, other) {
    case (.identicalCode, .identicalCode): self
    case (.slower(let first), .slower(let second)): .slower(first.hull(second))
    case (.faster(let first), .faster(let second)): .faster(first.hull(second))
    case (.noChange(let first, let bound), .noChange(let second, let other)):
      .noChange(first.hull(second), largerThan: max(bound, other))
    case (.codeOrLayout(let first, let one), .codeOrLayout(let second, let other)):
      .codeOrLayout(first.hull(second), isCounted: one && other)
    case (.codeOrLayout(let first, let isCounted), .slower(let second)),
      (.codeOrLayout(let first, let isCounted), .faster(let second)),
      (.slower(let second), .codeOrLayout(let first, let isCounted)),
      (.faster(let second), .codeOrLayout(let first, let isCounted)):
      .codeOrLayout(first.hull(second), isCounted: isCounted)
    case (.layoutOrMachine(let first), .layoutOrMachine(let second)),
      (.layoutOrMachine(let first), .slower(let second)),
      (.slower(let first), .layoutOrMachine(let second)),
      (.layoutOrMachine(let first), .faster(let second)),
      (.faster(let first), .layoutOrMachine(let second)):
      .layoutOrMachine(first.hull(second))
    default: disagreeing(with: other)
    }
  }

  private func disagreeing(with other: Verdict) -> Verdict {
    guard let first = change ?? other.change else { return self }
    return .inconclusive(first.hull(other.change ?? first), moreProcesses: nil)
  }

  /// What is left of it where a second session is missing.
  fileprivate var undecided: Verdict {
    if [.identicalCode, .inconclusive].contains(kind) { return self }
    return change.map { .inconclusive($0, moreProcesses: nil) } ?? self
  }
}

extension Change {
  /// Everything that either allows; the estimate between the two.
  fileprivate func hull(_ other: Change) -> Change {
    Change(
      estimate: (estimate + other.estimate) / 2, lower: min(lower, other.lower),
      upper: max(upper, other.upper),
      smallestDetectable: smallestDetectable.flatMap { own in
        other.smallestDetectable.map { max(own, $0) }
      }, zero: zero ?? other.zero)
  }
}

extension SideSummary {
  /// Both sessions' processes; the value is the mean of the medians, each counting as many times as
  /// it has processes.
  fileprivate static func joined(_ first: SideSummary?, _ second: SideSummary?) -> SideSummary? {
    guard let first, let second else { return first ?? second }
    let processes = first.processes + second.processes
    let sum =
      first.value * Double(first.processes) + second.value * Double(second.processes)
    return SideSummary(
      value: sum / Double(max(1, processes)), processes: processes,
      sessions: first.sessions + second.sessions,
      samples: first.samples.addingSaturated(second.samples))
  }
}
