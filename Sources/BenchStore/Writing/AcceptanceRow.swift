internal import BenchModel
internal import GRDB

/// The rows of acceptances.
enum AcceptanceRow {
  /// Adds an acceptance. Of a known one only the withdrawal is updated, to the earlier of the two:
  /// an acceptance is never changed otherwise, and a withdrawn one stays withdrawn.
  ///
  /// - Returns: whether the acceptance is new.
  static func add(_ stored: StoredAcceptance, to database: Database) throws -> Bool {
    let acceptance = stored.acceptance
    let id = SQLArgument.text(ColumnCoding.text(acceptance.id))
    let known = try Query(database, "SELECT 1 FROM acceptance WHERE uuid = ?", [id])
      .first { _ in true }
    let parameters = acceptance.series.benchmark.parameters
    try database.run(
      """
      INSERT INTO acceptance (uuid, benchmark, parameters, metric, from_commit, to_commit, size,
        reason, author, accepted_on, until, withdrawn_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (uuid) DO UPDATE SET withdrawn_ms =
        min(coalesce(withdrawn_ms, excluded.withdrawn_ms), excluded.withdrawn_ms)
      WHERE excluded.withdrawn_ms IS NOT NULL
      """, id, .text(acceptance.series.benchmark.id),
      .text(try ColumnCoding.json(parameters, "the parameters of \(acceptance.series)")),
      .text(acceptance.series.metric), .text(acceptance.from), .text(acceptance.to),
      ColumnCoding.finite(acceptance.size, "the size of an acceptance"),
      .text(acceptance.reason), .text(acceptance.author),
      .text(acceptance.accepted.description), SQLArgument(acceptance.until?.description),
      stored.withdrawn.map { try ColumnCoding.milliseconds($0) } ?? .null)
    return known == nil
  }

  /// All acceptances, including withdrawn ones, sorted by series and day.
  static func all(_ database: Database) throws -> [StoredAcceptance] {
    let sql = """
      SELECT rowid, uuid, benchmark, parameters, metric, from_commit, to_commit, size, reason,
        author, accepted_on, until, withdrawn_ms
      FROM acceptance ORDER BY benchmark, parameters, metric, accepted_on, uuid
      """
    return try Query(database, sql, table: "acceptance").map(decode)
  }

  private static func decode(_ row: ResultRow) throws -> StoredAcceptance {
    let benchmark = BenchmarkKey(id: try row.text(2), parameters: try row.json(3))
    let until = row.isNull(11) ? nil : try day(row, 11)
    return StoredAcceptance(
      Acceptance(
        id: try row.uuid(1),
        series: SeriesKey(benchmark: benchmark, metric: try row.text(4)), from: try row.text(5),
        to: try row.text(6), size: try row.real(7), reason: try row.text(8),
        author: try row.text(9), accepted: try day(row, 10), until: until),
      withdrawn: row.isNull(12) ? nil : try row.date(12))
  }

  private static func day(_ row: ResultRow, _ column: Int32) throws -> Day {
    let text = try row.text(column)
    guard let day = Day(text) else { throw row.invalid(column, "'\(text.prefix(40))' is no day") }
    return day
  }
}
