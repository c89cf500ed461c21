package import BenchModel
package import Foundation
internal import GRDB

/// A run that measured two revisions in one session.
package struct StoredPairing: Sendable, Hashable {
  package let run: Run
  package let machine: MachineClass
  package let base: Revision
  package let head: Revision
  /// Whether its processes have positions in rounds. Otherwise the rounds are counted in the order
  /// in which the processes ran.
  package let hasRounds: Bool
  /// Why its processes do not count as rounds; `nil` where they ran in turn.
  package let obstacle: RoundOrder.Obstacle?
}

extension StoredPairing {
  fileprivate var turned: StoredPairing {
    StoredPairing(
      run: run, machine: machine, base: head, head: base, hasRounds: hasRounds, obstacle: obstacle)
  }
}

extension Commit {
  /// Whether this commit is the older one, as far as the parents and dates of the two commits tell.
  fileprivate func isOlder(than other: Commit) -> Bool {
    if other.parents.contains(hash) || parents.contains(other.hash) {
      return other.parents.contains(hash)
    }
    guard let committed, let later = other.committed else { return false }
    return committed < later
  }
}

extension ResultsStore {
  /// The two revisions that a run measured, in rounds or as the one session of another harness that
  /// holds two commits; `nil` where it measured one revision only, or more than two.
  package func pairing(ofRun run: UUID) throws(StoreError) -> StoredPairing? {
    let stored = try self.run(ColumnCoding.text(run))
    return try read { database in
      try pairing(stored, database) ?? countedPairing(stored, database)
    }
  }

  /// The revisions of a run whose processes have no position in a round, in the order in which they
  /// were first stored. There is one, unless another harness put several into one session.
  package func revisionsApart(ofRun run: UUID) throws(StoreError) -> [Revision] {
    try read { database in try Self.revisionsApart(ofRun: run, database) }
  }

  static func revisionsApart(ofRun run: UUID, _ database: Database) throws -> [Revision] {
    try arms(run, database).filter { $0.arm == nil }.map(\.revision).reduce(into: []) {
      if !$0.contains($1) { $0.append($1) }
    }
  }

  /// The pairing of the latest session on this class of machines that measured either commit, given
  /// by whole hashes.
  ///
  /// It is `nil` unless that session measured the two side by side, every benchmark and nothing
  /// else: then something else was measured of them since.
  package func latestPairing(
    of base: String, and head: String, machine: MachineClass
  ) throws(StoreError) -> StoredPairing? {
    let latest = try read { database in
      let machines = try MachineRow.ids(of: machine, database)
      return try Query(
        database, Self.latestRun(on: machines), [.text(base), .text(head)], table: "session"
      ).first { try $0.text(1) }
    }
    guard let latest else { return nil }
    let stored = try run(latest)
    guard stored.run.selection == Selection(), stored.run.purpose != .calibrate else { return nil }
    return try read { database in
      if let pairing = try pairing(stored, database) {
        let isOfBoth = pairing.base.commit.hash == base && pairing.head.commit.hash == head
        return isOfBoth && !pairing.head.isDirty ? pairing : nil
      }
      guard let pairing = try countedPairing(stored, database) else { return nil }
      return [pairing, pairing.turned].first {
        $0.base.commit.hash == base && $0.head.commit.hash == head
      }
    }
  }

  private func pairing(_ stored: StoredRun, _ database: Database) throws -> StoredPairing? {
    let measured = try Self.arms(stored.run.id, database)
    let base = Set(measured.filter { $0.arm == .base || $0.arm == .control }.map(\.revision))
    let head = Set(measured.filter { $0.arm == .head }.map(\.revision))
    guard let machine = stored.machines.first, stored.machines.count == 1,
      let before = base.first, let after = head.first, base.count == 1, head.count == 1,
      measured.allSatisfy({ $0.arm != nil })
    else { return nil }
    return StoredPairing(
      run: stored.run, machine: machine, base: before, head: after, hasRounds: true,
      obstacle: nil)
  }

  /// The pairing of another harness's session that holds two clean commits and no other. The older
  /// commit is BASE.
  private func countedPairing(_ stored: StoredRun, _ database: Database) throws -> StoredPairing? {
    let revisions = try Self.revisionsApart(ofRun: stored.run.id, database)
    guard let machine = stored.machines.first, stored.machines.count == 1,
      try Self.arms(stored.run.id, database).allSatisfy({ $0.arm == nil }),
      revisions.allSatisfy({ !$0.isDirty }), revisions.count == 2,
      let first = revisions.first, let second = revisions.last,
      try Query(database, Self.sessions, [.text(ColumnCoding.text(stored.run.id))])
        .first({ try $0.count(0) }) == 1
    else { return nil }
    let pairing = StoredPairing(
      run: stored.run, machine: machine, base: first, head: second, hasRounds: false,
      obstacle: try RoundOrder(ofRun: stored.run.id, first: first.commit.hash, database).obstacle)
    return second.commit.isOlder(than: first.commit) ? pairing.turned : pairing
  }

  /// Each revision of a run with each arm that it took.
  private static func arms(
    _ run: UUID, _ database: Database
  ) throws -> [(arm: RoundPosition.Arm?, revision: Revision)] {
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

  private static let sessions = """
    SELECT count(*) FROM run JOIN session ON session.run_id = run.id WHERE run.uuid = ?
    """

  /// Starts with the builds of the two commits, because without statistics SQLite would start with
  /// every session of the machine.
  private static func latestRun(on machines: [Int64]) -> String {
    """
    SELECT session.id, run.uuid
    FROM git_commit CROSS JOIN build ON build.commit_id = git_commit.id
    CROSS JOIN process ON process.build_id = build.id
    CROSS JOIN session ON session.id = process.session_id
    JOIN run ON run.id = session.run_id
    WHERE git_commit.hash IN (?1, ?2) AND process.outcome = 'completed'
      AND \(MachineRow.condition(machines)) AND run.purpose <> 'bisect'
    ORDER BY session.started_ms DESC, session.id DESC LIMIT 1
    """
  }
}
