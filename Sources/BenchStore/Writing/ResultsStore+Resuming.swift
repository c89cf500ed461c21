package import BenchModel
package import Foundation
internal import GRDB

/// A stored process, which resuming its run need not measure again.
package struct StoredProcess: Sendable, Hashable {
  package let benchmark: BenchmarkKey
  package let pass: MeasurementPass
  /// The position in the run's plan.
  package let order: Int
  /// The commit from which it was built; a paired run has two.
  package let commit: String
  package let isCompleted: Bool

  package init(
    benchmark: BenchmarkKey, pass: MeasurementPass, order: Int, commit: String, isCompleted: Bool
  ) {
    self.benchmark = benchmark
    self.pass = pass
    self.order = order
    self.commit = commit
    self.isCompleted = isCompleted
  }
}

extension ResultsStore {
  /// Marks every `running` run whose recorder is gone as interrupted, and returns those.
  package func interruptAbandonedRuns(
    isAlive: (Run) -> Bool, at now: Date = Date()
  ) throws(StoreError) -> [StoredRun] {
    try write { database, _ in
      let abandoned = try runs(database, status: .running).filter { !isAlive($0.run) }
      return try abandoned.map { stored in
        try database.run(
          "UPDATE run SET status = 'interrupted', finished_ms = ? WHERE uuid = ?",
          ColumnCoding.milliseconds(now), .text(ColumnCoding.text(stored.run.id)))
        return StoredRun(
          run: stored.run, status: .interrupted, finished: now, machines: stored.machines,
          processes: stored.processes, failures: stored.failures)
      }
    }
  }

  /// The runs that can be resumed, latest first:
  ///
  /// ```sql
  /// SELECT … FROM run JOIN git_commit ON git_commit.id = run.commit_id
  /// WHERE run.status = 'interrupted' ORDER BY run.started_ms DESC, run.id DESC
  /// ```
  package func interruptedRuns() throws(StoreError) -> [StoredRun] {
    try read { try runs($0, status: .interrupted) }
  }

  /// Makes an interrupted run one of `recorder`; of two callers at once, one succeeds:
  ///
  /// ```sql
  /// UPDATE run SET status = 'running', finished_ms = NULL, recorder = ?
  /// WHERE uuid = ? AND status = 'interrupted'
  /// ```
  package func resume(run: UUID, recorder: Recorder) throws(StoreError) {
    try write { database, _ in
      let uuid = ColumnCoding.text(run)
      try database.run(
        """
        UPDATE run SET status = 'running', finished_ms = NULL, recorder = ?
        WHERE uuid = ? AND status = 'interrupted'
        """, .text(try ColumnCoding.json(recorder, "the recorder")), .text(uuid))
      if database.changesCount == 1 { return }
      let status = try Query(database, "SELECT status FROM run WHERE uuid = ?", [.text(uuid)])
        .first { try $0.text(0) }
      guard let status else { throw StoreError.noSuchRun(uuid) }
      throw StoreError.runNotInterrupted(uuid, status: status)
    }
  }

  /// The stored processes of a run in the order of its plan, including failed ones.
  package func storedProcesses(ofRun run: UUID) throws(StoreError) -> [StoredProcess] {
    try read { database in
      let sql = """
        SELECT process.id, benchmark.name, benchmark.parameters, process.pass, process.plan_order,
          git_commit.hash, process.outcome
        FROM run JOIN session ON session.run_id = run.id
        JOIN process ON process.session_id = session.id
        JOIN benchmark ON benchmark.id = process.benchmark_id
        JOIN build ON build.id = process.build_id
        JOIN git_commit ON git_commit.id = build.commit_id
        WHERE run.uuid = ? ORDER BY process.plan_order, process.id
        """
      return try Query(database, sql, [.text(ColumnCoding.text(run))], table: "process").map {
        StoredProcess(
          benchmark: BenchmarkKey(id: try $0.text(1), parameters: try $0.json(2)),
          pass: try $0.choice(3), order: try $0.count(4), commit: try $0.text(5),
          isCompleted: try $0.choice(6) as StoredOutcome.Kind == .completed)
      }
    }
  }

  private func runs(_ database: Database, status: RunStatus) throws -> [StoredRun] {
    // The status is part of the text, so that SQLite can use the index of running runs.
    let sql = """
      \(RunRow.select) WHERE run.status = '\(status.rawValue)'
      ORDER BY run.started_ms DESC, run.id DESC
      """
    return try RunRow.fetch(database, sql)
  }
}
