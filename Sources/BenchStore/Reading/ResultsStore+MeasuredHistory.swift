package import BenchModel
internal import GRDB

extension ResultsStore {
  /// Every commit with a completed process, with its parents, in no order.
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

/// What tells a stored series from all others.
struct SeriesIdentity: Hashable {
  let key: SeriesKey
  let version: Int
  let unit: Unit
  let direction: Direction
}

extension StoredSeries {
  var identity: SeriesIdentity {
    SeriesIdentity(key: key, version: version, unit: metric.unit, direction: metric.direction)
  }
}
