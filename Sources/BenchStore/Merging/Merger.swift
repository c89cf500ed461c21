internal import Foundation
internal import GRDB

/// The numbers of rows that a merge added.
package struct MergeCounts: Sendable, Hashable {
  package let runs: Int
  package let processes: Int
  package let baselines: Int
  package let acceptances: Int
}

extension ResultsStore {
  /// Merges everything of the database at `other` into this one in one transaction: all of it or,
  /// where this throws, nothing.
  ///
  /// `other` is never changed: a copy of it is checked, brought to this schema and read. Merging is
  /// idempotent, commutative and associative in what is stored; row ids differ. With `isDryRun`
  /// everything is done, and then rolled back.
  package func merge(_ other: String, isDryRun: Bool = false) throws(StoreError) -> MergeCounts {
    guard access == .readWrite else { throw .readOnly(path: path) }
    let other = URL(fileURLWithPath: other).standardizedFileURL.path
    let copy = try MergedCopy(of: other, beside: path)
    defer { copy.remove() }
    do {
      try queue.inDatabase { try $0.execute(sql: "ATTACH ? AS other", arguments: [copy.path]) }
      defer { try? queue.inDatabase { try $0.execute(sql: "DETACH other") } }
      // The file stays open although its name is removed, so a kill leaves nothing behind.
      copy.remove()
      var counts: MergeCounts?
      try queue.inTransaction(.immediate) { database in
        counts = try Merger(database).merge()
        return isDryRun ? .rollback : .commit
      }
      guard let counts else { throw StoreError.interrupted }
      return counts
    } catch { throw StoreError(any: error, path: path, waited: 0) }
  }
}

/// The statements of one merge, run in the caller's transaction; the other database is attached as
/// `other`.
struct Merger {
  private let database: Database

  init(_ database: Database) { self.database = database }

  func merge() throws -> MergeCounts {
    let before = try counts()
    for table in MergedTable.contexts { try merge(table) }
    try mergeDeclarations()
    try mergeProcesses()
    try database.checkForeignKeys()
    try dropTranslations()
    let after = try counts()
    return MergeCounts(
      runs: after.runs - before.runs, processes: after.processes - before.processes,
      baselines: after.baselines - before.baselines,
      acceptances: after.acceptances - before.acceptances)
  }

  private func merge(_ table: MergedTable, where condition: String = "1") throws {
    try run(table.insertion(columns: try columns(of: table), where: condition))
    if table.isNumbered { try translate(table, where: condition) }
  }

  private func translate(_ table: MergedTable, where condition: String = "1") throws {
    try run(
      "CREATE TEMP TABLE merged_\(table.name) (theirs INTEGER PRIMARY KEY, ours INTEGER NOT NULL)")
    try run(table.translating(where: condition))
  }

  // MARK: Benchmarks

  /// Takes the declaration of a benchmark, and which of its metrics gate, from the side whose
  /// latest process of the benchmark started later.
  private func mergeDeclarations() throws {
    try run(
      """
      CREATE TEMP TABLE declared AS
      SELECT theirs.id AS theirs, mine.id AS ours,
        (SELECT coalesce(max(started_ms), 0) FROM other.process WHERE benchmark_id = theirs.id)
          AS their_time,
        (SELECT coalesce(max(started_ms), 0) FROM main.process WHERE benchmark_id = mine.id)
          AS our_time
      FROM other.benchmark AS theirs JOIN main.benchmark AS mine USING (name, parameters, version)
      """)
    try merge(.benchmark)
    try run(
      """
      UPDATE main.benchmark AS mine
      SET (source_file, source_line) = (theirs.source_file, theirs.source_line)
      FROM temp.declared JOIN other.benchmark AS theirs ON theirs.id = declared.theirs
      WHERE mine.id = declared.ours
        AND (their_time, quote(theirs.source_file), quote(theirs.source_line))
          > (our_time, quote(mine.source_file), quote(mine.source_line))
      """)
    try merge(.series)
    try run(
      """
      UPDATE main.series AS mine SET (is_gate, tolerance) = (theirs.is_gate, theirs.tolerance)
      FROM temp.declared JOIN other.series AS theirs ON theirs.benchmark_id = declared.theirs
      WHERE mine.benchmark_id = declared.ours AND mine.metric = theirs.metric
        AND mine.unit = theirs.unit AND mine.direction = theirs.direction
        AND (their_time, theirs.is_gate, quote(theirs.tolerance))
          > (our_time, mine.is_gate, quote(mine.tolerance))
      """)
  }

  // MARK: What was measured

  /// Merges processes. One that benchdb measured never changes, so a known one is skipped. Imported
  /// ones may have grown, since lines without a process add their samples to one.
  private func mergeProcesses() throws {
    try run(
      """
      CREATE TEMP TABLE fresh (id INTEGER PRIMARY KEY);
      INSERT INTO temp.fresh SELECT theirs.id FROM other.process AS theirs
      JOIN other.session ON session.id = theirs.session_id JOIN other.run ON run.id = session.run_id
      WHERE run.purpose = 'import'
        OR NOT EXISTS (SELECT 1 FROM main.process AS mine WHERE mine.uuid = theirs.uuid)
      """)
    try merge(.process, where: "theirs.id IN temp.fresh")
    try mergeMeasurements()
  }

  /// Of two measurements of one process and series, keeps the one with more samples; of equally
  /// many, the one whose text is greater.
  private func mergeMeasurements() throws {
    let table = MergedTable.measurement
    let columns = try columns(of: table)
    let contents = columns.filter { table.references[$0] == nil }
    func content(_ row: String, _ array: String) -> String {
      (["\(row).sample_count", "quote(\(array).value_array)", "quote(\(array).iterations)"]
        + contents.map { "quote(\(row).\($0))" }).joined(separator: ", ")
    }
    try run(
      """
      CREATE TEMP TABLE greater (theirs INTEGER PRIMARY KEY, ours INTEGER);
      INSERT INTO temp.greater
      SELECT theirs.id, mine.id FROM \(table.source)
      LEFT JOIN main.measurement AS mine
        ON mine.process_id = their_process_id.ours AND mine.series_id = their_series_id.ours
      LEFT JOIN other.sample_array AS their_array ON their_array.measurement_id = theirs.id
      LEFT JOIN main.sample_array AS our_array ON our_array.measurement_id = mine.id
      WHERE mine.id IS NULL OR (\(content("theirs", "their_array"))) > (\(content("mine", "our_array")));
      DELETE FROM main.measurement WHERE id IN (SELECT ours FROM temp.greater)
      """)
    try merge(table, where: "theirs.id IN (SELECT theirs FROM temp.greater)")
    let arrays = try self.columns("sample_array").filter { $0 != "measurement_id" }
    let list = arrays.joined(separator: ", ")
    try run(
      """
      INSERT INTO main.sample_array (measurement_id, \(list))
      SELECT moved.ours, \(arrays.map { "theirs.\($0)" }.joined(separator: ", "))
      FROM temp.merged_measurement AS moved
      CROSS JOIN other.sample_array AS theirs ON theirs.measurement_id = moved.theirs
      """)
  }

  // MARK: The database

  private func columns(of table: MergedTable) throws -> [String] {
    try columns(table.name).filter { !(table.isNumbered && $0 == "id") }
  }

  /// The columns of the schema itself, so that a column of a later migration is merged too.
  private func columns(_ table: String) throws -> [String] {
    try Query(
      database, "SELECT name FROM pragma_table_info(?, 'main') ORDER BY cid", [.text(table)]
    )
    .map { try $0.text(0) }
  }

  private func counts() throws -> MergeCounts {
    func count(_ table: String) throws -> Int {
      try Query(database, "SELECT count(*) FROM main.\(table)").first { try $0.count(0) } ?? 0
    }
    return MergeCounts(
      runs: try count("run"), processes: try count("process"), baselines: try count("baseline"),
      acceptances: try count("acceptance"))
  }

  private func dropTranslations() throws {
    let tables = try Query(database, "SELECT name FROM sqlite_temp_master WHERE type = 'table'")
      .map { try $0.text(0) }
    for table in tables { try run("DROP TABLE temp.\(table)") }
  }

  private func run(_ sql: String) throws { try database.execute(sql: sql) }
}

extension ResultsStore {
  /// Every table that `merge` handles. A test holds that no table of a migration is forgotten.
  package static var mergedTables: [String] { MergedTable.names }
}
