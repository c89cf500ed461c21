import BenchModel

extension SeriesPair {
  /// Why the pair cannot be judged, the first reason that holds, or the two sides that can be.
  func eligible() -> Eligibility {
    guard let head else { return .notJudged(.gone) }
    guard let base else {
      guard let elsewhere else { return .notJudged(.new) }
      return .notJudged(.otherMachine(elsewhere.machine.differences(from: head.machine)))
    }
    if let reason = Reason.failed(base, head) ?? .changed(base, head) ?? .summary(base, head) {
      return .notJudged(reason)
    }
    let alike = base.measuredAlike(head)
    guard let alike else {
      return .notJudged(.otherDuration(base: base.durations, head: head.durations))
    }
    let reason = Reason.tooFew(alike.base, alike.head) ?? .tooShort(alike.base, alike.head)
    return reason.map(Eligibility.notJudged)
      ?? .judged(base: alike.base, head: alike.head)
  }
}

enum Eligibility {
  case judged(base: SeriesData, head: SeriesData)
  case notJudged(Reason)
}

extension Reason {
  /// A side with even one failed process is not judged: what else that build measured cannot be
  /// trusted to be the same work.
  fileprivate static func failed(_ base: SeriesData, _ head: SeriesData) -> Reason? {
    let failures = (base.problems, head.problems)
    guard let side = Side(base: !failures.0.isEmpty, head: !failures.1.isEmpty) else { return nil }
    return .failed(side: side, failures.0 + failures.1)
  }

  fileprivate static func changed(_ base: SeriesData, _ head: SeriesData) -> Reason? {
    if base.version != head.version {
      return .versionChanged(base: base.version, head: head.version)
    }
    let (before, after) = (base.metric, head.metric)
    if before.unit != after.unit || before.direction != after.direction {
      return .otherUnit(
        base: "\(before.unit), \(before.direction.rawValue) is better",
        head: "\(after.unit), \(after.direction.rawValue) is better")
    }
    return before.isGate && !after.isGate ? .noLongerGates : nil
  }

  fileprivate static func summary(_ base: SeriesData, _ head: SeriesData) -> Reason? {
    base.processCount == 0 || head.processCount == 0 ? .summaryOnly : nil
  }

  fileprivate static func tooFew(_ base: SeriesData, _ head: SeriesData) -> Reason? {
    Side(base: base.processCount < 2, head: head.processCount < 2).map(Reason.oneProcess)
  }

  fileprivate static func tooShort(_ base: SeriesData, _ head: SeriesData) -> Reason? {
    Side(base: base.isTooShort, head: head.isTooShort).map(Reason.tooShort)
  }
}

extension Reason.Side {
  fileprivate init?(base: Bool, head: Bool) {
    switch (base, head) {
    case (true, true): self = .both
    case (true, false): self = .base
    case (false, true): self = .head
    case (false, false): return nil
    }
  }
}

extension SeriesData {
  fileprivate var isTooShort: Bool {
    metric.isTooShort(judgedSessions.lazy.flatMap(\.processes).map(\.value))
  }

  /// Its failures, and values that no store should have let in.
  fileprivate var problems: [String] {
    let wild = judgedSessions.flatMap(\.processes).filter { !$0.value.isFinite }
    return failures + wild.map { "process \($0.order) reported \($0.value), not a finite number" }
  }
}
