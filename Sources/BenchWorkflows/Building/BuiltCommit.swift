package import BenchModel
import BenchOutput
package import BenchRunner
package import BenchStore
import Foundation

/// A commit whose executables are built and kept.
package struct BuiltCommit {
  let commit: Commit
  let executables: [SuiteExecutable]

  var builds: [Build] { executables.map(\.build) }

  /// The executable that declares `benchmark`; `nil` where none does.
  func executable(of benchmark: BenchmarkKey) -> SuiteExecutable? {
    executables.first { $0.declarations.contains { $0.key == benchmark } }
  }

  func declaration(of benchmark: BenchmarkKey) -> BenchmarkDeclaration? {
    executables.lazy.flatMap(\.declarations).first { $0.key == benchmark }
  }
}

/// What came of building a commit.
enum BuildOutcome {
  case built(BuiltCommit)
  /// There is nothing to measure, and why.
  case unbuildable(String)
}

/// Builds one commit after the other in benchdb's own worktree, as far as possible from what the
/// one before left. What does not build is taken down, and not tried again.
package struct CommitBuilder {
  private let workspace: Workspace
  private let store: ResultsStore
  private let interruption: Interruption
  private let purpose: RunPurpose
  private let profile: Profile
  private let worktree: OwnWorktree
  private let known: [String: Date]
  private let machine = MachineProbe().machineClass()

  /// Other recorders that need the worktree wait for as long as this lives.
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
  func build(_ commit: Commit) throws -> BuildOutcome {
    if let tried = known[commit.hash] {
      return .unbuildable(
        "did not build on \(Timestamp.minute(tried)); --retry-failed tries it again")
    }
    let tree: SourceTree
    do { tree = try worktree.checkOut(commit) } catch let failure as CommandFailure {
      // Its configuration can't be read.
      return try noted(commit, failure.message)
    }
    // Neither the commit nor the checkout says what to measure, which is nothing to take down
    // against the commit.
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
    return .built(BuiltCommit(commit: commit, executables: try tree.kept(executables)))
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
      revision: Revision(commit: commit), purpose: purpose, profile: profile, seed: 0,
      started: Date(), toolVersion: Version.current, plannedProcesses: 0,
      recorder: probe.currentRecorder())
    try store.noteUnbuildable(
      run,
      session: Session(run: run.id, machine: machine, state: probe.state(), started: Date()))
    return .unbuildable(reason)
  }
}

extension RunnerError {
  /// Another commit may do better.
  fileprivate var isFaultOfCommit: Bool {
    switch self {
    case .buildFailed, .productMissing, .listFailed, .duplicateBenchmark: true
    default: false
    }
  }

  /// In one line: of a failed build the first of its last lines that speaks of an error, else the
  /// last.
  fileprivate var shortReason: String {
    guard case .buildFailed(let command, let status, let lastLines, _) = self else {
      return String("\(self)".prefix { !$0.isNewline })
    }
    let lines = lastLines.split(separator: "\n")
    let telling = lines.first { $0.contains("error") } ?? lines.last
    return "`\(command.joined(separator: " "))` \(status)" + (telling.map { ": \($0)" } ?? "")
  }
}
