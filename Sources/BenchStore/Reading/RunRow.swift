internal import BenchModel
internal import GRDB

/// The columns of a run, and how a run is read from them.
enum RunRow {
  static let select = """
    SELECT run.id, run.uuid, run.purpose, run.status, run.profile, run.seed, run.tool_version,
      run.planned_processes, run.selection, run.recorder, run.started_ms, run.finished_ms,
      run.difference_hash, \(CommitRow.columns)
    FROM run JOIN git_commit ON git_commit.id = run.commit_id
    """

  /// A session and a build that it measured, joined with all that their rows refer to. `?1` is the
  /// session's id, `?2` the build's.
  static let sessionAndBuild = """
    FROM session
    JOIN run ON run.id = session.run_id
    JOIN machine_class ON machine_class.id = session.machine_class_id
    JOIN build ON build.id = ?2
    JOIN git_commit ON git_commit.id = build.commit_id
    WHERE session.id = ?1
    """

  static func fetch(_ database: Database, _ sql: String, _ arguments: [SQLArgument] = []) throws
    -> [StoredRun]
  {
    let rows = try Query(database, sql, arguments, table: "run").map { row in
      (
        id: try row.integer(0), run: try decode(row, database),
        status: try row.choice(3) as RunStatus,
        finished: row.isNull(11) ? nil : try row.date(11)
      )
    }
    return try rows.map { row in
      StoredRun(
        run: row.run, status: row.status, finished: row.finished,
        machines: try machines(database, run: row.id),
        processes: try count(database, run: row.id, "1"),
        failures: try count(database, run: row.id, "outcome <> 'completed'"))
    }
  }

  static func decode(_ row: ResultRow, _ database: Database) throws -> Run {
    Run(
      id: try row.uuid(1),
      revision: try CommitRow.revision(row, from: 13, differenceHash: 12, database),
      purpose: try row.choice(2), profile: try row.json(4),
      seed: UInt64(bitPattern: try row.integer(5)), started: try row.date(10),
      toolVersion: try row.text(6), plannedProcesses: try row.count(7),
      selection: try row.json(8), recorder: try row.json(9))
  }

  private static func machines(_ database: Database, run: Int64) throws -> [MachineClass] {
    let sql = """
      SELECT machine_class.id, \(MachineRow.columns)
      FROM session JOIN machine_class ON machine_class.id = session.machine_class_id
      WHERE session.run_id = ? GROUP BY machine_class.id ORDER BY min(session.id)
      """
    return try Query(database, sql, [.integer(run)], table: "machine_class").map {
      try MachineRow.decode($0, from: 1)
    }.distinct
  }

  private static func count(_ database: Database, run: Int64, _ condition: String) throws -> Int {
    let sql = """
      SELECT count(*) FROM session JOIN process ON process.session_id = session.id
      WHERE session.run_id = ? AND \(condition)
      """
    return try Query(database, sql, [.integer(run)]).first { try $0.count(0) } ?? 0
  }
}

/// The columns of a class of machines, and how one is read from them.
enum MachineRow {
  static let columns = """
    machine_class.architecture, machine_class.cpu_model, machine_class.cores,
    machine_class.memory_gib, machine_class.system, machine_class.virtualisation,
    machine_class.container_limits, machine_class.runner_image
    """

  static func decode(_ row: ResultRow, from first: Int32) throws -> MachineClass {
    MachineClass(
      architecture: try row.text(first), cpuModel: try row.text(first + 1),
      cores: try row.count(first + 2), memoryBucketGiB: try row.count(first + 3),
      system: try row.text(first + 4), virtualisation: try row.text(first + 5),
      containerLimits: try row.text(first + 6), runnerImage: try row.text(first + 7))
  }

  /// The rows of a class, the oldest first. A database of an earlier version has several where the
  /// names of one machine differ in the case of letters or in blanks.
  static func ids(of machine: MachineClass, _ database: Database) throws -> [Int64] {
    try all(database).filter { $0.machine == machine }.map(\.id)
  }

  /// Every row, the oldest first.
  static func all(_ database: Database) throws -> [(id: Int64, machine: MachineClass)] {
    let sql = "SELECT id, \(columns) FROM machine_class ORDER BY id"
    return try Query(database, sql, table: "machine_class").map {
      (id: try $0.integer(0), machine: try decode($0, from: 1))
    }
  }

  /// The condition that a session, by its name in the query, ran on one of these rows.
  static func condition(_ ids: [Int64], session: String = "session") -> String {
    "\(session).machine_class_id IN (\(ids.map(String.init).joined(separator: ", ")))"
  }
}

extension [MachineClass] {
  /// Each class once, as it is named first.
  var distinct: [MachineClass] {
    var seen: Set<MachineClass> = []
    return filter { seen.insert($0).inserted }
  }
}

/// The columns of a commit, and how one is read from them.
enum CommitRow {
  static let columns = """
    git_commit.id, git_commit.hash, git_commit.tree, git_commit.author, git_commit.authored_ms,
    git_commit.committed_ms, git_commit.subject
    """

  static func commit(_ row: ResultRow, from first: Int32, _ database: Database) throws -> Commit {
    let sql = "SELECT hash FROM git_parent WHERE commit_id = ? ORDER BY position"
    let parents = try Query(database, sql, [.integer(try row.integer(first))]).map {
      try $0.text(0)
    }
    return Commit(
      hash: try row.text(first + 1), parents: parents, author: try row.text(first + 3),
      authored: row.isNull(first + 4) ? nil : try row.date(first + 4),
      committed: row.isNull(first + 5) ? nil : try row.date(first + 5),
      subject: try row.text(first + 6), tree: try row.text(first + 2))
  }

  static func revision(
    _ row: ResultRow, from first: Int32, differenceHash: Int32, _ database: Database
  ) throws -> Revision {
    let difference = try row.text(differenceHash)
    return Revision(
      commit: try commit(row, from: first, database),
      differenceHash: difference.isEmpty ? nil : difference)
  }
}
