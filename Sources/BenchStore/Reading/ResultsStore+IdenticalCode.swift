package import BenchModel
internal import GRDB

extension ResultsStore {
  /// The sessions that show the noise of this class of machines for code that did not change.
  ///
  /// There is a group for every series and code that was measured in at least two of the latest
  /// `recentSessions` sessions. Code is the same where the executable is; where its hash is not
  /// known, as of imported results, where commit and toolchain are and nothing was uncommitted.
  package func identicalCodeGroups(
    machine: MachineClass, recentSessions: Int = 32
  ) throws(StoreError) -> [IdenticalCodeGroup] {
    try read { database in
      let machines = try MachineRow.ids(of: machine, database)
      var gathering = SessionGathering<Code>()
      let sql = Self.identicalCodeQuery(MachineRow.condition(machines))
      let arguments = [SQLArgument(recentSessions)]
      _ = try Query(database, sql, arguments, table: "measurement").map { row in
        let code = Code(series: try row.integer(1), name: try row.text(8))
        try gathering.add(row, to: code, database)
      }
      return try groups(of: gathering.sessionsByKey(), database)
    }
  }

  private struct Code: Hashable {
    let series: Int64
    /// The hash of the executable, or what stands for it.
    let name: String
  }

  /// Leaves out code that only one session ran before any measurement is read.
  private static func identicalCodeQuery(_ ranOnMachine: String) -> String {
    """
    WITH recent AS MATERIALIZED (
      SELECT id FROM session WHERE \(ranOnMachine)
        AND run_id NOT IN (SELECT id FROM run WHERE \(takesTurns)) ORDER BY started_ms DESC, id DESC LIMIT ?
    ), ran AS MATERIALIZED (
      SELECT DISTINCT process.session_id, process.build_id
      FROM recent CROSS JOIN process ON process.session_id = recent.id
    ), coded AS MATERIALIZED (
      SELECT ran.session_id, ran.build_id, CASE
        WHEN build.binary_hash <> '' THEN build.binary_hash
        WHEN build.difference_hash = '' THEN
          'commit ' || build.commit_id || ' by ' || build.toolchain_id
        END AS code
      FROM ran JOIN build ON build.id = ran.build_id
    ), repeated AS MATERIALIZED (
      SELECT code FROM coded WHERE code IS NOT NULL
      GROUP BY code HAVING count(DISTINCT session_id) > 1
    )
    SELECT \(SessionGathering<Code>.columns), coded.code
    FROM coded
    CROSS JOIN session ON session.id = coded.session_id
    CROSS JOIN process
      ON process.session_id = coded.session_id AND process.build_id = coded.build_id
    CROSS JOIN measurement ON measurement.process_id = process.id
    CROSS JOIN series ON series.id = measurement.series_id
    WHERE coded.code IN (SELECT code FROM repeated) AND process.outcome = 'completed'
    \(SessionGathering<Code>.order)
    """
  }

  private func groups(of sessions: [Code: [SeriesSession]], _ database: Database) throws
    -> [IdenticalCodeGroup]
  {
    let repeated = sessions.filter { $0.value.count > 1 }
    var rows: [Int64: SeriesRow] = [:]
    for id in Set(repeated.keys.map(\.series)) { rows[id] = try SeriesRow.fetch(id, database) }
    let found = repeated.compactMap { code, sessions in
      rows[code.series].map { row in
        (code: code, group: IdenticalCodeGroup(series: row.key, sessions: sessions))
      }
    }
    return found.sorted { left, right in
      (left.group.series, left.code.series, left.code.name)
        < (right.group.series, right.code.series, right.code.name)
    }.map(\.group)
  }
}
