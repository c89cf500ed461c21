package import BenchComparer
package import BenchModel
package import BenchOutput
import BenchRunner

/// Looks for the commit: builds, measures, and lets `Bisection` say what to try next.
package struct BisectionSearch {
  private let range: BisectedRange
  /// Builds a commit. It owns the worktree, so it lives as long as the search.
  private let build: (Commit) throws -> BuildOutcome
  private let good: BuiltCommit
  private let bad: BuiltCommit
  private let session: ProbeSession
  private let rule: ComparisonRule
  /// The most rounds that are measured of any two commits.
  private let rounds: Int
  private var report: BisectionReport

  private var console: Console { session.console }
  private var check: BisectionCheck { BisectionCheck(session: session, rule: rule, rounds: rounds) }

  package init(
    range: BisectedRange, builder: CommitBuilder, good: BuiltCommit, bad: BuiltCommit,
    session: ProbeSession, rule: ComparisonRule, rounds: Int
  ) {
    self.init(
      range: range, good: good, bad: bad, session: session, rule: rule, rounds: rounds,
      build: builder.build)
  }

  /// A search among commits that `build` builds, or has built before.
  package init(
    range: BisectedRange, good: BuiltCommit, bad: BuiltCommit, session: ProbeSession,
    rule: ComparisonRule, rounds: Int, build: @escaping (Commit) throws -> BuildOutcome
  ) {
    self.range = range
    self.build = build
    self.good = good
    self.bad = bad
    self.session = session
    self.rule = rule
    self.rounds = rounds
    report = BisectionReport(
      series: session.series.key, metric: session.series.metric, good: range.good, bad: range.bad,
      range: range.name, commits: range.commits.count - 1, outcome: .identicalCode)
  }

  /// - Throws: `RunnerError.interrupted`; what was measured is stored.
  package mutating func run() throws -> BisectionReport {
    let start = ContinuousClock.now
    try search()
    report.seconds = (ContinuousClock.now - start) / .seconds(1)
    // Nobody else may use the worktree before this.
    return withExtendedLifetime(build) { report }
  }

  private mutating func search() throws {
    guard
      var executables = BisectedExecutables(
        good: good, bad: bad, last: range.commits.count - 1, series: session.series)
    else { return }
    guard let check = try check.run(base: good, head: bad) else {
      report.outcome = .outOfTime(Array(range.commits.dropFirst()))
      return
    }
    report.check = check.evidence
    let looks = ProbeLook.usual(inTurns: session.series.takesTurns).filter { $0.rounds <= rounds }
    guard case .slower = check.evidence.verdict,
      let rule = ProbeRule(check: check.series, looks: looks)
    else {
      report.outcome = .notSlower(check.evidence.verdict)
      return
    }
    let probe = CommitProbe(session: session, rule: rule, good: good, rounds: rounds)
    try bisect(by: probe, &executables)
    try measureStep(executables)
  }

  private mutating func bisect(
    by probe: CommitProbe, _ executables: inout BisectedExecutables
  ) throws {
    var bisection = Bisection(parents: range.parents)
    while let position = bisection.next {
      console.note(BisectionNotes.trying(range.commits[position], bisection))
      guard !isOver, let finding = try finding(at: position, by: probe, &executables) else {
        report.outcome = .outOfTime(bisection.candidates.map { range.commits[$0] })
        return
      }
      bisection.note(finding.answer, at: position)
      report.probes.append(finding.probe)
      console.note(BisectionNotes.text(finding.probe))
    }
    let candidates = bisection.candidates.map { range.commits[$0] }
    report.outcome = bisection.culprit.map { .found(range.commits[$0]) } ?? .between(candidates)
  }

  private var isOver: Bool { session.deadline.map { $0 <= .now } ?? false }

  /// - Returns: `nil` where the time ended first.
  private func finding(
    at position: Int, by probe: CommitProbe, _ executables: inout BisectedExecutables
  ) throws -> BisectionFinding? {
    let commit = range.commits[position]
    switch try build(commit) {
    case .unbuildable(let reason): return .skipped(commit, reason)
    case .built(let candidate):
      switch executables.decide(on: candidate, at: position) {
      case .skipped(let reason): return .skipped(commit, reason)
      case .identical(let other):
        return .identical(commit, to: range.commits[other], at: other)
      case .measure: return try probe.measure(candidate)
      }
    }
  }

  // MARK: The step

  /// Measures the found commit against its parent, which is what everybody asks next.
  private mutating func measureStep(_ executables: BisectedExecutables) throws {
    guard case .found(let commit) = report.outcome, let hash = commit.parents.first else { return }
    if commit == range.bad, hash == range.good.hash {
      report.step = report.check
      return
    }
    guard !isOver, let parent = try parent(hash), case .built(let head) = try build(commit),
      executables.areComparable(parent, head)
    else { return }
    report.step = try check.run(base: parent, head: head)?.evidence
  }

  /// The commit of this hash, built; `nil` where it is not in the range or does not build.
  private func parent(_ hash: String) throws -> BuiltCommit? {
    if hash == range.good.hash { return good }
    guard let commit = range.commits.first(where: { $0.hash == hash }),
      case .built(let built) = try build(commit)
    else { return nil }
    return built
  }
}
