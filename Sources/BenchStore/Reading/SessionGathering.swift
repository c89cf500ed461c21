internal import BenchModel
internal import Foundation
internal import GRDB

/// Gathers rows of measurements into sessions for each `Key`.
///
/// The rows must be sorted by session, since the processes of a session are expected to follow one
/// another.
struct SessionGathering<Key: Hashable> {
  /// The index of each key's sessions in `gathered`.
  private var positions: [Key: Int] = [:]
  private var gathered: [[SessionProcesses]] = []
  private var sessions: [Int64: SessionFacts] = [:]
  private var builds: [Int64: BuildFacts] = [:]

  private struct SessionProcesses {
    let session: Int64
    let level: ValueLevel
    let toolchain: String
    var processes: [ProcessStatistic]
  }

  private struct SessionFacts {
    let id: UUID
    let started: Date
    let state: MachineState
    let seconds: Double?
  }

  private struct BuildFacts {
    let binaryHash: String
    let toolchain: String
  }

  /// The first columns of the rows that `add` reads.
  static var columns: String {
    """
    measurement.id, measurement.series_id, process.session_id, process.build_id,
      \(ProcessStatistic.column), measurement.sample_count, process.plan_order, measurement.level
    """
  }

  static var order: String {
    "ORDER BY session.started_ms, session.id, process.plan_order, process.id"
  }

  mutating func add(_ row: ResultRow, to key: Key, _ database: Database) throws {
    let session = try row.integer(2)
    let build = try build(try row.integer(3), database)
    let statistic = ProcessStatistic(
      value: try row.real(4), samples: try row.count(5), binaryHash: build.binaryHash,
      order: try row.count(6))
    let position = position(of: key)
    if gathered[position].last?.session != session {
      if sessions[session] == nil {
        sessions[session] = try Self.facts(ofSession: session, database)
      }
      gathered[position].append(
        SessionProcesses(
          session: session, level: try row.choice(7), toolchain: build.toolchain, processes: []))
    }
    gathered[position][gathered[position].count - 1].processes.append(statistic)
  }

  private mutating func position(of key: Key) -> Int {
    if let known = positions[key] { return known }
    positions[key] = gathered.count
    gathered.append([])
    return gathered.count - 1
  }

  /// Every key with its sessions, in the order in which they started.
  func sessionsByKey() -> [Key: [SeriesSession]] {
    positions.mapValues { position in
      gathered[position].compactMap { entry in
        sessions[entry.session].map { facts in
          SeriesSession(
            id: facts.id, started: facts.started, level: entry.level, state: facts.state,
            toolchain: entry.toolchain, seconds: facts.seconds, processes: entry.processes)
        }
      }
    }
  }

  private mutating func build(_ id: Int64, _ database: Database) throws -> BuildFacts {
    if let known = builds[id] { return known }
    let sql = """
      SELECT build.id, build.binary_hash, toolchain.name
      FROM build JOIN toolchain ON toolchain.id = build.toolchain_id WHERE build.id = ?
      """
    let facts = try Query(database, sql, [.integer(id)], table: "build").first {
      BuildFacts(binaryHash: try $0.text(1), toolchain: try $0.text(2))
    }
    guard let facts else {
      throw InvalidValue(table: "process", row: id, detail: "its build is missing")
    }
    builds[id] = facts
    return facts
  }

  private static func facts(ofSession id: Int64, _ database: Database) throws -> SessionFacts {
    let sql = """
      SELECT session.id, session.uuid, session.started_ms, session.state, run.profile
      FROM session JOIN run ON run.id = session.run_id WHERE session.id = ?
      """
    let facts = try Query(database, sql, [.integer(id)], table: "session").first {
      let profile: Profile = try $0.json(4)
      return SessionFacts(
        id: try $0.uuid(1), started: try $0.date(2), state: try $0.json(3),
        seconds: profile.seconds > 0 ? profile.seconds : nil)
    }
    guard let facts else {
      throw InvalidValue(table: "session", row: id, detail: "it is missing")
    }
    return facts
  }
}
