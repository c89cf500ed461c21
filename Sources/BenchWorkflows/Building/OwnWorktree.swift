package import BenchModel
import BenchRunner
import BenchStore
import Foundation

/// The one worktree of benchdb's own, and what is copied from it. Other recorders that need it wait
/// as long as the value lives.
///
/// It is always at the same path. The path is embedded in what is built there, so identical code
/// gives identical bytes.
package struct OwnWorktree {
  private let workspace: Workspace
  private let lock: FileLock

  package init(in workspace: Workspace) throws {
    self.workspace = workspace
    try StoreLocation.prepareFolder(in: URL(filePath: workspace.root))
    lock = try FileLock(path: workspace.storage + "/worktree.lock") {
      workspace.console.note("Waiting for another benchdb that uses the worktree…")
    }
    try CachedTree.removeAll(storage: workspace.storage)
  }

  /// Replaces its files by those of `commit`, with `benchmarks` laid over them where these are
  /// given.
  package func checkOut(_ commit: Commit, benchmarks: BenchmarkOverlay? = nil) throws -> SourceTree
  {
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

  /// Lays the folders of another commit over the worktree.
  /// - Returns: what lies there afterwards: the commit, and on top of it what differs in them.
  private func overlay(
    _ benchmarks: BenchmarkOverlay?, on commit: Commit, in worktree: String
  ) throws -> Revision {
    guard let benchmarks else { return Revision(commit: commit) }
    let repository = try GitRepository.discover(from: worktree)
    try repository.overlay(benchmarks.folders, of: benchmarks.commit)
    return try repository.revision(ignoring: workspace.databaseFiles)
  }
}

extension Revision {
  /// Names a commit's tree with folders of another commit on top, by a text as long as git's hash
  /// of a tree; `nil` for the commit alone.
  fileprivate var overlaidTree: String? {
    differenceHash.map {
      String(SHA256.hexadecimal(of: "\(commit.tree):\($0)".utf8).prefix(commit.tree.count))
    }
  }
}
