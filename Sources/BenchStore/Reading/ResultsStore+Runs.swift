package import BenchModel
package import Foundation
internal import GRDB

/// A run with its status, machines and numbers of processes.
package struct StoredRun: Sendable, Hashable {
  package let run: Run
  package let status: RunStatus
  package let finished: Date?
  /// The classes of machines that measured it, in the order of its sessions.
  package let machines: [MachineClass]
  /// The number of stored processes, and of those that did not complete.
  package let processes: Int
  package let failures: Int
}

extension ResultsStore {
  /// At most `limit` runs, latest first; with `commit`, a whole hash, only those that were asked to
  /// measure it or measured it beside another:
  ///
  /// ```sql
  /// SELECT … FROM run JOIN git_commit ON git_commit.id = run.commit_id
  /// WHERE git_commit.hash = ? OR run.id IN (SELECT session.run_id …)
  /// ORDER BY run.started_ms DESC, run.id DESC LIMIT ?
  /// ```
  package func runs(limit: Int? = nil, commit: String? = nil) throws(StoreError) -> [StoredRun] {
    try read { database in
      let filter = commit == nil ? "" : "WHERE git_commit.hash = ?1 OR \(Self.measuredToo)"
      let sql = "\(RunRow.select) \(filter) ORDER BY run.started_ms DESC, run.id DESC LIMIT ?2"
      return try RunRow.fetch(database, sql, [SQLArgument(commit), SQLArgument(limit ?? -1)])
    }
  }

  /// A paired run is asked for one commit and measures two.
  private static let measuredToo = """
    run.id IN (
      SELECT session.run_id FROM git_commit AS other
      JOIN build ON build.commit_id = other.id
      JOIN process ON process.build_id = build.id
      JOIN session ON session.id = process.session_id WHERE other.hash = ?1)
    """

  /// The run whose UUID starts with these digits, with its hyphens:
  ///
  /// ```sql
  /// SELECT … FROM run JOIN git_commit ON git_commit.id = run.commit_id
  /// WHERE run.uuid >= '4f1' AND run.uuid < '4f1~' ORDER BY run.uuid LIMIT 9
  /// ```
  ///
  /// - Throws: `StoreError.noSuchRun` and `StoreError.ambiguousRun`.
  package func run(_ prefix: String) throws(StoreError) -> StoredRun {
    let prefix = prefix.lowercased()
    let found = try read { database in
      // The comparison uses a range of the index, since '~' sorts after every digit and the hyphen.
      let sql = "\(RunRow.select) WHERE run.uuid >= ?1 AND run.uuid < ?2 ORDER BY run.uuid LIMIT 9"
      return prefix.isEmpty
        ? [] : try RunRow.fetch(database, sql, [.text(prefix), .text(prefix + "~")])
    }
    guard let first = found.first else { throw .noSuchRun(prefix) }
    guard found.count == 1 else {
      throw .ambiguousRun(prefix, matches: found.map { ColumnCoding.text($0.run.id) })
    }
    return first
  }

  /// The sessions of a run, sorted by start:
  ///
  /// ```sql
  /// SELECT … FROM session JOIN machine_class ON machine_class.id = session.machine_class_id
  /// WHERE session.run_id = (SELECT id FROM run WHERE uuid = ?)
  /// ORDER BY session.started_ms, session.id
  /// ```
  package func sessions(ofRun run: UUID) throws(StoreError) -> [Session] {
    try read { database in
      let sql = """
        SELECT session.id, session.uuid, session.state, session.started_ms, \(MachineRow.columns)
        FROM session JOIN machine_class ON machine_class.id = session.machine_class_id
        WHERE session.run_id = (SELECT id FROM run WHERE uuid = ?)
        ORDER BY session.started_ms, session.id
        """
      return try Query(database, sql, [.text(ColumnCoding.text(run))], table: "session").map {
        Session(
          id: try $0.uuid(1), run: run, machine: try MachineRow.decode($0, from: 4),
          state: try $0.json(2), started: try $0.date(3))
      }
    }
  }

  /// Every class of machines, in the order of their first session:
  ///
  /// ```sql
  /// SELECT … FROM machine_class ORDER BY id
  /// ```
  package func machineClasses() throws(StoreError) -> [MachineClass] {
    try read { database in
      try MachineRow.all(database).map(\.machine).distinct
    }
  }
}
