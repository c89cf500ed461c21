package import BenchModel
package import Foundation
internal import GRDB

/// An acceptance as it is stored, and whether it still stands.
package struct StoredAcceptance: Sendable, Hashable {
  package let acceptance: Acceptance
  /// When it was taken back; it stays stored, so that merging does not bring it back.
  package let withdrawn: Date?
}

extension ResultsStore {
  package func add(_ acceptance: Acceptance) throws(StoreError) {
    try write { database, _ in
      let parameters = acceptance.series.benchmark.parameters
      try database.run(
        """
        INSERT INTO acceptance (uuid, benchmark, parameters, metric, from_commit, to_commit, size,
          reason, author, accepted_on, until) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """, .text(ColumnCoding.text(acceptance.id)), .text(acceptance.series.benchmark.id),
        .text(try ColumnCoding.json(parameters, "the parameters of \(acceptance.series)")),
        .text(acceptance.series.metric), .text(acceptance.from), .text(acceptance.to),
        ColumnCoding.finite(acceptance.size, "the size of an acceptance"),
        .text(acceptance.reason), .text(acceptance.author),
        .text(acceptance.accepted.description), SQLArgument(acceptance.until?.description))
    }
  }

  /// Every acceptance, the withdrawn ones included, in the order of their series and days.
  package func acceptances() throws(StoreError) -> [StoredAcceptance] {
    try read { database in
      let sql = """
        SELECT rowid, uuid, benchmark, parameters, metric, from_commit, to_commit, size, reason,
          author, accepted_on, until, withdrawn_ms
        FROM acceptance ORDER BY benchmark, parameters, metric, accepted_on, uuid
        """
      return try Query(database, sql, table: "acceptance").map(Self.acceptance)
    }
  }

  /// Takes acceptances back, one that is known only from a file too: it is stored as withdrawn.
  package func withdraw(_ acceptances: [Acceptance], at date: Date) throws(StoreError) {
    let known = Set(try self.acceptances().map(\.acceptance.id))
    for acceptance in acceptances where !known.contains(acceptance.id) { try add(acceptance) }
    try write { database, _ in
      for acceptance in acceptances {
        try database.run(
          "UPDATE acceptance SET withdrawn_ms = ? WHERE uuid = ? AND withdrawn_ms IS NULL",
          ColumnCoding.milliseconds(date), .text(ColumnCoding.text(acceptance.id)))
      }
    }
  }

  private static func acceptance(_ row: ResultRow) throws -> StoredAcceptance {
    let benchmark = BenchmarkKey(id: try row.text(2), parameters: try row.json(3))
    let until = row.isNull(11) ? nil : try day(row, 11)
    return StoredAcceptance(
      acceptance: Acceptance(
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
