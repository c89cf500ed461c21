internal import BenchModel
internal import Foundation
internal import GRDB

/// The runs and sessions of imported processes.
final class SessionImporter {
  struct Stored {
    let uuid: UUID
    let id: Int64
    /// Whether the file has all facts of it, so that none is derived from its processes.
    let isDescribed: Bool
  }

  private let database: Database
  private var sessions: [UUID: Stored] = [:]
  private var orders: [Int64: Int] = [:]
  private var machines: [MachineClass: Int64]
  private var last: (origin: Shared<InterchangeOrigin>, stored: Stored)?
  /// The sessions of other harnesses that got new processes.
  private var touched: Set<Int64> = []
  /// The sessions of which processes gave no order.
  private var unordered: Set<Int64> = []

  private static let limit = 20_000

  init(_ database: Database) throws {
    self.database = database
    machines = Dictionary(
      try MachineRow.all(database).map { ($0.machine, $0.id) },
      uniquingKeysWith: { first, _ in first }
    )
  }

  func session(of record: InterchangeRecord) throws -> Stored {
    if let last, last.origin == record.$origin { return last.stored }
    let origin = record.origin
    if sessions.count > Self.limit { (sessions, orders) = ([:], [:]) }
    let stored = try sessions[origin.session] ?? find(origin) ?? insert(origin, record)
    sessions[origin.session] = stored
    last = (record.$origin, stored)
    return stored
  }

  private func find(_ origin: InterchangeOrigin) throws -> Stored? {
    let sql = """
      SELECT session.id, run.uuid, run.purpose, json_extract(run.profile, '$.name')
      FROM session JOIN run ON run.id = session.run_id WHERE session.uuid = ?
      """
    return try Query(
      database, sql, [.text(ColumnCoding.text(origin.session))], table: "session"
    ).first { row in
      let isForeign = try row.text(2) == "import" && row.text(3) == Self.profile.name
      return Stored(uuid: origin.session, id: try row.integer(0), isDescribed: !isForeign)
    }
  }

  private func insert(_ origin: InterchangeOrigin, _ record: InterchangeRecord) throws -> Stored {
    let facts = origin.runFacts ?? Self.undescribed(origin, record)
    let run = try run(facts)
    let session =
      origin.sessionFacts
      ?? Session(
        id: origin.session, run: facts.run.id, machine: origin.machine, state: MachineState(),
        started: record.process.started)
    return Stored(
      uuid: origin.session, id: try insert(session, run: run),
      isDescribed: origin.sessionFacts != nil)
  }

  /// The run of a session of which the file has no facts.
  private static func undescribed(
    _ origin: InterchangeOrigin, _ record: InterchangeRecord
  ) -> InterchangeRun {
    let started = record.process.started
    let run = Run(
      id: origin.run, revision: record.build.revision, purpose: .import, profile: profile,
      seed: 0, started: started, toolVersion: "", plannedProcesses: 0,
      recorder: Recorder(
        hostName: "", bootIdentifier: "", processIdentifier: 0, startTicks: 0))
    return InterchangeRun(run: run, status: .completed, finished: started)
  }

  /// The profile of runs that were measured elsewhere, by unknown rules.
  private static let profile = Profile(
    name: "import", processes: 0, countingProcesses: 0, seconds: 0, maximumSamples: 0,
    maximumRecords: 0)

  /// The row id of a run, which is stored where it is new.
  func run(_ facts: InterchangeRun) throws -> Int64 {
    let run = facts.run
    let commit = try Identities.commit(run.revision.commit, database)
    return try database.id(
      """
      INSERT INTO run (uuid, commit_id, difference_hash, purpose, status, profile, seed,
        tool_version, planned_processes, selection, recorder, started_ms, finished_ms)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (uuid) DO UPDATE SET uuid = excluded.uuid RETURNING id
      """, .text(ColumnCoding.text(run.id)), .integer(commit),
      ColumnCoding.differenceHash(run.revision), .text(run.purpose.rawValue),
      .text(facts.status.rawValue), .text(try ColumnCoding.json(run.profile, "the profile")),
      .integer(Int64(bitPattern: run.seed)), .text(run.toolVersion),
      SQLArgument(run.plannedProcesses),
      .text(try ColumnCoding.json(run.selection, "the selection")),
      .text(try ColumnCoding.json(run.recorder, "the recorder")),
      ColumnCoding.milliseconds(run.started),
      try facts.finished.map(ColumnCoding.milliseconds) ?? .null)
  }

  /// The row id of a session of a stored run.
  func session(_ session: Session) throws -> Int64 {
    let sql = "SELECT id FROM run WHERE uuid = ?"
    let uuid = ColumnCoding.text(session.run)
    guard let run = try Query(database, sql, [.text(uuid)]).first({ try $0.integer(0) }) else {
      throw StoreError.noSuchRun(uuid)
    }
    return try insert(session, run: run)
  }

  private func insert(_ session: Session, run: Int64) throws -> Int64 {
    try database.id(
      """
      INSERT INTO session (uuid, run_id, machine_class_id, state, started_ms)
      VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (uuid) DO UPDATE SET uuid = excluded.uuid RETURNING id
      """, .text(ColumnCoding.text(session.id)), .integer(run),
      .integer(try machineClass(session.machine)),
      .text(try ColumnCoding.json(session.state, "the state of the machine")),
      ColumnCoding.milliseconds(session.started))
  }

  private func machineClass(_ machine: MachineClass) throws -> Int64 {
    if let known = machines[machine] { return known }
    let id = try Identities.insert(machine, database)
    machines[machine] = id
    return id
  }

  // MARK: What depends on the processes

  /// The position of the next process of a session whose lines give no order.
  func nextOrder(_ session: Stored) throws -> Int {
    let sql = "SELECT coalesce(max(plan_order) + 1, 0) FROM process WHERE session_id = ?"
    let order =
      try orders[session.id]
      ?? Query(database, sql, [.integer(session.id)]).first { try $0.count(0) } ?? 0
    orders[session.id] = order + 1
    unordered.insert(session.id)
    return order
  }

  func touch(_ session: Stored) {
    if !session.isDescribed { touched.insert(session.id) }
  }

  /// Sets the start of another harness's session to that of its first process, and the plan of its
  /// run to the number of processes. Processes whose lines give no order are put in that of their
  /// starts; those of one start share a place, since nobody knows which was first.
  func finish() throws {
    for session in unordered.sorted() {
      try database.run(
        """
        UPDATE process SET plan_order = sorted.position
        FROM (
          SELECT id, dense_rank() OVER (ORDER BY started_ms) - 1 AS position
          FROM process WHERE session_id = ?1
        ) AS sorted
        WHERE process.id = sorted.id AND process.plan_order <> sorted.position
        """, .integer(session))
    }
    unordered = []
    orders = [:]
    for session in touched.sorted() {
      try database.run(
        """
        UPDATE session SET started_ms = (SELECT min(started_ms) FROM process WHERE session_id = ?1)
        WHERE id = ?1
        """, .integer(session))
      try database.run(
        """
        UPDATE run SET (started_ms, finished_ms, planned_processes) = (
          SELECT min(process.started_ms), max(process.started_ms), count(*)
          FROM session JOIN process ON process.session_id = session.id
          WHERE session.run_id = run.id)
        WHERE id = (SELECT run_id FROM session WHERE id = ?1)
          AND purpose = 'import'
        """, .integer(session))
    }
    touched = []
  }
}
