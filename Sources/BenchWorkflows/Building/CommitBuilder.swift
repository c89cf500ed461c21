package import BenchModel
import BenchOutput
package import BenchRunner
package import BenchStore
import Foundation

/// Builds one commit after the other in benchdb's own worktree, each as far as possible from what
/// the one before left there. A commit that does not build is noted, and not tried again.
package struct CommitBuilder {
  private let workspace: Workspace
  private let store: ResultsStore
  private let interruption: Interruption
  private let purpose: RunPurpose
  private let profile: Profile
  private let worktree: OwnWorktree
  /// When commits that do not build were last tried, by their hashes.
  private let known: [String: Date]
  private let machine = MachineProbe().machineClass()

  /// Reserves the worktree: other recorders that need it wait as long as the value lives.
  package init(
    purpose: RunPurpose, profile: Profile, retriesFailed: Bool, in workspace: Workspace,
    store: ResultsStore, interruption: Interruption
  ) throws {
    self.workspace = workspace
    self.store = store
    self.interruption = interruption
    self.purpose = purpose
    self.profile = profile
    worktree = try OwnWorktree(in: workspace)
    known = retriesFailed ? [:] : try store.unbuildableCommits(on: machine)
  }

  /// - Throws: whatever is no fault of the commit: an interruption, a full disk.
  package func build(_ commit: Commit) throws -> BuildOutcome {
    if let tried = known[commit.hash] {
      return .unbuildable(
        "did not build on \(Timestamp.minute(tried)); --retry-failed tries it again")
    }
    let tree: SourceTree
    do { tree = try worktree.checkOut(commit) } catch let failure as CommandFailure {
      // Its configuration can't be read.
      return try noted(commit, failure.message)
    }
    // Neither the commit nor the checkout says what to measure, which is no fault of the commit.
    guard !tree.configuration.executables.isEmpty else { throw SourceTree.nothingToMeasure }
    let executables: [SuiteExecutable]
    do {
      executables = try tree.executables(workspace: workspace, interruption: interruption)
    } catch let error as RunnerError where error.isFaultOfCommit {
      workspace.console.note("\(error)")
      return try noted(commit, error.shortReason)
    } catch let failure as CommandFailure {
      // Its build leaves files that its git does not ignore.
      return try noted(commit, failure.message)
    }
    return .built(BuiltCommit(commit: commit, executables: try tree.cached(executables)))
  }

  /// Builds a commit that must be built.
  /// - Throws: `CommandFailure` with status 3 where it does not.
  package func require(_ commit: Commit, named name: String) throws -> BuiltCommit {
    switch try build(commit) {
    case .built(let built): return built
    case .unbuildable(let reason):
      throw CommandFailure(
        "\(commit.shortHash) (\(name)) can't be measured: \(reason)", status: .failure)
    }
  }

  private func noted(_ commit: Commit, _ reason: String) throws -> BuildOutcome {
    let probe = MachineProbe()
    let run = Run(
      startingNow: Revision(commit: commit), purpose: purpose, profile: profile,
      selection: Selection(), seed: 0, plannedProcesses: 0, observing: probe)
    try store.noteUnbuildable(
      run,
      session: Session(run: run.id, machine: machine, state: probe.state(), started: Date()))
    return .unbuildable(reason)
  }
}
