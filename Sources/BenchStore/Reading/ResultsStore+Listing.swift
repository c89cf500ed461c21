package import BenchModel
package import Foundation
internal import GRDB
internal import GRDBSQLite
internal import Migrations

extension ResultsStore {
  /// The version of the schema that this build writes.
  package static var schemaVersion: Int { Migration.all.last?.number ?? 0 }

  /// The version of the SQLite library that this process uses.
  package static var sqliteVersion: String { String(cString: sqlite3_libversion()) }

  /// The latest `limit` runs for `benchdb list`, latest first; with `commit`, a whole hash, only
  /// those that measured it.
  ///
  /// A running run whose recorder is not `isAlive` is listed as interrupted, which the next writer
  /// will store.
  package func runSummaries(
    limit: Int, commit: String? = nil, isAlive: (Run) -> Bool
  ) throws(StoreError) -> [RunSummary] {
    let runs = try runs(limit: limit, commit: commit)
    return try read { database in
      try runs.map { try Self.summary(of: $0, isAlive: isAlive, database) }
    }
  }

  /// One run with its sessions, series and failures.
  package func detail(ofRun id: UUID, isAlive: (Run) -> Bool) throws(StoreError) -> RunDetail {
    let stored = try run(ColumnCoding.text(id))
    let sessions = try sessions(ofRun: id)
    let processes = try processes(ofRun: id)
    let summary = try read { try Self.summary(of: stored, isAlive: isAlive, $0) }
    return RunDetail(
      summary: summary, sessions: sessions,
      series: SessionEntries(processes: processes, sessions: sessions).entries,
      failures: processes.filter { !$0.outcome.isCompleted }.map {
        ProcessFailure(
          benchmark: $0.benchmark.key, order: $0.order, outcome: $0.outcome,
          standardError: $0.standardError)
      })
  }

  /// The latest sessions of one series with every sample, oldest first.
  package func entries(
    of series: StoredSeries, last: Int
  ) throws(StoreError) -> [SeriesHistoryEntry] {
    let points = try history(of: series, last: last)
    var entries: [SeriesHistoryEntry] = []
    for point in points {
      let processes = try processes(
        ofSession: point.session.id, benchmark: series.key.benchmark, version: series.version)
      let session = Session(
        id: point.session.id, run: point.run, machine: point.machine, state: point.session.state,
        started: point.session.started)
      entries += SessionEntries(processes: processes, sessions: [session]).entries.filter {
        $0.metric.name == series.metric.name && $0.revision.commit.hash == point.commit.hash
          && $0.revision.differenceHash == point.differenceHash
      }
    }
    return entries
  }

  /// The classes of machines on which `selection` has a completed process, in the order of their
  /// first session.
  package func machineClasses(
    measuring selection: SeriesSelection
  ) throws(StoreError) -> [MachineClass] {
    try read { database in
      let sql = """
        SELECT machine_class.id, \(MachineRow.columns)
        FROM \(selection.source)
        CROSS JOIN machine_class ON machine_class.id = session.machine_class_id
        WHERE \(selection.condition) AND process.outcome = 'completed'
        GROUP BY machine_class.id ORDER BY min(session.id)
        """
      return try Query(database, sql, selection.arguments, table: "machine_class").map {
        try MachineRow.decode($0, from: 1)
      }.distinct
    }
  }

  private static func summary(
    of stored: StoredRun, isAlive: (Run) -> Bool, _ database: Database
  ) throws -> RunSummary {
    let isAbandoned = stored.status == .running && !isAlive(stored.run)
    let sql = """
      SELECT count(DISTINCT process.benchmark_id)
      FROM run JOIN session ON session.run_id = run.id
      JOIN process ON process.session_id = session.id WHERE run.uuid = ?
      """
    let uuid = SQLArgument.text(ColumnCoding.text(stored.run.id))
    // A paired run plans all rounds, and is complete as soon as every series is decided.
    let isDecided =
      stored.status == .completed && ![.record, .backfill].contains(stored.run.purpose)
    return RunSummary(
      id: stored.run.id, revision: stored.run.revision, purpose: stored.run.purpose,
      profile: stored.run.profile.name, status: isAbandoned ? .interrupted : stored.status,
      started: stored.run.started,
      processes: ProcessTally(
        planned: isDecided ? stored.processes : stored.run.plannedProcesses,
        completed: stored.processes - stored.failures,
        failed: stored.failures),
      machine: stored.machines.first,
      benchmarks: try Query(database, sql, [uuid]).first { try $0.count(0) } ?? 0,
      others: try revisionsApart(ofRun: stored.run.id, database)
        .filter { $0 != stored.run.revision })
  }
}

/// One entry for each series, session and revision of some processes.
private struct SessionEntries {
  let entries: [SeriesHistoryEntry]

  private struct Location: Hashable {
    let key: SeriesKey
    let session: UUID
    let revision: Revision
  }

  init(processes: [ProcessRecord], sessions: [Session]) {
    let known = Dictionary(sessions.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    var gathered: [Location: (metric: Metric, version: Int, processes: [ProcessSummary])] = [:]
    for process in processes where process.outcome.isCompleted {
      for measurement in process.measurements {
        let location = Location(
          key: SeriesKey(benchmark: process.benchmark.key, metric: measurement.metric.name),
          session: process.session, revision: process.build.revision)
        let empty = (
          metric: measurement.metric, version: process.benchmark.version,
          processes: [ProcessSummary]()
        )
        gathered[location, default: empty].processes.append(
          ProcessSummary(
            order: process.order, summary: measurement.summary,
            samples: measurement.countedValues))
      }
    }
    entries = gathered.compactMap { location, series in
      known[location.session].map { session in
        SeriesHistoryEntry(
          key: location.key, metric: series.metric, version: series.version, run: session.run,
          session: session.id, revision: location.revision, started: session.started,
          machine: session.machine, processes: series.processes)
      }
    }.sorted { ($0.key, $0.started) < ($1.key, $1.started) }
  }
}
