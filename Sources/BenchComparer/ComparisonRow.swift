package import BenchModel

/// One series on both sides.
package struct ComparisonRow: Sendable {
  package let key: SeriesKey
  package let metric: Metric
  package let source: SourceLocation?
  package let base: SideSummary?
  package let head: SideSummary?
  package private(set) var answer: Answer
  /// How this row was measured: in a stored comparison, suspects may have been measured again in
  /// pairs.
  package let mode: Comparison.Mode
  /// How the processes of a round ran beside each other; `nil` for one after the other, and where
  /// there were no rounds.
  package let method: RoundMethod?
  /// What was accepted of its change; `nil` where nothing was.
  package private(set) var acceptance: AcceptedChange?

  package init(
    key: SeriesKey, metric: Metric, source: SourceLocation?, base: SideSummary?,
    head: SideSummary?, answer: Answer, mode: Comparison.Mode = .stored,
    method: RoundMethod? = nil
  ) {
    self.method = method
    self.key = key
    self.metric = metric
    self.source = source
    self.base = base
    self.head = head
    self.answer = answer
    self.mode = mode
  }

  /// The same row with another answer.
  func answering(_ answer: Answer) -> ComparisonRow {
    var row = self
    row.answer = answer
    return row
  }

  /// The same row with what was accepted of its change.
  func accepted(_ acceptance: AcceptedChange?) -> ComparisonRow {
    var row = self
    row.acceptance = acceptance
    return row
  }

  package enum Answer: Sendable, Hashable {
    case judged(Verdict)
    case notJudged(Reason)

    /// What it says, without its numbers.
    package var kind: AnswerKind {
      switch self {
      case .judged(let verdict): verdict.kind
      case .notJudged(let reason): reason.kind
      }
    }

    /// The change that it speaks of.
    package var change: Change? {
      if case .judged(let verdict) = self { verdict.change } else { nil }
    }
  }

  /// What the row says, without its numbers; `.accepted` where an acceptance is in force.
  package var kind: AnswerKind { isAccepted ? .accepted : answer.kind }

  /// What the row does to the gate: nothing where its metric is only shown. A failure of the base
  /// alone is the base's.
  package var effect: AnswerKind.Effect {
    guard metric.isGate else { return .shown }
    if case .notJudged(.failed(side: .base, _)) = answer { return .unjudged }
    return kind.effect
  }
}

/// What one side of a row stands on.
package struct SideSummary: Sendable, Hashable {
  /// The median of the process statistics, in the metric's unit.
  package let value: Double
  package let processes: Int
  package let sessions: Int
  package let samples: Int

  package init(value: Double, processes: Int, sessions: Int, samples: Int) {
    self.value = value
    self.processes = processes
    self.sessions = sessions
    self.samples = samples
  }
}

extension ComparisonRow {
  /// Gate series first, worst first, then the series that are only shown; ties in the order of
  /// their names. What was accepted comes after what may still be news.
  static func isWorse(_ left: ComparisonRow, than right: ComparisonRow) -> Bool {
    if left.metric.isGate != right.metric.isGate { return left.metric.isGate }
    let severities = (left.kind.severity, right.kind.severity)
    if severities.0 != severities.1 { return severities.0 > severities.1 }
    let estimates = (left.answer.change?.estimate ?? 0, right.answer.change?.estimate ?? 0)
    return estimates.0 != estimates.1 ? estimates.0 > estimates.1 : left.key < right.key
  }
}
