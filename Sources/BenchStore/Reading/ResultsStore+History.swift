package import BenchModel
package import Foundation
internal import GRDB

/// One series in one session of one build: a point of its history.
package struct HistoryPoint: Sendable, Hashable {
  package let commit: Commit
  package let differenceHash: String?
  package let run: UUID
  package let machine: MachineClass
  /// The processes of this build only, where the session measured several.
  package let session: SeriesSession
}

/// A series without its points.
package struct StoredSeries: Sendable, Hashable {
  package let key: SeriesKey
  package let metric: Metric
  package let version: Int
  package let source: SourceLocation?
}

extension ResultsStore {
  /// Every series that was ever declared, sorted by key:
  ///
  /// ```sql
  /// SELECT … FROM series JOIN benchmark ON benchmark.id = series.benchmark_id
  /// ```
  package func series() throws(StoreError) -> [StoredSeries] {
    try read { database in
      try SeriesRow.fetch(database, where: "1", []).map(StoredSeries.init)
        .sorted { ($0.key, $0.version) < ($1.key, $1.version) }
    }
  }

  /// The history of one series on one class of machines, or on all, oldest first; with `last`, only
  /// so many of the latest points.
  ///
  /// ```sql
  /// SELECT … FROM series
  /// CROSS JOIN measurement ON measurement.series_id = series.id
  /// CROSS JOIN process ON process.id = measurement.process_id
  /// CROSS JOIN session ON session.id = process.session_id
  /// WHERE series.id = ? AND process.outcome = 'completed' AND session.machine_class_id = ?
  /// ```
  package func history(
    of series: StoredSeries, machine: MachineClass? = nil, last: Int? = nil
  ) throws(StoreError) -> [HistoryPoint] {
    try read { database in
      let rows = try SeriesRow.fetch(
        database,
        where: "benchmark.name = ? AND benchmark.version = ? AND series.metric = ?",
        [.text(series.key.benchmark.id), SQLArgument(series.version), .text(series.metric.name)])
      let wanted = rows.filter { $0.key == series.key && $0.metric == series.metric }
      let machines = try machine.map { try MachineRow.ids(of: $0, database) }
      let points = try wanted.flatMap { row in
        try HistoryBuilder(database: database, series: row.id, machines: machines).points()
      }
      return points.suffix(last ?? points.count)
    }
  }
}

extension StoredSeries {
  init(_ row: SeriesRow) {
    self.init(key: row.key, metric: row.metric, version: row.version, source: row.source)
  }
}

/// Gathers the rows of one series into points.
private struct HistoryBuilder {
  let database: Database
  let series: Int64
  /// The rows of a class of machines; `nil` for all classes.
  let machines: [Int64]?

  private struct Location: Hashable {
    let session: Int64
    let build: Int64
  }

  func points() throws -> [HistoryPoint] {
    var gathering = SessionGathering<Location>()
    var order: [Location] = []
    let filter = machines.map { "AND \(MachineRow.condition($0))" } ?? ""
    let sql = """
      SELECT \(SessionGathering<Location>.columns)
      FROM series
      CROSS JOIN measurement ON measurement.series_id = series.id
      CROSS JOIN process ON process.id = measurement.process_id
      CROSS JOIN session ON session.id = process.session_id
      WHERE series.id = ? AND process.outcome = 'completed' \(filter)
        AND session.run_id NOT IN (SELECT id FROM run WHERE \(ResultsStore.takesTurns))
      \(SessionGathering<Location>.order)
      """
    var seen: Set<Location> = []
    _ = try Query(database, sql, [.integer(series)], table: "measurement").map { row in
      let location = Location(session: try row.integer(2), build: try row.integer(3))
      if seen.insert(location).inserted { order.append(location) }
      try gathering.add(row, to: location, database)
    }
    let sessions = gathering.sessionsByKey()
    return try order.compactMap { location in
      try sessions[location]?.first.flatMap { try point(at: location, session: $0) }
    }
  }

  private func point(at location: Location, session: SeriesSession) throws -> HistoryPoint? {
    let sql = """
      SELECT session.id, run.uuid, build.difference_hash, \(CommitRow.columns),
        \(MachineRow.columns)
      \(RunRow.sessionAndBuild)
      """
    let arguments: [SQLArgument] = [.integer(location.session), .integer(location.build)]
    return try Query(database, sql, arguments, table: "session").first { row in
      let revision = try CommitRow.revision(row, from: 3, differenceHash: 2, database)
      return HistoryPoint(
        commit: revision.commit, differenceHash: revision.differenceHash, run: try row.uuid(1),
        machine: try MachineRow.decode(row, from: 10), session: session)
    }
  }
}
