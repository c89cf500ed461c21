package import BenchModel
import BenchOutput
package import BenchRunner
import TextCoding

/// The range of a bisection: GOOD and all commits after it up to BAD, known by their positions.
package struct BisectedRange {
  /// The range as the user wrote it.
  package let name: String
  /// GOOD first, BAD last, no commit before its parents.
  package let commits: [Commit]
  /// The positions of each commit's parents, as far as they are in the range; none for GOOD.
  package let parents: [[Int]]

  package var good: Commit { commits[0] }
  package var bad: Commit { commits[commits.count - 1] }

  /// - Throws: `CommandFailure` where `name` is not `GOOD..BAD`, or GOOD is no ancestor of BAD.
  package init(_ name: String, firstParents: Bool, in repository: GitRepository) throws {
    guard let (good, bad) = try repository.resolveRange(name) else {
      throw CommandFailure(
        "'\(Printable.text(name))' is no range; write GOOD..BAD, such as v1.2..HEAD.")
    }
    try Self.refuseUnrelated(good, bad, in: repository)
    let after = try repository.commits(after: good, upTo: bad, firstParents: firstParents)
    self.init(name, good: good, after: after, firstParents: firstParents)
  }

  /// A range of commits that are known already: GOOD and those after it, none before its parents,
  /// BAD last. With `firstParents` a merge counts as a child of its first parent only.
  package init(_ name: String, good: Commit, after: [Commit], firstParents: Bool) {
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
