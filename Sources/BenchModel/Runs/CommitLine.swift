internal import Foundation

/// The measured commits of a history on one line, oldest first: the axis on which every series is
/// plotted.
package struct CommitLine: Sendable, Hashable {
  /// The branch or revision that the line follows; empty where there is no repository to ask.
  package let name: String
  package let order: Order
  /// The measured commits, oldest first.
  package let commits: [LineCommit]
  /// Measured commits that do not lie on the line (other branches, rewritten or unknown commits),
  /// latest first: named, never dropped.
  package let elsewhere: [Commit]

  package init(
    name: String = "", order: Order, commits: [LineCommit], elsewhere: [Commit] = []
  ) {
    self.name = name
    self.order = order
    self.commits = commits
    self.elsewhere = elsewhere
  }

  /// Who says which commit follows which.
  package enum Order: String, Sendable, Hashable, Codable {
    /// The repository: first parents from the tip, every commit between two measured ones counted.
    case repository
    /// The parents that were stored with the results.
    case parents
    /// The commit dates, since parents are not known.
    case dates
    /// Nobody: neither parents nor dates are known.
    case unknown
  }

  /// The number of commits from one measured commit to another, 1 for neighbours. Without a
  /// repository only measured commits count.
  package func distance(from earlier: Int, to later: Int) -> Int {
    commits[later].position - commits[earlier].position
  }
}

/// A measured commit and its position on the line.
package struct LineCommit: Sendable, Hashable {
  package let commit: Commit
  /// The number of commits, measured or not, since the line's oldest measured commit.
  package let position: Int
  /// The tags that point at the commit, sorted by name.
  package let tags: [String]

  package init(commit: Commit, position: Int, tags: [String] = []) {
    self.commit = commit
    self.position = position
    self.tags = tags
  }
}

extension CommitLine {
  /// The measured commits on a line of first parents; `nil` where none of them is on it, as when
  /// the results belong to another repository.
  ///
  /// - Parameters:
  ///   - name: the branch or revision that the line follows.
  ///   - firstParents: whole hashes, newest first.
  ///   - tags: the names of tags by the hash that they point at.
  ///   - measured: the measured commits in any order.
  package init?(
    name: String, firstParents: [String], tags: [String: [String]] = [:], measured: [Commit]
  ) {
    let byHash = Dictionary(measured.map { ($0.hash, $0) }) { first, _ in first }
    let found = firstParents.reversed().enumerated().compactMap { position, hash in
      byHash[hash].map { (position: position, commit: $0) }
    }
    guard let oldest = found.first?.position else { return nil }
    let onLine = Set(found.map(\.commit.hash))
    self.init(
      name: name, order: .repository,
      commits: found.map { entry in
        LineCommit(
          commit: entry.commit, position: entry.position - oldest,
          tags: (tags[entry.commit.hash] ?? []).sorted())
      }, elsewhere: measured.filter { !onLine.contains($0.hash) }.sorted(by: Commit.isLater))
  }

  /// The measured commits where there is no repository to ask.
  ///
  /// They follow the stored first parents of the tip, if all others branch off that line; otherwise
  /// they are sorted by date. The tip is a commit that is nobody's parent, whatever its date; of
  /// several, the latest, and of such the one with the longest line.
  package init(measured: [Commit]) {
    let byHash = Dictionary(measured.map { ($0.hash, $0) }) { first, _ in first }
    let latest = measured.sorted(by: Commit.isLater)
    let line = Self.ancestryOfTip(of: latest, in: byHash)
    let onLine = Set(line.map(\.hash))
    let others = latest.filter { !onLine.contains($0.hash) }
    let areBranches = others.allSatisfy { other in
      Self.ancestry(of: other, in: byHash).contains { onLine.contains($0.hash) }
    }
    let commits = areBranches ? line : latest
    let dates = measured.compactMap(\.committed)
    let haveDates = dates.count == measured.count && Set(dates).count > 1
    self.init(
      order: areBranches && line.count > 1
        ? .parents : haveDates || commits.count < 2 ? .dates : .unknown,
      commits: commits.reversed().enumerated().map { LineCommit(commit: $1, position: $0) },
      elsewhere: areBranches ? others : [])
  }

  private static func ancestryOfTip(
    of latest: [Commit], in known: [String: Commit]
  ) -> [Commit] {
    let parents = Set(latest.flatMap(\.parents))
    // Where all are parents, imported ones form a cycle, and any may be the tip.
    let tips = latest.filter { !parents.contains($0.hash) }
    guard let first = tips.first ?? latest.first else { return [] }
    return tips.prefix { $0.committed == first.committed }
      .map { ancestry(of: $0, in: known) }
      .reduce(ancestry(of: first, in: known)) { $1.count > $0.count ? $1 : $0 }
  }

  /// A commit and its first parents as far as they are known, newest first.
  private static func ancestry(of commit: Commit?, in known: [String: Commit]) -> [Commit] {
    var line: [Commit] = []
    var seen: Set<String> = []
    var next = commit
    // Imported parents may form a cycle.
    while let commit = next, seen.insert(commit.hash).inserted {
      line.append(commit)
      next = commit.parents.first.flatMap { known[$0] }
    }
    return line
  }

  /// The same line from the commit at `start` on; the commits before it are dropped.
  package func suffix(from start: Int) -> CommitLine {
    CommitLine(
      name: name, order: order, commits: Array(commits[start...]), elsewhere: elsewhere)
  }
}

extension Commit {
  /// Compares the commit dates; the hash decides where they are equal. A commit without a date
  /// comes before all others.
  fileprivate static func isLater(_ left: Commit, _ right: Commit) -> Bool {
    (left.committed ?? .distantPast, left.hash) > (right.committed ?? .distantPast, right.hash)
  }
}
