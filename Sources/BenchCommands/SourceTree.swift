import BenchModel
import BenchRunner
import BenchStore
import Foundation

/// The files of a revision, ready to be built: the user's checkout where it is that revision, otherwise a worktree of benchdb's own.
struct SourceTree {
  let directory: String
  let revision: Revision
  let configuration: Configuration
  private let storage: String
  /// Keeps other recorders out of the worktree for as long as it is measured.
  private let worktree: OwnWorktree?

  /// - Throws: `CommandFailure` where the revision lay in a work tree that has changed since.
  init(of revision: Revision, in workspace: Workspace) throws {
    if try workspace.checkedOutRevision() == revision {
      let root = try workspace.repository().root
      self.init(
        directory: root, revision: revision, configuration: workspace.configuration,
        storage: workspace.storage, worktree: nil)
      return
    }
    guard !revision.isDirty else {
      throw CommandFailure(
        "uncommitted changes on top of \(revision.commit.shortHash) were to be measured, and the "
          + "work tree is no longer the same; record it anew.")
    }
    self = try OwnWorktree(in: workspace).checkOut(revision.commit)
  }

  fileprivate init(
    directory: String, revision: Revision, configuration: Configuration, storage: String,
    worktree: OwnWorktree?
  ) {
    self.directory = directory
    self.revision = revision
    self.configuration = configuration
    self.storage = storage
    self.worktree = worktree
  }

  /// Builds every executable that the configuration names, and asks each for its benchmarks.
  func executables(
    workspace: Workspace, interruption: Interruption
  ) throws -> [SuiteExecutable] {
    guard !configuration.executables.isEmpty else {
      throw CommandFailure(
        "benchdb.toml names nothing to measure. Add an [[executable]] with the 'build' command and "
          + "the 'path' of an executable that holds benchmarks; README.md shows one.")
    }
    let files = try TreeCheck(directory: directory, revision: revision, workspace: workspace)
    return try configuration.executables.map { executable in
      let built = try build(
        executable, workspace: workspace, interruption: interruption, check: files.check)
      let worker = WorkerProcess(
        command: [built.executable],
        environment: ProcessInfo.processInfo.environment.merging(executable.environment) { $1 },
        workingDirectory: directory)
      return SuiteExecutable(
        worker: worker,
        build: Build(
          revision: revision, toolchain: built.toolchain, binaryHash: built.binaryHash),
        declarations: try worker.list(interruption: interruption), timeout: executable.timeout)
    }
  }

  private func build(
    _ executable: ExecutableConfiguration, workspace: Workspace, interruption: Interruption,
    check: () throws -> Void
  ) throws -> BuiltSuite {
    if !executable.build.isEmpty {
      workspace.console.note("Building \(executable.name) of \(revision.commit.shortHash)…")
    }
    try StoreLocation.prepareFolder(in: URL(filePath: workspace.root))
    // Two builds in one folder would spoil each other's products.
    let turn = try FileLock(path: storage + "/build.lock") {
      workspace.console.note("Waiting for another benchdb that builds…")
    }
    defer { withExtendedLifetime(turn) {} }
    let recipe = BuildRecipe(command: executable.build, executable: executable.path)
    return try SuiteBuild(recipe: recipe, directory: directory, storage: storage)
      .run(
        tree: revision.commit.tree, difference: revision.differenceHash,
        interruption: interruption, check: check)
  }
}

/// Notices when the files of a tree are no longer those of the revision that their results are stored under.
private struct TreeCheck {
  private let repository: GitRepository
  private let before: WorkTree
  private let revision: Revision

  init(directory: String, revision: Revision, workspace: Workspace) throws {
    repository = try GitRepository.discover(from: directory)
    before = try repository.workTree(ignoring: workspace.databaseFiles)
    self.revision = revision
    guard before.revision == revision else { throw Self.changed(revision) }
  }

  func check() throws {
    guard try repository.isUnchanged(before) else { throw Self.changed(revision) }
  }

  private static func changed(_ revision: Revision) -> CommandFailure {
    CommandFailure(
      "the work tree changed while it was built, so what was built is not "
        + "\(revision.commit.shortHash)\(revision.isDirty ? " with its changes" : ""). Save files "
        + "before recording, have git ignore what the build makes, and record it again.")
  }
}

/// The one worktree of benchdb's own. Other recorders wait for as long as the value lives.
///
/// It is always at the same path, which is embedded in what is built there, so that identical code gives identical bytes.
struct OwnWorktree {
  private let workspace: Workspace
  private let lock: FileLock

  init(in workspace: Workspace) throws {
    self.workspace = workspace
    try StoreLocation.prepareFolder(in: URL(filePath: workspace.root))
    lock = try FileLock(path: workspace.storage + "/worktree.lock") {
      workspace.console.note("Waiting for another benchdb that uses the worktree…")
    }
  }

  /// Its files become those of `commit`.
  func checkOut(_ commit: Commit) throws -> SourceTree {
    let worktree = try workspace.repository().addWorktree(
      of: commit, at: workspace.storage + "/worktree")
    if worktree.hasSubmodules {
      workspace.console.note(
        "\(commit.shortHash) has submodules; they are not checked out in the worktree.")
    }
    let own = try Workspace.configuration(at: worktree.path)
    return SourceTree(
      directory: worktree.path, revision: Revision(commit: commit),
      configuration: own.executables.isEmpty ? workspace.configuration : own,
      storage: workspace.storage, worktree: self)
  }
}
