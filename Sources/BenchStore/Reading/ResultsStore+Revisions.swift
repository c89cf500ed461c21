package import BenchModel
internal import GRDB

extension ResultsStore {
  /// The first of `commits` that has a completed process of a clean tree, and its index among them.
  ///
  /// - Parameters:
  ///   - commits: whole hashes, nearest first.
  ///   - machine: the class that must have measured it, or `nil` for any.
  /// - Returns: the commit and its index; `nil` where none was measured.
  /// - Throws: `StoreError` where the database cannot be read.
  package func nearestMeasured(
    among commits: some Sequence<String>, machine: MachineClass?
  ) throws(StoreError) -> (commit: String, distance: Int)? {
    try read { database in
      let machines = try machine.map { try MachineRow.ids(of: $0, database) }
      let condition =
        "AND \(Self.standsForCommit)"
        + (machines.map { " AND " + MachineRow.condition($0) } ?? "")
      let sql = """
        SELECT 1 FROM git_commit
        JOIN build ON build.commit_id = git_commit.id AND build.difference_hash = ''
        JOIN process ON process.build_id = build.id AND process.outcome = 'completed'
        JOIN session ON session.id = process.session_id \(condition)
        WHERE git_commit.hash = ?1 LIMIT 1
        """
      for (distance, commit) in commits.enumerated() {
        if try Query(database, sql, [.text(commit)]).first({ _ in true }) != nil {
          return (commit, distance)
        }
      }
      return nil
    }
  }

  /// At most `limit` stored commits whose hashes start with these digits, sorted by hash:
  ///
  /// ```sql
  /// SELECT … FROM git_commit WHERE hash >= '0a3f' AND hash < '0a3f~' ORDER BY hash LIMIT 2
  /// ```
  package func commits(startingWith prefix: String, limit: Int) throws(StoreError) -> [Commit] {
    try read { database in
      // The comparison uses a range of the index, since '~' sorts after every digit.
      let sql = """
        SELECT \(CommitRow.columns) FROM git_commit WHERE hash >= ?1 AND hash < ?2
        ORDER BY hash LIMIT ?3
        """
      let arguments: [SQLArgument] = [.text(prefix), .text(prefix + "~"), SQLArgument(limit)]
      return try Query(database, sql, arguments, table: "git_commit").map {
        try CommitRow.commit($0, from: 0, database)
      }
    }
  }

  /// The stored commit with this hash:
  ///
  /// ```sql
  /// SELECT … FROM git_commit WHERE hash = ?
  /// ```
  package func commit(_ hash: String) throws(StoreError) -> Commit? {
    try read { database in
      let sql = "SELECT \(CommitRow.columns) FROM git_commit WHERE hash = ?"
      return try Query(database, sql, [.text(hash)], table: "git_commit").first {
        try CommitRow.commit($0, from: 0, database)
      }
    }
  }

  /// Every commit with a completed process, unsorted:
  ///
  /// ```sql
  /// SELECT … FROM git_commit WHERE EXISTS (
  ///   SELECT 1 FROM build CROSS JOIN process ON process.build_id = build.id
  ///   WHERE build.commit_id = git_commit.id AND process.outcome = 'completed')
  /// ```
  package func measuredCommits() throws(StoreError) -> [Commit] {
    try read { database in
      let sql = """
        SELECT \(CommitRow.columns) FROM git_commit
        WHERE EXISTS (
          SELECT 1 FROM build CROSS JOIN process ON process.build_id = build.id
          WHERE build.commit_id = git_commit.id AND process.outcome = 'completed')
        """
      return try Query(database, sql, table: "git_commit").map {
        try CommitRow.commit($0, from: 0, database)
      }
    }
  }
}
