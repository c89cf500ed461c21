package import BenchModel
import BenchOutput
package import BenchRunner
import BenchStore
import Foundation
import TextCoding

/// The files of a revision, ready to be built: the user's checkout where it is that revision,
/// otherwise a worktree of benchdb's own.
package struct SourceTree {
  package let directory: String
  package let revision: Revision
  package let configuration: Configuration
  let storage: String
  /// Names the files where a commit has folders of another laid over it; its products are cached
  /// under this name.
  private let overlaidTree: String?
  /// Keeps other recorders out of the worktree while it is measured.
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

  init(
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

  /// A hash that is the same wherever the files are; `nil` where they belong to no commit.
  package var tree: String? {
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
    let files = try TreeCheck(
      directory: directory, revision: revision, databaseFiles: workspace.databaseFiles)
    return try configuration.executables.map { executable in
      if !executable.build.isEmpty {
        workspace.console.note("Building \(executable.name) of \(revision.commit.shortHash)…")
      }
      let built = try build(
        executable.recipe, workspace: workspace, interruption: interruption, check: files.check)
      return try self.executable(
        built, executable, workspace: workspace, interruption: interruption)
    }
  }

  /// The executables as they were built in `folder` at another time; `nil` where one of them is not
  /// kept, or is not built at all.
  func keptExecutables(
    builtIn folder: String, workspace: Workspace, interruption: Interruption
  ) throws -> [SuiteExecutable]? {
    var kept: [SuiteExecutable] = []
    for executable in configuration.executables {
      let build = suiteBuild(executable.recipe)
      let toolchain = try build.describeToolchain(interruption: interruption)
      guard
        let built = try build.cached(tree: cachedTree, toolchain: toolchain, builtIn: folder)
      else { return nil }
      kept.append(
        try self.executable(built, executable, workspace: workspace, interruption: interruption))
    }
    return kept
  }

  private func executable(
    _ built: BuiltSuite, _ configuration: ExecutableConfiguration, workspace: Workspace,
    interruption: Interruption
  ) throws -> SuiteExecutable {
    if let note = missingReadsNote(built.missingReads, of: configuration.name) {
      workspace.console.note(note)
    }
    let worker = worker(built, of: configuration)
    let declarations = try worker.list(interruption: interruption)
    if let note = Self.directionNote(declarations) { workspace.console.note(note) }
    return SuiteExecutable(
      worker: worker, build: build(built), declarations: declarations,
      timeout: configuration.timeout, codeHash: built.codeHash)
  }

  /// What is said of gate metrics whose better direction is not known; `nil` where it always is.
  private static func directionNote(_ declarations: [BenchmarkDeclaration]) -> String? {
    let undirected = declarations.flatMap { declaration in
      declaration.undirected.map { (declaration.key, $0) }
    }
    guard let (key, metric) = undirected.first else { return nil }
    return Printable.text(
      DirectionNote.text(
        SeriesKey(benchmark: key, metric: metric.name), unit: metric.unit,
        count: undirected.count))
  }

  /// What is said of files that the configuration names and the revision lacks; `nil` where it has
  /// them all.
  package func missingReadsNote(_ missing: [String], of executable: String) -> String? {
    guard !missing.isEmpty else { return nil }
    return "\(revision.commit.shortHash) has nothing at \(missing.joined(separator: ", ")), "
      + "which \(executable) is said to read ('reads' in benchdb.toml)."
  }

  /// The same executables, to be run in a cached copy of all files of this tree. The worktree has
  /// other files as soon as another commit is checked out there.
  package func cached(_ executables: [SuiteExecutable]) throws -> [SuiteExecutable] {
    guard let tree else { return executables }
    let copy = try CachedTree(
      of: directory, tree: tree, reads: configuration.executables.flatMap(\.reads),
      storage: storage)
    return executables.map { $0.moved(from: directory, to: copy.path) }
  }

  func worker(
    _ built: BuiltSuite, of executable: ExecutableConfiguration
  ) -> WorkerProcess {
    WorkerProcess(
      command: [built.executable],
      environment: ProcessInfo.processInfo.environment.merging(executable.environment) { $1 },
      workingDirectory: directory)
  }

  func build(_ built: BuiltSuite) -> Build {
    Build(revision: revision, toolchain: built.toolchain, binaryHash: built.binaryHash)
  }

  /// The name under which products of these files are cached, where they belong to a commit.
  var cachedTree: String { overlaidTree ?? revision.commit.tree }

  func suiteBuild(_ recipe: BuildRecipe) -> SuiteBuild {
    SuiteBuild(recipe: recipe, directory: directory, storage: storage)
  }

  /// Builds while no other benchdb does. Without `isCached` it builds whatever is cached, and
  /// caches nothing. `toolchain` is what compiles, where that is known already; `check` throws
  /// where the files have changed meanwhile.
  func build(
    _ recipe: BuildRecipe, isCached: Bool = true, toolchain: String? = nil, workspace: Workspace,
    interruption: Interruption, check: () throws -> Void
  ) throws -> BuiltSuite {
    try StoreLocation.prepareFolder(in: URL(filePath: workspace.root))
    // Two builds in one folder would spoil each other's products.
    let turn = try FileLock(path: storage + "/build.lock") {
      workspace.console.note("Waiting for another benchdb that builds…")
    }
    defer { withExtendedLifetime(turn) {} }
    return try suiteBuild(recipe)
      .run(
        tree: isCached ? cachedTree : nil,
        difference: overlaidTree == nil ? revision.differenceHash : nil, toolchain: toolchain,
        interruption: interruption, check: check)
  }
}

extension ExecutableConfiguration {
  var recipe: BuildRecipe {
    BuildRecipe(command: build, executable: path, reads: reads, environment: environment)
  }
}
