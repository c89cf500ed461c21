package import BenchComparer
package import BenchModel
package import BenchOutput
package import BenchRunner
import BenchStore
import Foundation
import TextCoding

/// The range of a bisection: GOOD and all commits after it up to BAD, by their places.
package struct BisectedRange {
  /// As the user wrote it.
  let name: String
  /// GOOD first, BAD last, no commit before its parents.
  let commits: [Commit]
  let parents: [[Int]]

  package var good: Commit { commits[0] }
  package var bad: Commit { commits[commits.count - 1] }

  /// - Throws: `CommandFailure` where `name` is no `GOOD..BAD`, or GOOD is no ancestor of BAD.
  package init(_ name: String, firstParents: Bool, in repository: GitRepository) throws {
    guard let (good, bad) = try repository.resolveRange(name) else {
      throw CommandFailure(
        "'\(Printable.text(name))' is no range; write GOOD..BAD, such as v1.2..HEAD.")
    }
    try Self.refuseUnrelated(good, bad, in: repository)
    let after = try repository.commits(after: good, upTo: bad, firstParents: firstParents)
    let commits = [good] + after
    let positions = Dictionary(uniqueKeysWithValues: commits.enumerated().map { ($1.hash, $0) })
    self.name = name
    self.commits = commits
    parents = commits.enumerated().map { position, commit in
      position == 0
        ? [] : commit.parents.prefix(firstParents ? 1 : .max).compactMap { positions[$0] }
    }
  }

  private static func refuseUnrelated(
    _ good: Commit, _ bad: Commit, in repository: GitRepository
  ) throws {
    guard good != bad else {
      throw CommandFailure(
        "GOOD and BAD are both \(good.shortHash); there is nothing between them.")
    }
    let base = try repository.mergeBase(good.hash, bad.hash)
    guard base != good else { return }
    let advice =
      base == bad
      ? "BAD is an older commit than GOOD: `benchdb bisect \(bad.shortHash)..\(good.shortHash)`?"
      : base.map { "Begin where they parted: `benchdb bisect \($0.shortHash)..\(bad.shortHash)`." }
        ?? "They have no common history."
    throw CommandFailure(
      "GOOD, \(good.shortHash), is no ancestor of BAD, \(bad.shortHash). \(advice)")
  }
}

/// Looks for the commit: builds, measures, and lets `Bisection` say what to try next.
package struct BisectionSearch {
  let range: BisectedRange
  let builder: CommitBuilder
  let good: BuiltCommit
  let bad: BuiltCommit
  let session: ProbeSession
  let rule: ComparisonRule
  /// No more rounds than this of any two commits.
  let rounds: Int
  private var report: BisectionReport
  /// Places of the commits that were built, by the hash of their executable.
  private var built: [String: Int]

  private var series: BisectedSeries { session.series }
  private var console: Console { session.console }

  package init(
    range: BisectedRange, builder: CommitBuilder, good: BuiltCommit, bad: BuiltCommit,
    session: ProbeSession, rule: ComparisonRule, rounds: Int
  ) {
    self.range = range
    self.builder = builder
    self.good = good
    self.bad = bad
    self.session = session
    self.rule = rule
    self.rounds = rounds
    report = BisectionReport(
      series: session.series.key, metric: session.series.metric, good: range.good, bad: range.bad,
      range: range.name, commits: range.commits.count - 1, outcome: .identicalCode)
    built = [:]
  }

  /// - Throws: `RunnerError.interrupted`; what was measured is stored.
  package mutating func run() throws -> BisectionReport {
    let start = ContinuousClock.now
    try search()
    report.seconds = (ContinuousClock.now - start) / .seconds(1)
    // Nobody else may use the worktree before this.
    return withExtendedLifetime(builder) { report }
  }

  private mutating func search() throws {
    guard let before = hash(good), let after = hash(bad), before != after else { return }
    built = [before: 0, after: range.commits.count - 1]
    guard let check = try check(good, bad) else {
      report.outcome = .outOfTime(Array(range.commits.dropFirst()))
      return
    }
    report.check = check.evidence
    guard case .slower = check.evidence.verdict,
      let probeRule = ProbeRule(check: check.series, looks: probeLooks)
    else {
      report.outcome = .notSlower(check.evidence.verdict)
      return
    }
    try bisect(by: probeRule)
    try measureStep()
  }

  private mutating func bisect(by rule: ProbeRule) throws {
    var bisection = Bisection(parents: range.parents)
    while let position = bisection.next {
      let commit = range.commits[position]
      announce(commit, bisection)
      guard !isOver, let (answer, probe) = try probe(position, by: rule) else {
        report.outcome = .outOfTime(bisection.candidates.map { range.commits[$0] })
        return
      }
      bisection.note(answer, at: position)
      report.probes.append(probe)
      show(probe)
    }
    let candidates = bisection.candidates.map { range.commits[$0] }
    report.outcome = bisection.culprit.map { .found(range.commits[$0]) } ?? .between(candidates)
  }

  private var isOver: Bool { session.deadline.map { $0 <= .now } ?? false }

  // MARK: One commit

  /// - Returns: `nil` where the time ended first.
  private mutating func probe(
    _ position: Int, by rule: ProbeRule
  ) throws -> (Bisection.Answer, BisectionProbe)? {
    let commit = range.commits[position]
    func skipped(_ reason: String) -> (Bisection.Answer, BisectionProbe) {
      (.unbuildable, BisectionProbe(commit: commit, answer: .skipped(reason)))
    }
    let candidate: BuiltCommit
    switch try builder.build(commit) {
    case .built(let built): candidate = built
    case .unbuildable(let reason): return skipped(reason)
    }
    guard let hash = hash(candidate) else { return skipped("has no such benchmark") }
    if let other = built[hash] {
      let same = BisectionProbe(commit: commit, answer: .identical(range.commits[other]))
      return (.identical(to: other), same)
    }
    guard isSame(candidate) else { return skipped("has the benchmark in another version") }
    built[hash] = position
    let looks = series.probeLooks(upTo: rounds)
    let outcome = try session.measure(base: good, head: candidate, looks: looks) {
      rule.answer($0) != nil || $0.rounds.count >= looks.last ?? 0
    }
    switch outcome {
    case .outOfTime: return nil
    case .failed(let reason):
      return skipped("does not run: \(reason)")
    case .measured(let measured):
      let answer = rule.answer(measured)
      return (
        answer.map(Bisection.Answer.init) ?? .inconclusive,
        BisectionProbe(
          commit: commit, answer: answer.map(BisectionProbe.Answer.init) ?? .inconclusive,
          shift: rule.shift(measured), rounds: measured.rounds.count)
      )
    }
  }

  private var probeLooks: [ProbeLook] { ProbeLook.standard.filter { $0.rounds <= rounds } }

  private func hash(_ commit: BuiltCommit) -> String? {
    commit.executable(of: series.benchmark)?.build.binaryHash
  }

  private func isSame(_ commit: BuiltCommit) -> Bool {
    let declaration = commit.declaration(of: series.benchmark)
    return declaration?.version == bad.declaration(of: series.benchmark)?.version
      && declaration?.metrics.contains { $0.name == series.metric.name } ?? false
  }

  // MARK: Two commits by the gate's rule

  /// - Returns: `nil` where the time ended first.
  private func check(
    _ base: BuiltCommit, _ head: BuiltCommit
  ) throws -> (evidence: BisectionEvidence, series: PairedSeries)? {
    console.note(
      "Measuring '\(series.key)' of \(head.commit.shortHash) against \(base.commit.shortHash), at "
        + "most \(English.count(rounds, "round")).")
    let looks = series.checkLooks(upTo: rounds)
    let judge = PairedJudge(rule: rule, looks: series.checkLooks(upTo: .max))
    let outcome = try session.measure(base: base, head: head, looks: looks.map(\.rounds)) {
      judge.decision(on: [$0.gated]).undecided.isEmpty || $0.rounds.count >= looks.last?.rounds ?? 0
    }
    switch outcome {
    case .outOfTime: return nil
    case .failed(let reason):
      throw CommandFailure(
        "'\(series.benchmark)' failed in \(head.commit.shortHash): \(Printable.text(reason)).",
        status: .failure)
    case .measured(let measured):
      let row = judge.decision(on: [measured.gated]).comparison.rows.first
      guard case .judged(let verdict)? = row?.answer else {
        throw CommandFailure(
          "'\(series.key)' could not be judged: "
            + (row.map { AnswerText.text($0.answer, of: $0.metric) } ?? "nothing was measured"),
          status: .coverage)
      }
      let evidence = BisectionEvidence(
        base: base.commit, head: head.commit, verdict: verdict, rounds: measured.rounds.count)
      return (evidence, measured)
    }
  }

  /// The found commit against its parent, which is what everybody asks next.
  private mutating func measureStep() throws {
    guard case .found(let commit) = report.outcome, let hash = commit.parents.first else { return }
    if commit == range.bad, hash == range.good.hash {
      report.step = report.check
      return
    }
    guard !isOver, let parent = try parent(hash),
      case .built(let head) = try builder.build(commit),
      self.hash(parent) != self.hash(head), isSame(parent)
    else { return }
    report.step = try check(parent, head)?.evidence
  }

  /// The commit of this hash, built; `nil` where it is not there or does not build.
  private func parent(_ hash: String) throws -> BuiltCommit? {
    if hash == range.good.hash { return good }
    guard let commit = range.commits.first(where: { $0.hash == hash }),
      case .built(let built) = try builder.build(commit)
    else { return nil }
    return built
  }

  // MARK: Telling

  private func announce(_ commit: Commit, _ bisection: Bisection) {
    console.note(
      "\(English.count(bisection.candidates.count, "commit")) left, about "
        + "\(English.count(bisection.answersLeft, "more probe")): trying \(commit.shortHash), "
        + "\(commit.subject)")
  }

  private func show(_ probe: BisectionProbe) {
    let detail =
      probe.shift.map {
        "\(Percentage.signed($0.estimate)) after \(English.count(probe.rounds, "round"))"
      } ?? probe.answer.note
    console.note(
      "\(probe.commit.shortHash): \(probe.answer.kind.word)" + (detail.map { ", \($0)" } ?? ""))
  }
}

extension Bisection.Answer {
  fileprivate init(_ answer: ProbeAnswer) {
    switch answer {
    case .slower: self = .slower
    case .notSlower: self = .notSlower
    }
  }
}

extension BisectionProbe.Answer {
  fileprivate init(_ answer: ProbeAnswer) {
    switch answer {
    case .slower: self = .slower
    case .notSlower: self = .notSlower
    }
  }
}

extension PairedSeries {
  /// The same series, judged as a gate whatever its benchmark says.
  fileprivate var gated: PairedSeries {
    PairedSeries(
      key: key, machine: machine, source: source, session: session, started: started,
      state: state, base: base?.gated, head: head?.gated, rounds: rounds, floor: floor,
      isLayoutVaried: isLayoutVaried)
  }
}

extension PairedSide {
  fileprivate var gated: PairedSide {
    PairedSide(
      metric: metric.gated(true), version: version, toolchain: toolchain, failures: failures,
      counters: counters)
  }
}
