package import BenchModel
package import Foundation
internal import GRDB

extension ResultsStore {
  /// Every series of a paired run, sorted by key.
  ///
  /// A round counts where one session completed both sides; a round that an interruption cut in two
  /// was run again. A side exists where it was measured or failed, and has the failures of the
  /// series' own pass.
  package func pairedSeries(ofRun run: UUID) throws(StoreError) -> [PairedSeries] {
    try series(ofRun: run, positioned: Self.storedPositions, [])
  }

  /// Every series of a run whose processes have no position in a round, as other harnesses write
  /// it.
  ///
  /// The k-th processes of `base` and `head`, given by whole hashes, form a round, for each
  /// benchmark and pass of a session in its stored order.
  package func pairedSeries(
    ofRun run: UUID, countingRoundsOf base: String, and head: String
  ) throws(StoreError) -> [PairedSeries] {
    try series(ofRun: run, positioned: Self.countedPositions, [.text(base), .text(head)])
  }

  private func series(
    ofRun run: UUID, positioned: String, _ commits: [SQLArgument]
  ) throws(StoreError) -> [PairedSeries] {
    try read { database in
      let uuid = SQLArgument.text(ColumnCoding.text(run))
      guard let session = try StoredSession(ofRun: uuid, database) else { return [] }
      let arguments = [uuid] + commits
      var gathering = RoundGathering(session: session, hasRounds: commits.isEmpty)
      _ = try Query(database, positioned + Self.measuredRounds, arguments, table: "measurement").map
      {
        try gathering.add(measurement: $0, database)
      }
      _ = try Query(database, positioned + Self.failedRounds, arguments, table: "process").map {
        try gathering.add(failure: $0, database)
      }
      return gathering.series()
    }
  }

  /// The stored processes of a paired run, in the order in which they were measured.
  package func roundProcesses(ofRun run: UUID) throws(StoreError) -> [RoundProcess] {
    try read { database in
      let sql = """
        SELECT process.id, benchmark.name, benchmark.parameters, process.pass, process.round,
          process.arm, session.uuid, process.outcome
        FROM \(Self.rounds)
        JOIN benchmark ON benchmark.id = process.benchmark_id
        WHERE run.uuid = ? AND process.arm IS NOT NULL \(Self.roundOrder)
        """
      return try Query(database, sql, [.text(ColumnCoding.text(run))], table: "process").map {
        guard let position = try $0.position(4) else { throw $0.invalid(5, "it is null") }
        return RoundProcess(
          benchmark: BenchmarkKey(id: try $0.text(1), parameters: try $0.json(2)),
          pass: try $0.choice(3), position: position, session: try $0.uuid(6),
          isCompleted: try $0.choice(7) as StoredOutcome.Kind == .completed)
      }
    }
  }

  private static let rounds = """
    run JOIN session ON session.run_id = run.id JOIN process ON process.session_id = session.id
    """
  private static let roundOrder = """
    ORDER BY session.started_ms, session.id, process.plan_order, process.id
    """

  /// Selects the processes that took part in rounds.
  private static let storedPositions = """
    WITH positioned AS (
      SELECT process.* FROM \(rounds) WHERE run.uuid = ?1 AND process.arm IS NOT NULL
    )

    """

  private static let countedPositions = """
    WITH positioned AS (
      SELECT process.id, process.session_id, process.build_id, process.benchmark_id, process.pass,
        process.plan_order, process.outcome, process.outcome_text, process.outcome_detail,
        process.facts, row_number() OVER (
          PARTITION BY process.session_id, build.commit_id, process.benchmark_id, process.pass
          ORDER BY process.plan_order, process.id) - 1 AS round,
        CASE git_commit.hash WHEN ?2 THEN 'base' ELSE 'head' END AS arm
      FROM \(rounds)
      JOIN build ON build.id = process.build_id AND build.difference_hash = ''
      JOIN git_commit ON git_commit.id = build.commit_id AND git_commit.hash IN (?2, ?3)
      WHERE run.uuid = ?1 AND process.arm IS NULL
    )

    """

  private static let measuredRounds = """
    SELECT measurement.id, measurement.series_id, process.round, process.arm, process.pass,
      process.session_id, build.binary_hash, toolchain.name, \(ProcessStatistic.column),
      measurement.sample_count, process.plan_order, measurement.median, measurement.is_gate,
      measurement.tolerance,
      CASE WHEN json_valid(process.facts) THEN json_extract(process.facts, '$.codeHash') END,
      measurement.shift,
      CASE WHEN json_valid(process.facts) THEN json_extract(process.facts, '$.method') END
    FROM positioned AS process
    JOIN session ON session.id = process.session_id
    JOIN build ON build.id = process.build_id
    JOIN toolchain ON toolchain.id = build.toolchain_id
    JOIN measurement ON measurement.process_id = process.id
    JOIN series ON series.id = measurement.series_id
    WHERE process.outcome = 'completed' \(roundOrder)
    """

  private static let failedRounds = """
    SELECT process.id, process.benchmark_id, process.round, process.arm, process.pass,
      process.outcome, process.outcome_text, process.outcome_detail, process.session_id
    FROM positioned AS process JOIN session ON session.id = process.session_id
    WHERE process.outcome <> 'completed' \(roundOrder)
    """

  /// The first session of a run, which stands for all: a run is only resumed on the same class of
  /// machines.
  struct StoredSession {
    let id: UUID
    let machine: MachineClass
    let state: MachineState
    let started: Date

    fileprivate init?(ofRun run: SQLArgument, _ database: Database) throws {
      let sql = """
        SELECT session.id, session.uuid, session.state, session.started_ms, \(MachineRow.columns)
        FROM run JOIN session ON session.run_id = run.id
        JOIN machine_class ON machine_class.id = session.machine_class_id
        WHERE run.uuid = ? ORDER BY session.started_ms, session.id LIMIT 1
        """
      let found = try Query(database, sql, [run], table: "session").first {
        (
          id: try $0.uuid(1), machine: try MachineRow.decode($0, from: 4),
          state: try $0.json(2) as MachineState, started: try $0.date(3)
        )
      }
      guard let found else { return nil }
      (id, machine, state, started) = (found.id, found.machine, found.state, found.started)
    }
  }
}

extension ResultRow {
  /// The position in a round, from the column of the round and the following one of the arm.
  func position(_ column: Int32) throws -> RoundPosition? {
    guard !isNull(column), !isNull(column + 1) else { return nil }
    return RoundPosition(round: try count(column), arm: try choice(column + 1))
  }
}
