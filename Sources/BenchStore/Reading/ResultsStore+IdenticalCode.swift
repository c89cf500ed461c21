package import BenchModel
internal import GRDB

extension ResultsStore {
  /// The sessions that show the noise of this class of machines for code that did not change.
  ///
  /// There is a group for every series and executable that was measured in at least two of the
  /// latest `recentSessions` sessions.
  package func identicalCodeGroups(
    machine: MachineClass, recentSessions: Int = 20
  ) throws(StoreError) -> [IdenticalCodeGroup] {
    try read { database in
      guard let machineID = try MachineRow.id(of: machine, database) else { return [] }
      var gathering = SessionGathering<Code>()
      let sql = Self.identicalCodeQuery
      let arguments: [SQLArgument] = [.integer(machineID), SQLArgument(recentSessions)]
      _ = try Query(database, sql, arguments, table: "measurement").map { row in
        let hash = try gathering.binaryHash(ofBuild: try row.integer(3), database)
        try gathering.add(row, to: Code(series: try row.integer(1), binaryHash: hash), database)
      }
      return try groups(of: gathering.sessionsByKey(), database)
    }
  }

  private struct Code: Hashable {
    let series: Int64
    let binaryHash: String
  }

  /// Leaves out executables that only one session ran before any measurement is read.
  private static let identicalCodeQuery = """
    WITH recent AS MATERIALIZED (
      SELECT id FROM session WHERE machine_class_id = ? ORDER BY started_ms DESC, id DESC LIMIT ?
    ), ran AS MATERIALIZED (
      SELECT DISTINCT process.session_id, process.build_id
      FROM recent CROSS JOIN process ON process.session_id = recent.id
    ), repeated AS MATERIALIZED (
      SELECT build.binary_hash FROM ran JOIN build ON build.id = ran.build_id
      GROUP BY build.binary_hash HAVING count(DISTINCT ran.session_id) > 1
    )
    SELECT \(SessionGathering<Code>.columns)
    FROM ran
    CROSS JOIN build ON build.id = ran.build_id
    CROSS JOIN session ON session.id = ran.session_id
    CROSS JOIN process ON process.session_id = ran.session_id AND process.build_id = ran.build_id
    CROSS JOIN measurement ON measurement.process_id = process.id
    CROSS JOIN series ON series.id = measurement.series_id
    WHERE build.binary_hash IN (SELECT binary_hash FROM repeated) AND build.binary_hash <> ''
      AND process.outcome = 'completed'
    \(SessionGathering<Code>.order)
    """

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
      (left.group.series, left.code.series, left.code.binaryHash)
        < (right.group.series, right.code.series, right.code.binaryHash)
    }.map(\.group)
  }
}
