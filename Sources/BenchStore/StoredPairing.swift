package import BenchModel
package import Foundation
internal import GRDB

/// A run that measured two revisions in one sitting.
package struct StoredPairing: Sendable, Hashable {
  package let run: Run
  package let machine: MachineClass
  package let base: Revision
  package let head: Revision
  /// Whether its processes say their rounds; where they do not, rounds are counted in the order in which processes ran.
  package let hasRounds: Bool
}

extension ResultsStore {
  /// What a run measured side by side; `nil` where its processes have no place in a round, or more than two revisions do.
  package func pairing(ofRun run: UUID) throws(StoreError) -> StoredPairing? {
    let stored = try self.run(ColumnCoding.text(run))
    return try read { database in try pairing(stored, database) }
  }

  /// The latest sitting on this class of machines that measured either commit, both given by their whole hashes, if it measured the two side
  /// by side and nothing else, every benchmark; `nil` where anything else was measured of them since.
  package func latestPairing(
    of base: String, and head: String, machine: MachineClass
  ) throws(StoreError) -> StoredPairing? {
    let latest = try read { database in
      try MachineRow.id(of: machine, database).flatMap { machineID in
        try Query(
          database, Self.latestRun, [.text(base), .text(head), .integer(machineID)],
          table: "session"
        ).first { try $0.text(1) }
      }
    }
    guard let latest else { return nil }
    let stored = try run(latest)
    guard stored.run.selection == Selection(), stored.run.purpose != .calibrate else { return nil }
    return try read { database in
      if let pairing = try pairing(stored, database) {
        let isOfBoth = pairing.base.commit.hash == base && pairing.head.commit.hash == head
        return isOfBoth && !pairing.head.isDirty ? pairing : nil
      }
      return try countedPairing(stored, base, head, database)
    }
  }

  private func pairing(_ stored: StoredRun, _ database: Database) throws -> StoredPairing? {
    let measured = try arms(stored.run.id, database)
    let base = Set(measured.filter { $0.arm == .base || $0.arm == .null }.map(\.revision))
    let head = Set(measured.filter { $0.arm == .head }.map(\.revision))
    guard let machine = stored.machines.first, stored.machines.count == 1,
      let before = base.first, let after = head.first, base.count == 1, head.count == 1,
      measured.allSatisfy({ $0.arm != nil })
    else { return nil }
    return StoredPairing(
      run: stored.run, machine: machine, base: before, head: after, hasRounds: true)
  }

  /// A sitting of another harness that holds both commits, clean, and no other.
  private func countedPairing(
    _ stored: StoredRun, _ base: String, _ head: String, _ database: Database
  ) throws -> StoredPairing? {
    let measured = try arms(stored.run.id, database)
    let revisions = Set(measured.map(\.revision))
    guard let machine = stored.machines.first, stored.machines.count == 1,
      measured.allSatisfy({ $0.arm == nil }), revisions.allSatisfy({ !$0.isDirty }),
      revisions.count == 2,
      let before = revisions.first(where: { $0.commit.hash == base }),
      let after = revisions.first(where: { $0.commit.hash == head }),
      try Query(database, Self.sittings, [.text(ColumnCoding.text(stored.run.id))])
        .first({ try $0.count(0) }) == 1
    else { return nil }
    return StoredPairing(
      run: stored.run, machine: machine, base: before, head: after, hasRounds: false)
  }

  /// Each revision of a run with each part that it took.
  private func arms(
    _ run: UUID, _ database: Database
  ) throws -> [(arm: RoundPlace.Arm?, revision: Revision)] {
    let sql = """
      SELECT DISTINCT build.id, process.arm, build.difference_hash, \(CommitRow.columns)
      FROM run JOIN session ON session.run_id = run.id
      JOIN process ON process.session_id = session.id
      JOIN build ON build.id = process.build_id
      JOIN git_commit ON git_commit.id = build.commit_id
      WHERE run.uuid = ? ORDER BY build.id
      """
    let run = SQLArgument.text(ColumnCoding.text(run))
    return try Query(database, sql, [run], table: "build").map { row in
      (
        arm: row.isNull(1) ? nil : try row.choice(1),
        revision: try CommitRow.revision(row, from: 3, differenceHash: 2, database)
      )
    }
  }

  private static let sittings = """
    SELECT count(*) FROM run JOIN session ON session.run_id = run.id WHERE run.uuid = ?
    """

  /// Starts with the builds of the two commits: without statistics SQLite would start with every session of the machine.
  private static let latestRun = """
    SELECT session.id, run.uuid
    FROM git_commit CROSS JOIN build ON build.commit_id = git_commit.id
    CROSS JOIN process ON process.build_id = build.id
    CROSS JOIN session ON session.id = process.session_id
    JOIN run ON run.id = session.run_id
    WHERE git_commit.hash IN (?1, ?2) AND process.outcome = 'completed'
      AND session.machine_class_id = ?3 AND run.purpose <> 'bisect'
    ORDER BY session.started_ms DESC, session.id DESC LIMIT 1
    """
}
