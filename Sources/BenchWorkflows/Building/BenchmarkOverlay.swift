package import BenchModel

/// Folders of one commit that replace those of another.
package struct BenchmarkOverlay: Hashable {
  package let commit: Commit
  /// Paths from the root of the repository.
  package let folders: [String]

  package init(commit: Commit, folders: [String]) {
    self.commit = commit
    self.folders = folders
  }
}
