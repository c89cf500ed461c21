package import BenchModel
package import Foundation
internal import GRDB

/// A run and what became of it.
package struct StoredRun: Sendable, Hashable {
  package let run: Run
  package let status: RunStatus
  package let finished: Date?
  /// The classes of the machines it sat on, in the order of its sessions.
  package let machines: [MachineClass]
  /// Processes stored, and how many of them did not complete.
  package let processes: Int
  package let failures: Int
}

extension ResultsStore {
  /// Runs, latest first: no more than `limit`, and only those that were asked to measure `commit`,
  /// a whole hash, or measured it beside another, where one is given.
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

  /// The run whose uuid starts with these digits; hyphens may be left out where there is one
  /// before.
  package func run(_ prefix: String) throws(StoreError) -> StoredRun {
    let prefix = prefix.lowercased()
    let found = try read { database in
      // A range of the index; '~' sorts after every digit and the hyphen.
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

  /// The sessions of a run, in order.
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

  /// Every class of machine that has measured, in the order of their first session.
  package func machineClasses() throws(StoreError) -> [MachineClass] {
    try read { database in
      let sql = "SELECT id, \(MachineRow.columns) FROM machine_class ORDER BY id"
      return try Query(database, sql, table: "machine_class").map {
        try MachineRow.decode($0, from: 1)
      }
    }
  }
}
