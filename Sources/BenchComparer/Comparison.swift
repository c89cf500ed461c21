package import BenchModel

/// Two revisions, judged series by series: what `benchdb compare` shows, in every format.
package struct Comparison: Sendable {
  package let mode: Mode
  package let rule: ComparisonRule
  /// Gate series first, worst first, then the series that are only shown; ties in the order of
  /// their names.
  package let rows: [ComparisonRow]
  package let counts: ComparisonCounts
  /// What a reader should know before believing a row; rendered as footnotes.
  package let warnings: [ComparisonWarning]

  package init(
    mode: Mode, rule: ComparisonRule, rows: [ComparisonRow], counts: ComparisonCounts,
    warnings: [ComparisonWarning]
  ) {
    self.mode = mode
    self.rule = rule
    self.rows = rows
    self.counts = counts
    self.warnings = warnings
  }

  package enum Mode: String, Sendable, Codable {
    /// Both sides come from the database, measured in different sessions.
    case stored
    /// Both sides were measured side by side in one session.
    case paired
  }
}

/// The rule by which a comparison judges; it travels with the result.
package struct ComparisonRule: Sendable, Hashable, Codable {
  /// The practical floor δ: a smaller relative change is never called slower or faster.
  package let floor: Double
  /// The chance that a comparison of unchanged code turns red: of one false `slower` among all its
  /// gate series.
  package let alpha: Double

  package init(floor: Double = 0.02, alpha: Double = 0.01) {
    self.floor = floor
    self.alpha = alpha
  }
}

/// One series on both sides.
package struct ComparisonRow: Sendable {
  package let key: SeriesKey
  package let metric: Metric
  package let source: SourceLocation?
  package let base: SideSummary?
  package let head: SideSummary?
  package let answer: Answer
  /// How this row was measured: in a stored comparison, suspects may have been measured again in
  /// pairs.
  package let mode: Comparison.Mode
  /// What was accepted of its change; `nil` where nothing was.
  package private(set) var acceptance: AcceptedChange?

  package init(
    key: SeriesKey, metric: Metric, source: SourceLocation?, base: SideSummary?,
    head: SideSummary?, answer: Answer, mode: Comparison.Mode = .stored
  ) {
    self.key = key
    self.metric = metric
    self.source = source
    self.base = base
    self.head = head
    self.answer = answer
    self.mode = mode
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

/// A relative change with its interval. Positive is worse, whichever way the metric counts: 0.05 is
/// five per cent worse.
package struct Change: Sendable, Hashable {
  package let estimate: Double
  package let lower: Double
  package let upper: Double
  /// The smallest true change that this row would have found with 80 % power.
  package let smallestDetectable: Double

  package init(estimate: Double, lower: Double, upper: Double, smallestDetectable: Double) {
    self.estimate = estimate
    self.lower = lower
    self.upper = upper
    self.smallestDetectable = smallestDetectable
  }
}

/// What can be said of a series that has data on both sides.
package enum Verdict: Sendable, Hashable {
  case slower(Change)
  case faster(Change)
  /// A stored comparison's suspicion: the row's own interval excludes no change, the one widened
  /// for the whole comparison does not.
  case suspectedSlower(Change, moreProcesses: Int?)
  case suspectedFaster(Change, moreProcesses: Int?)
  /// The interval lies inside ±2δ; the bound is its largest end.
  case noChange(Change, largerThan: Double)
  /// `moreProcesses` a side would decide, where that can be estimated.
  case inconclusive(Change, moreProcesses: Int?)
  /// A paired duration moved by less than 5 % while the exact count of instructions stayed within
  /// 0.1 %.
  case layoutOrMachine(Change)
  /// Both sides ran the same binary.
  case identicalCode(Change?)
}

/// Why a series was not judged.
package enum Reason: Sendable, Hashable {
  case new
  case gone
  case failed(side: Side, [String])
  /// Each fact that differs, in words.
  case otherMachine([String])
  case versionChanged(base: Int, head: Int)
  /// The session ended before its first round.
  case notMeasured
  /// Imported summaries hold no samples.
  case summaryOnly
  /// A single process can never convict.
  case oneProcess(side: Side)
  /// The sides disagree on unit or direction.
  case otherUnit(base: String, head: String)
  /// Processes sampled for another time on each side, in seconds: what a benchmark shows while it
  /// is short is not what it shows later.
  case otherDuration(base: [Double], head: [Double])
  /// It gates a commit on BASE, and no longer on HEAD.
  case noLongerGates

  package enum Side: String, Sendable, Hashable, Codable { case base, head, both }
}

/// How many series there were and what became of them; gate series only, but for `shown`.
package struct ComparisonCounts: Sendable, Hashable {
  package let total: Int
  package let judged: Int
  package let slower: Int
  package let faster: Int
  package let suspectedSlower: Int
  package let suspectedFaster: Int
  package let unchanged: Int
  package let undecided: Int
  package let identical: Int
  /// Series that moved as code layout or the machine moves them.
  package let layoutOrMachine: Int
  /// Series that are or look slower, and were accepted; counted nowhere else among the verdicts.
  package let accepted: Int
  /// How many series were not judged, by the reason's short name: `new`, `gone`, `failed`, …
  package let notJudged: [String: Int]
  /// Series that are shown and never gate.
  package let shown: Int
  /// The range of the smallest detectable change over the judged series; `nil` where none was
  /// judged statistically.
  package let smallestDetectable: ClosedRange<Double>?

  package init(
    total: Int, judged: Int, slower: Int, faster: Int, suspectedSlower: Int, suspectedFaster: Int,
    unchanged: Int, undecided: Int, identical: Int, notJudged: [String: Int], shown: Int,
    smallestDetectable: ClosedRange<Double>?, layoutOrMachine: Int = 0, accepted: Int = 0
  ) {
    self.total = total
    self.judged = judged
    self.slower = slower
    self.faster = faster
    self.suspectedSlower = suspectedSlower
    self.suspectedFaster = suspectedFaster
    self.unchanged = unchanged
    self.undecided = undecided
    self.identical = identical
    self.layoutOrMachine = layoutOrMachine
    self.accepted = accepted
    self.notJudged = notJudged
    self.shown = shown
    self.smallestDetectable = smallestDetectable
  }
}

/// What a reader should know before believing a comparison.
package enum ComparisonWarning: Sendable, Hashable {
  /// A fast fact of the machine differs between the sides: kernel, governor, …
  case stateChanged(fact: String, base: String, head: String)
  case toolchainChanged(base: String, head: String)
  /// No two sessions of identical code that lie as far apart as the sides are known for this
  /// machine class, so between-session noise is a prior.
  case noNoiseKnown
  /// So many sessions of identical code taught the comparer this machine's noise.
  case noiseKnown(sessions: Int)
  case fewProcesses(minimum: Int)
  /// The A/A control, a second copy of BASE, differs from BASE in these series: the session cannot
  /// be trusted.
  case controlDiffers([SeriesKey])
  /// A paired session ended before its last look, with series undecided.
  case endedEarly(rounds: Int, planned: Int)
  /// Each side was built with one code layout only, which moves some series by more than the floor.
  case oneLayout
  /// So many suspects of a stored comparison were measured again in pairs.
  case confirmed(series: Int)
  /// Every change was asked to show in so many sessions.
  case sessions(Int)
  /// These series are slower than at a release, though not than BASE.
  case slowerSinceRelease(tag: String, [DriftedSeries])
  /// So many exact series were compared with what another machine class counted; the facts that
  /// differ, in words.
  case countedElsewhere(series: Int, [String])
}
