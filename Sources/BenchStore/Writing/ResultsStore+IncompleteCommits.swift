package import BenchModel
internal import GRDB

extension ResultsStore {
  /// The hashes of the commits whose dates are not known, sorted:
  ///
  /// ```sql
  /// SELECT hash FROM git_commit WHERE committed_ms IS NULL ORDER BY hash
  /// ```
  package func undatedCommits() throws(StoreError) -> [String] {
    try read { database in
      let sql = "SELECT hash FROM git_commit WHERE committed_ms IS NULL ORDER BY hash"
      return try Query(database, sql).map { try $0.text(0) }
    }
  }

  /// Adds what was not known of stored commits, parents included; what is known stays.
  package func complete(_ commits: [Commit]) throws(StoreError) {
    try write { database, _ in
      for commit in commits {
        try Identities.complete(commit, database)
        _ = try Identities.commit(commit, database)
      }
    }
  }
}
