package import BenchModel
package import Foundation
internal import GRDB

extension ResultsStore {
  /// Stores a run that starts now:
  ///
  /// ```sql
  /// INSERT INTO run (uuid, commit_id, …, status, …) VALUES (?, ?, …, 'running', …)
  /// ```
  package func begin(_ run: Run) throws(StoreError) {
    try write { database, _ in
      try database.run(
        """
        INSERT INTO run (uuid, commit_id, difference_hash, purpose, status, profile, seed,
          tool_version, planned_processes, selection, recorder, started_ms)
        VALUES (?, ?, ?, ?, 'running', ?, ?, ?, ?, ?, ?, ?)
        """, .text(ColumnCoding.text(run.id)),
        .integer(try Identities.commit(run.revision.commit, database)),
        ColumnCoding.differenceHash(run.revision), .text(run.purpose.rawValue),
        .text(try ColumnCoding.json(run.profile, "the profile")),
        .integer(Int64(bitPattern: run.seed)), .text(run.toolVersion),
        SQLArgument(run.plannedProcesses),
        .text(try ColumnCoding.json(run.selection, "the selection")),
        .text(try ColumnCoding.json(run.recorder, "the recorder")),
        ColumnCoding.milliseconds(run.started))
    }
  }

  /// Stores a session of a stored run:
  ///
  /// ```sql
  /// INSERT INTO session (uuid, run_id, machine_class_id, state, started_ms) VALUES (?, ?, ?, ?, ?)
  /// ```
  package func begin(_ session: Session) throws(StoreError) {
    try write { database, _ in
      let sql = "SELECT id FROM run WHERE uuid = ?"
      let uuid = ColumnCoding.text(session.run)
      guard let run = try Query(database, sql, [.text(uuid)]).first({ try $0.integer(0) }) else {
        throw StoreError.noSuchRun(uuid)
      }
      try database.run(
        """
        INSERT INTO session (uuid, run_id, machine_class_id, state, started_ms)
        VALUES (?, ?, ?, ?, ?)
        """, .text(ColumnCoding.text(session.id)), .integer(run),
        .integer(try Identities.machineClass(session.machine, database)),
        .text(try ColumnCoding.json(session.state, "the state of the machine")),
        ColumnCoding.milliseconds(session.started))
    }
  }

  /// Stores a process with all of its measurements or, where this throws, nothing of it.
  package func save(_ process: ProcessRecord, level: ValueLevel = .sample) throws(StoreError) {
    try save([process], level: level)
  }

  /// Stores several processes in one transaction, for results that already exist elsewhere.
  package func save(_ processes: [ProcessRecord], level: ValueLevel = .sample) throws(StoreError) {
    let path = path
    try write { database, identities in
      for process in processes {
        guard let session = try identities.session(process.session, database) else {
          throw StoreError.conflict(
            path: path, detail: "there is no session \(ColumnCoding.text(process.session))")
        }
        let writer = ProcessWriter(database: database, process: process, level: level)
        try writer.write(session: session, identities: &identities)
      }
    }
  }

  /// Ends a run:
  ///
  /// ```sql
  /// UPDATE run SET status = ?, finished_ms = ? WHERE uuid = ?
  /// ```
  package func finish(run: UUID, status: RunStatus, at finished: Date = Date()) throws(StoreError) {
    try write { database, _ in
      let uuid = ColumnCoding.text(run)
      try database.run(
        "UPDATE run SET status = ?, finished_ms = ? WHERE uuid = ?", .text(status.rawValue),
        ColumnCoding.milliseconds(finished), .text(uuid))
      guard database.changesCount == 1 else { throw StoreError.noSuchRun(uuid) }
    }
  }
}
