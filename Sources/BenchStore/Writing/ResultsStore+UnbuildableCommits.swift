package import BenchModel
package import Foundation
internal import GRDB

extension ResultsStore {
  /// Stores that nothing could be built of a commit, as a failed run without planned processes and
  /// with a session on the machine.
  package func noteUnbuildable(_ run: Run, session: Session) throws(StoreError) {
    try begin(run)
    try begin(session)
    try finish(run: run.id, status: .failed)
  }

  /// The commits of clean trees of which nothing could be built on this class of machines, nor
  /// measured since, each with the time of the last attempt.
  package func unbuildableCommits(on machine: MachineClass) throws(StoreError) -> [String: Date] {
    try read { database in
      let machines = try MachineRow.ids(of: machine, database)
      let sql = """
        SELECT run.id, git_commit.hash, max(run.started_ms)
        FROM run
        JOIN git_commit ON git_commit.id = run.commit_id
        JOIN session ON session.run_id = run.id AND \(MachineRow.condition(machines))
        WHERE run.status = 'failed' AND run.planned_processes = 0 AND run.difference_hash = ''
          AND NOT EXISTS (SELECT 1 FROM build JOIN process ON process.build_id = build.id
            JOIN session AS later ON later.id = process.session_id
              AND \(MachineRow.condition(machines, session: "later"))
            WHERE build.commit_id = run.commit_id AND build.difference_hash = ''
              AND process.started_ms >= run.started_ms)
        GROUP BY git_commit.id
        """
      let rows = try Query(database, sql, table: "run").map {
        (try $0.text(1), try $0.date(2))
      }
      return Dictionary(uniqueKeysWithValues: rows)
    }
  }
}
