package import BenchModel
import BenchOutput
package import BenchRunner
import BenchStore
import Foundation

/// The files of a revision, ready to be built: the user's checkout where it is that revision,
/// otherwise a worktree of benchdb's own.
package struct SourceTree {
  let directory: String
  let revision: Revision
  let configuration: Configuration
  private let storage: String
  /// Names the files where they are a commit's with folders of another; its products are kept under
  /// it.
  private let overlaidTree: String?
  /// Keeps other recorders out of the worktree for as long as it is measured.
  private let worktree: OwnWorktree?

  /// - Throws: `CommandFailure` where the revision lay in a work tree that has changed since.
  package init(of revision: Revision, in workspace: Workspace) throws {
    if try workspace.checkedOutRevision() == revision {
      let root = try workspace.repository().root
      self.init(
        directory: root, revision: revision, configuration: workspace.configuration,
        storage: workspace.storage, overlaidTree: nil, worktree: nil)
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
    overlaidTree: String?, worktree: OwnWorktree?
  ) {
    self.directory = directory
    self.revision = revision
    self.configuration = configuration
    self.storage = storage
    self.overlaidTree = overlaidTree
    self.worktree = worktree
  }

  /// The same hash wherever the files are the same; `nil` where they are those of nobody's commit.
  var tree: String? {
    overlaidTree ?? (revision.isDirty ? nil : revision.commit.tree)
  }

  static let nothingToMeasure = CommandFailure(
    "benchdb.toml names nothing to measure. Add an [[executable]] with the 'build' command and the "
      + "'path' of an executable that holds benchmarks; README.md shows one.")

  /// Builds every executable that the configuration names, and asks each for its benchmarks.
  package func executables(
    workspace: Workspace, interruption: Interruption
  ) throws -> [SuiteExecutable] {
    guard !configuration.executables.isEmpty else { throw Self.nothingToMeasure }
    let files = try TreeCheck(directory: directory, revision: revision, workspace: workspace)
    return try configuration.executables.map { executable in
      if !executable.build.isEmpty {
        workspace.console.note("Building \(executable.name) of \(revision.commit.shortHash)…")
      }
      let built = try build(
        executable.recipe, workspace: workspace, interruption: interruption, check: files.check)
      if !built.missingReads.isEmpty {
        workspace.console.note(
          "\(revision.commit.shortHash) has nothing at \(built.missingReads.joined(separator: ", ")), "
            + "which \(executable.name) is said to read ('reads' in benchdb.toml).")
      }
      let worker = worker(built, of: executable)
      return SuiteExecutable(
        worker: worker, build: build(built),
        declarations: try worker.list(interruption: interruption), timeout: executable.timeout)
    }
  }

  /// `executables`, to be run in a copy of all files of this tree: what lies in the worktree is
  /// another's, once other files are checked out there.
  func kept(_ executables: [SuiteExecutable]) throws -> [SuiteExecutable] {
    guard let tree else { return executables }
    let copy = try CachedTree(
      of: directory, tree: tree, reads: configuration.executables.flatMap(\.reads),
      storage: storage)
    return executables.map { $0.moved(from: directory, to: copy.path) }
  }

  /// Whether any of `executables` can be linked in another order.
  func canRelink(
    _ executables: [SuiteExecutable], where isWanted: (SuiteExecutable) -> Bool
  ) -> Bool {
    zip(configuration.executables, executables).contains {
      $0.recipe.relinked(seed: 1, scratch: storage) != nil && isWanted($1)
    }
  }

  /// `executables` of this tree, those that `isWanted` with a link order for each of `seeds`, where
  /// they can be linked so.
  func relinked(
    _ executables: [SuiteExecutable], seeds: Range<Int>, workspace: Workspace,
    interruption: Interruption, where isWanted: (SuiteExecutable) -> Bool
  ) throws -> [SuiteExecutable] {
    let files = try TreeCheck(directory: directory, revision: revision, workspace: workspace)
    return try zip(configuration.executables, executables).map { configuration, executable in
      let recipes = seeds.compactMap {
        configuration.recipe.relinked(seed: $0, scratch: storage + "/layouts")
      }
      guard !recipes.isEmpty, isWanted(executable) else { return executable }
      workspace.console.note(
        "Linking \(configuration.name) of \(revision.commit.shortHash) in "
          + "\(English.count(recipes.count, "order"))…")
      return executable.with(
        relinked: try recipes.map { recipe in
          let built = try build(
            recipe, toolchain: executable.build.toolchain, workspace: workspace,
            interruption: interruption, check: files.check)
          return SuiteExecutable(
            worker: worker(built, of: configuration), build: build(built),
            declarations: executable.declarations, timeout: executable.timeout)
        })
    }
  }

  private func worker(
    _ built: BuiltSuite, of executable: ExecutableConfiguration
  ) -> WorkerProcess {
    WorkerProcess(
      command: [built.executable],
      environment: ProcessInfo.processInfo.environment.merging(executable.environment) { $1 },
      workingDirectory: directory)
  }

  private func build(_ built: BuiltSuite) -> Build {
    Build(revision: revision, toolchain: built.toolchain, binaryHash: built.binaryHash)
  }

  /// `toolchain` is what compiles, where that is known already.
  private func build(
    _ recipe: BuildRecipe, toolchain: String? = nil, workspace: Workspace,
    interruption: Interruption, check: () throws -> Void
  ) throws -> BuiltSuite {
    try StoreLocation.prepareFolder(in: URL(filePath: workspace.root))
    // Two builds in one folder would spoil each other's products.
    let turn = try FileLock(path: storage + "/build.lock") {
      workspace.console.note("Waiting for another benchdb that builds…")
    }
    defer { withExtendedLifetime(turn) {} }
    return try SuiteBuild(recipe: recipe, directory: directory, storage: storage)
      .run(
        tree: overlaidTree ?? revision.commit.tree,
        difference: overlaidTree == nil ? revision.differenceHash : nil, toolchain: toolchain,
        interruption: interruption, check: check)
  }
}

extension ExecutableConfiguration {
  fileprivate var recipe: BuildRecipe {
    BuildRecipe(command: build, executable: path, reads: reads, environment: environment)
  }
}

/// Notices when the files of a tree are no longer those of the revision that their results are
/// stored under.
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

/// The one worktree of benchdb's own, and what is copied from it. Other recorders wait for as long
/// as the value lives.
///
/// It is always at the same path, which is embedded in what is built there, so that identical code
/// gives identical bytes.
struct OwnWorktree {
  private let workspace: Workspace
  private let lock: FileLock

  init(in workspace: Workspace) throws {
    self.workspace = workspace
    try StoreLocation.prepareFolder(in: URL(filePath: workspace.root))
    lock = try FileLock(path: workspace.storage + "/worktree.lock") {
      workspace.console.note("Waiting for another benchdb that uses the worktree…")
    }
    try CachedTree.removeAll(storage: workspace.storage)
  }

  /// Its files become those of `commit`, but for `benchmarks`, which become those of another where
  /// that is given.
  func checkOut(_ commit: Commit, benchmarks: BenchmarkOverlay? = nil) throws -> SourceTree {
    let worktree = try workspace.repository().addWorktree(
      of: commit, at: workspace.storage + "/worktree")
    if worktree.hasSubmodules {
      workspace.console.note(
        "\(commit.shortHash) has submodules; they are not checked out in the worktree.")
    }
    let own = try Workspace.configuration(at: worktree.path)
    let revision = try overlay(benchmarks, on: commit, in: worktree.path)
    return SourceTree(
      directory: worktree.path, revision: revision,
      configuration: own.executables.isEmpty ? workspace.configuration : own,
      storage: workspace.storage, overlaidTree: revision.overlaidTree, worktree: self)
  }

  /// What lies in the worktree afterwards: the commit, and on top of it what differs in the folders
  /// of the other.
  private func overlay(
    _ benchmarks: BenchmarkOverlay?, on commit: Commit, in worktree: String
  ) throws -> Revision {
    guard let benchmarks else { return Revision(commit: commit) }
    let repository = try GitRepository.discover(from: worktree)
    try repository.overlay(benchmarks.folders, of: benchmarks.commit)
    return try repository.revision(ignoring: workspace.databaseFiles)
  }
}

/// Folders of one commit, to be laid over another's tree.
struct BenchmarkOverlay {
  let commit: Commit
  /// Relative to the root of the repository.
  let folders: [String]
}

extension Revision {
  /// Of a commit with folders of another on top: what both hashes give, as long as a tree's.
  fileprivate var overlaidTree: String? {
    differenceHash.map {
      String(SHA256.hexadecimal(of: "\(commit.tree):\($0)".utf8).prefix(commit.tree.count))
    }
  }
}
