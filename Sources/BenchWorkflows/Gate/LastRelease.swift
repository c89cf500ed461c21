package import BenchComparer
import BenchModel
import BenchRunner

/// The latest release before a commit: the nearest first parent with a tag that looks like a
/// version.
struct LastRelease {
  let tag: String
  let commit: String

  /// So many first parents are looked at: git lists them in a few milliseconds.
  private static let reach = 2_000

  /// - Returns: `nil` where there is none, or no repository.
  init?(before commit: Commit, in workspace: Workspace) {
    guard let repository = try? workspace.repository(),
      let tags = try? repository.tags, !tags.isEmpty,
      let ancestors = try? repository.firstParentHashes(of: commit.hash, limit: Self.reach)
    else { return nil }
    for ancestor in ancestors.dropFirst() {
      guard let name = (tags[ancestor] ?? []).sorted().last(where: Self.isVersion) else { continue }
      (tag, self.commit) = (name, ancestor)
      return
    }
    return nil
  }

  /// `v1.2`, `1.2.0-rc1`, `release-3.1`, `v7`
  private static func isVersion(_ tag: String) -> Bool {
    tag.firstMatch(of: /\d+\.\d+|^[vV]\d+/) != nil
  }
}

extension Comparison {
  /// Adds what became slower since the last release, where that was measured on the same class of
  /// machines and is not BASE itself.
  package func notingRelease(
    of sides: ComparedSides, in workspace: Workspace
  ) throws -> Comparison {
    let (base, head) = sides.revisions
    guard let release = LastRelease(before: head.commit, in: workspace),
      release.commit != base.commit.hash
    else { return self }
    let series = try sides.series(of: release.commit)
    guard !series.isEmpty else { return self }
    let comparison = Comparer(rule: rule).compare(
      base: series, head: sides.head.series, identicalCode: sides.identicalCode)
    return noting(tag: release.tag, sinceRelease: comparison)
  }
}
