package import BenchComparer
package import BenchModel

/// What `benchdb bisect` found out, and on what evidence.
package struct BisectionReport: Sendable {
  package let series: SeriesKey
  package let metric: Metric
  package let good: Commit
  package let bad: Commit
  /// The range as the user wrote it.
  package let range: String
  /// The number of commits after GOOD, BAD included.
  package let commits: Int
  package var outcome: Outcome
  /// BAD against GOOD, by the rule of a paired comparison; `nil` where they are the same
  /// executable.
  package var check: BisectionEvidence?
  /// The commits that were tried, in the order in which they were.
  package var probes: [BisectionProbe] = []
  /// The found commit against its parent; `nil` where there is none, or it could not be measured.
  package var step: BisectionEvidence?
  /// How long this session measured.
  package var seconds = 0.0

  package init(
    series: SeriesKey, metric: Metric, good: Commit, bad: Commit, range: String, commits: Int,
    outcome: Outcome
  ) {
    self.series = series
    self.metric = metric
    self.good = good
    self.bad = bad
    self.range = range
    self.commits = commits
    self.outcome = outcome
  }

  package enum Outcome: Sendable {
    /// GOOD and BAD run the same bytes.
    case identicalCode
    /// BAD is not slower than GOOD, or that could not be told.
    case notSlower(Verdict)
    case found(Commit)
    /// One of these, oldest first: what lies between could not be measured or decided.
    case between([Commit])
    /// The time ended first; one of these.
    case outOfTime([Commit])
  }

  /// Rounds that the answer stands on, whenever they were measured.
  package var rounds: Int {
    (check?.rounds ?? 0) + (step?.rounds ?? 0) + probes.reduce(0) { $0 + $1.rounds }
  }

  /// Whether nothing speaks against the found commit where it was measured beside its parent.
  private var isStepConfirmed: Bool {
    switch step?.verdict {
    case nil, .slower: true
    default: false
    }
  }

  /// The commits that were measured.
  package var measured: Int { probes.count { $0.rounds > 0 } }

  package var exit: (status: ExitStatus, reason: String) {
    switch outcome {
    case .identicalCode: (.success, "identical code, so nothing became slower")
    case .notSlower(.inconclusive): (.inconclusive, "it can't be told whether BAD is slower")
    case .notSlower: (.success, "BAD is not slower than GOOD")
    case .found(let commit):
      isStepConfirmed
        ? (.success, "\(commit.shortHash) made it slower")
        : (.inconclusive, "\(commit.shortHash) was found, and is not surely slower than its parent")
    case .between(let commits):
      (.inconclusive, "one of \(English.count(commits.count, "commit")) made it slower")
    case .outOfTime(let commits):
      (
        .inconclusive,
        "the time is over with \(English.count(commits.count, "commit")) left; the same command "
          + "goes on"
      )
    }
  }
}

/// Two commits that were measured in turn, and what the gate says of them.
package struct BisectionEvidence: Sendable {
  package let base: Commit
  package let head: Commit
  package let verdict: Verdict
  package let rounds: Int

  package init(base: Commit, head: Commit, verdict: Verdict, rounds: Int) {
    self.base = base
    self.head = head
    self.verdict = verdict
    self.rounds = rounds
  }
}

/// One commit that was tried, and what came of it.
package struct BisectionProbe: Sendable {
  package let commit: Commit
  package let answer: Answer
  /// The difference from GOOD; `nil` where it was not measured.
  package let shift: RelativeShift?
  package let rounds: Int

  package init(commit: Commit, answer: Answer, shift: RelativeShift? = nil, rounds: Int = 0) {
    self.commit = commit
    self.answer = answer
    self.shift = shift
    self.rounds = rounds
  }

  package enum Answer: Sendable, Hashable {
    case slower, notSlower
    /// Neither side of the middle, after all rounds.
    case inconclusive
    /// It could not be built or run, for this reason.
    case skipped(String)
    /// The same bytes as another commit.
    case identical(Commit)

    /// The answer without what explains it.
    package var kind: AnswerKind {
      switch self {
      case .slower: .slower
      case .notSlower: .notSlower
      case .inconclusive: .inconclusive
      case .skipped: .skipped
      case .identical: .identicalCode
      }
    }
  }
}
