package import BenchModel
internal import GRDB

extension ResultsStore {
  /// Stores a baseline, and returns the one of the same name that it replaces:
  ///
  /// ```sql
  /// INSERT INTO baseline (name, commit_id, difference_hash, created_ms, note)
  /// VALUES (?, ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET …
  /// ```
  @discardableResult
  package func set(_ baseline: Baseline) throws(StoreError) -> Baseline? {
    try write { database, _ in
      let replaced = try baselines(database, name: baseline.name).first
      try database.run(
        """
        INSERT INTO baseline (name, commit_id, difference_hash, created_ms, note)
        VALUES (?, ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE
        SET commit_id = excluded.commit_id, difference_hash = excluded.difference_hash,
          created_ms = excluded.created_ms, note = excluded.note
        """, .text(baseline.name),
        .integer(try Identities.commit(baseline.revision.commit, database)),
        ColumnCoding.differenceHash(baseline.revision),
        ColumnCoding.milliseconds(baseline.created), .text(baseline.note))
      return replaced
    }
  }

  /// Every baseline, sorted by name:
  ///
  /// ```sql
  /// SELECT … FROM baseline JOIN git_commit ON git_commit.id = baseline.commit_id ORDER BY name
  /// ```
  package func baselines() throws(StoreError) -> [Baseline] {
    try read { try baselines($0, name: nil) }
  }

  package func baseline(_ name: String) throws(StoreError) -> Baseline? {
    try read { try baselines($0, name: name).first }
  }

  /// Removes a baseline; the measurements of its revision stay:
  ///
  /// ```sql
  /// DELETE FROM baseline WHERE name = ?
  /// ```
  package func removeBaseline(_ name: String) throws(StoreError) {
    try write { database, _ in
      try database.run("DELETE FROM baseline WHERE name = ?", .text(name))
      if database.changesCount == 1 { return }
      throw StoreError.noSuchBaseline(name, known: try baselines(database, name: nil).map(\.name))
    }
  }

  private func baselines(_ database: Database, name: String?) throws -> [Baseline] {
    let sql = """
      SELECT baseline.rowid, baseline.name, baseline.difference_hash, baseline.created_ms,
        baseline.note, \(CommitRow.columns)
      FROM baseline JOIN git_commit ON git_commit.id = baseline.commit_id
      WHERE ?1 IS NULL OR baseline.name = ?1 ORDER BY baseline.name
      """
    return try Query(database, sql, [SQLArgument(name)], table: "baseline").map { row in
      Baseline(
        name: try row.text(1),
        revision: try CommitRow.revision(row, from: 5, differenceHash: 2, database),
        created: try row.date(3), note: try row.text(4))
    }
  }
}
