/// The measured commits of a history on one line, oldest first: the axis on which every series is plotted.
package struct CommitLine: Sendable, Hashable {
  /// What the line follows: a branch or revision, or empty where no repository told.
  package let name: String
  package let order: Order
  /// Those that were measured, oldest first.
  package let commits: [LineCommit]
  /// Measured commits that do not lie on the line (other branches, rewritten or unknown commits), latest first: named, never dropped.
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
  }

  /// How many commits lie between two measured ones, the later included; 1 for neighbours. Without a repository only measured commits count.
  package func distance(from earlier: Int, to later: Int) -> Int {
    commits[later].position - commits[earlier].position
  }
}

/// A measured commit and its place on the line.
package struct LineCommit: Sendable, Hashable {
  package let commit: Commit
  /// Counted from the line's oldest measured commit, in commits, measured or not.
  package let position: Int
  /// Release tags and other tags that point at it, in the order of their names.
  package let tags: [String]

  package init(commit: Commit, position: Int, tags: [String] = []) {
    self.commit = commit
    self.position = position
    self.tags = tags
  }
}
