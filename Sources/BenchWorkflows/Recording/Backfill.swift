package import BenchModel
import BenchOutput
package import BenchRunner
package import BenchStore
import Foundation

/// Records one commit of a plan after the other.
package struct Backfill {
  let plan: BackfillPlan
  let profile: Profile
  let selection: Selection
  let deadline: ContinuousClock.Instant?
  let retriesFailed: Bool
  let workspace: Workspace
  let store: ResultsStore
  let interruption: Interruption
  private var tally = BackfillTally()

  private var console: Console { workspace.console }

  package init(
    plan: BackfillPlan, profile: Profile, selection: Selection, deadline: ContinuousClock.Instant?,
    retriesFailed: Bool, workspace: Workspace, store: ResultsStore, interruption: Interruption
  ) {
    self.plan = plan
    self.profile = profile
    self.selection = selection
    self.deadline = deadline
    self.retriesFailed = retriesFailed
    self.workspace = workspace
    self.store = store
    self.interruption = interruption
  }

  /// - Throws: `CommandFailure` with status 130 where the user interrupted, with status 3 where
  ///   nothing could be recorded though something was tried.
  package mutating func run() throws {
    console.note(plan.announcement)
    if !plan.missing.isEmpty { try recordMissing() }
    console.answer(
      BackfillText.text(tally, width: console.width, style: console.style))
    let hasData = plan.missing.count < plan.commits.count || tally.recorded + tally.failed > 0
    guard hasData || tally.unbuildable.isEmpty else {
      throw CommandFailure("no commit of the range could be measured.", status: .failure)
    }
  }

  private mutating func recordMissing() throws {
    let builder = try CommitBuilder(
      purpose: .backfill, profile: profile, retriesFailed: retriesFailed, in: workspace,
      store: store, interruption: interruption)
    let start = ContinuousClock.now
    for (done, commit) in plan.missing.enumerated() {
      if let deadline, deadline <= .now {
        tally.left = plan.missing.count - done
        break
      }
      console.note(
        plan.announcement(
          ofMissing: done, elapsedSeconds: (ContinuousClock.now - start) / .seconds(1)))
      do {
        try record(commit, with: builder)
      } catch RunnerError.interrupted {
        throw Self.interrupted(after: done)
      }
    }
    withExtendedLifetime(builder) {}
  }

  private mutating func record(_ commit: Commit, with builder: CommitBuilder) throws {
    let built: BuiltCommit
    switch try builder.build(commit) {
    case .built(let commit): built = commit
    case .unbuildable(let reason):
      console.note("\(commit.shortHash) skipped: \(reason.prefix { !$0.isNewline })")
      tally.unbuildable.append((commit, reason))
      return
    }
    let order = try order(of: built)
    let session = try interruption.endingAtOnce {
      try RecordingSession(order: order, executables: built.executables)
    }
    let outcome = try session.record(in: store, console: console, interruption: interruption)
    if outcome.result.isInterrupted { throw RunnerError.interrupted }
    if outcome.failedBenchmarks == 0 {
      tally.recorded += 1
    } else {
      tally.failed += 1
      console.note(
        "\(English.count(outcome.failedBenchmarks, "benchmark")) of \(commit.shortHash) failed; "
          + "everything else is stored as run \(session.run.shortID).")
    }
  }

  /// What an earlier session left of the commit to measure, where it had the same executables;
  /// otherwise everything.
  private func order(of built: BuiltCommit) throws -> RecordingOrder {
    if let run = plan.interrupted[built.commit.hash],
      try !store.isOfOtherCode(run, than: built.executables)
    {
      let finished = try store.storedProcesses(ofRun: run.id).map(\.order)
      return RecordingOrder(resuming: run, finished: Set(finished))
    }
    return RecordingOrder(
      revision: Revision(commit: built.commit), profile: profile, selection: selection,
      seed: Run.randomSeed(), purpose: .backfill)
  }

  private static func interrupted(after commits: Int) -> CommandFailure {
    CommandFailure(
      "interrupted after \(English.count(commits, "commit")); what was measured is stored, and the "
        + "same command goes on from there.", status: .interrupted)
  }
}
