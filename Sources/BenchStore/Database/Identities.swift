internal import BenchModel
internal import Foundation
internal import GRDB

/// The row ids of what many processes share, so that storing a process does not look them up again.
///
/// Rows are identified by their contents: the same commit, build or benchmark finds the same row,
/// whoever stored it first.
struct Identities {
  private var dataVersion: Int64?
  private var builds: [Build: Int64] = [:]
  private var sessions: [UUID: Int64] = [:]
  private var benchmarks: [VersionedKey: DeclaredBenchmark] = [:]

  private struct VersionedKey: Hashable {
    let key: BenchmarkKey
    let version: Int
  }

  /// A benchmark as it was last declared, with the ids of its rows.
  struct DeclaredBenchmark {
    let declaration: BenchmarkDeclaration
    let id: Int64
    fileprivate(set) var series: [Metric: Int64]
  }

  /// Forgets all ids after another connection wrote, since it may have removed rows or declared a
  /// benchmark anew.
  mutating func forgetIfOthersWrote(_ database: Database) throws {
    let version = try Query(database, "PRAGMA data_version").first { try $0.integer(0) }
    if version != dataVersion { self = Identities() }
    dataVersion = version
  }

  mutating func build(_ build: Build, _ database: Database) throws -> Int64 {
    if let id = builds[build] { return id }
    let commit = try Identities.commit(build.revision.commit, database)
    let toolchain = try database.id(
      """
      INSERT INTO toolchain (name) VALUES (?)
      ON CONFLICT (name) DO UPDATE SET name = excluded.name RETURNING id
      """, .text(build.toolchain))
    let id = try database.id(
      """
      INSERT INTO build (commit_id, difference_hash, toolchain_id, binary_hash) VALUES (?, ?, ?, ?)
      ON CONFLICT (commit_id, difference_hash, toolchain_id, binary_hash)
      DO UPDATE SET binary_hash = excluded.binary_hash RETURNING id
      """, .integer(commit), ColumnCoding.differenceHash(build.revision), .integer(toolchain),
      .text(build.binaryHash))
    builds[build] = id
    return id
  }

  mutating func session(_ uuid: UUID, _ database: Database) throws -> Int64? {
    if let id = sessions[uuid] { return id }
    let sql = "SELECT id FROM session WHERE uuid = ?"
    let id = try Query(database, sql, [.text(ColumnCoding.text(uuid))]).first {
      try $0.integer(0)
    }
    sessions[uuid] = id
    return id
  }

  mutating func benchmark(_ declaration: BenchmarkDeclaration, _ database: Database) throws
    -> DeclaredBenchmark
  {
    let key = VersionedKey(key: declaration.key, version: declaration.version)
    if let known = benchmarks[key], known.declaration == declaration { return known }
    var benchmark = DeclaredBenchmark(
      declaration: declaration, id: try Identities.insert(declaration, database), series: [:])
    for metric in declaration.metrics {
      benchmark.series[metric] = try Identities.series(metric, of: benchmark.id, database)
    }
    benchmarks[key] = benchmark
    return benchmark
  }

  static func commit(_ commit: Commit, _ database: Database) throws -> Int64 {
    let id = try database.id(
      """
      INSERT INTO git_commit (hash, tree, author, authored_ms, committed_ms, subject)
      VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (hash) DO UPDATE SET hash = excluded.hash RETURNING id
      """, .text(commit.hash), .text(commit.tree), .text(commit.author),
      ColumnCoding.milliseconds(commit.authored), ColumnCoding.milliseconds(commit.committed),
      .text(commit.subject))
    for (position, parent) in commit.parents.enumerated() {
      try database.run(
        """
        INSERT INTO git_parent (commit_id, position, hash) VALUES (?, ?, ?)
        ON CONFLICT (commit_id, position) DO NOTHING
        """, .integer(id), SQLArgument(position), .text(parent))
    }
    return id
  }

  /// Completes a commit of which less was known: empty columns are filled in, and none is replaced
  /// but the start of a process, which stands for the date of a commit without a subject.
  static func complete(_ commit: Commit, _ database: Database) throws {
    try database.run(
      """
      UPDATE git_commit SET
        tree = CASE tree WHEN '' THEN ?2 ELSE tree END,
        author = CASE author WHEN '' THEN ?3 ELSE author END,
        subject = CASE subject WHEN '' THEN ?4 ELSE subject END,
        authored_ms = CASE WHEN subject = '' AND ?4 <> '' THEN coalesce(?5, authored_ms)
          ELSE coalesce(authored_ms, ?5) END,
        committed_ms = CASE WHEN subject = '' AND ?4 <> '' THEN coalesce(?6, committed_ms)
          ELSE coalesce(committed_ms, ?6) END
      WHERE hash = ?1 AND (?4 <> '' OR committed_ms IS NULL)
      """, .text(commit.hash), .text(commit.tree), .text(commit.author), .text(commit.subject),
      ColumnCoding.milliseconds(commit.authored), ColumnCoding.milliseconds(commit.committed))
  }

  static func machineClass(_ machine: MachineClass, _ database: Database) throws -> Int64 {
    try MachineRow.ids(of: machine, database).first ?? insert(machine, database)
  }

  /// The row of a class that has none yet.
  static func insert(_ machine: MachineClass, _ database: Database) throws -> Int64 {
    try database.id(
      """
      INSERT INTO machine_class (architecture, cpu_model, cores, memory_gib, system, virtualisation,
        container_limits, runner_image) VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id
      """, .text(machine.architecture), .text(machine.cpuModel), SQLArgument(machine.cores),
      SQLArgument(machine.memoryBucketGiB), .text(machine.system), .text(machine.virtualisation),
      .text(machine.containerLimits), .text(machine.runnerImage))
  }

  private static func insert(_ declaration: BenchmarkDeclaration, _ database: Database) throws
    -> Int64
  {
    let parameters = try ColumnCoding.json(
      declaration.key.parameters, "the parameters of \(declaration.key)")
    return try database.id(
      """
      INSERT INTO benchmark (name, parameters, version, label, source_file, source_line)
      VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (name, parameters, version) DO UPDATE
      SET source_file = excluded.source_file, source_line = excluded.source_line RETURNING id
      """, .text(declaration.key.id), .text(parameters), SQLArgument(declaration.version),
      .text(declaration.key.description), SQLArgument(declaration.source?.file),
      declaration.source.map { SQLArgument($0.line) } ?? .null)
  }

  /// The row of a metric's series, whose role is updated to the latest declaration.
  private static func series(_ metric: Metric, of benchmark: Int64, _ database: Database) throws
    -> Int64
  {
    return try database.id(
      """
      INSERT INTO series (benchmark_id, metric, unit, direction, is_gate, tolerance)
      VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (benchmark_id, metric, unit, direction) DO UPDATE
      SET is_gate = excluded.is_gate, tolerance = excluded.tolerance RETURNING id
      """, .integer(benchmark), .text(metric.name), .text(metric.unit.rawValue),
      .text(metric.direction.rawValue), .integer(metric.isGate ? 1 : 0),
      SQLArgument(metric.tolerance))
  }
}

extension Database {
  /// Runs a statement that returns one id, such as `INSERT … RETURNING id`.
  func id(_ sql: String, _ arguments: SQLArgument...) throws -> Int64 {
    guard let id = try Query(self, sql, arguments).first({ try $0.integer(0) }) else {
      throw SQLiteFailure(code: 1, message: "no id was returned")
    }
    return id
  }
}
