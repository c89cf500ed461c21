internal import BenchModel
internal import Foundation
internal import GRDB

/// Every session and build on a line of commits, and which processes belong to each: what rows of measurements are sorted by.
struct MeasuredPlaces {
  /// In the order of their first session.
  private(set) var machines: [MachineClass] = []
  /// In the order of the line; a clean tree before one with changes, then by their start.
  private var places: [Place] = []
  /// Ascending and apart.
  private var ranges: [ProcessRange] = []

  fileprivate struct Place {
    let commit: Int
    let machine: Int
    let place: MeasuredSession.Place
  }

  /// Processes that follow one another and belong to one place.
  fileprivate struct ProcessRange {
    let first: Int64
    var last: Int64
    let place: Int32
  }

  init(_ line: CommitLine, _ database: Database) throws {
    let indices = Dictionary(
      line.commits.enumerated().map { ($1.commit.hash, $0) },
      uniquingKeysWith: { first, _ in first })
    let found = try Self.pairs(database).map { pair in
      (pair: pair, facts: try Self.facts(pair, database))
    }
    var machineIndices: [MachineClass: Int] = [:]
    var kept: [(pair: Pair, place: Place)] = []
    for (pair, facts) in found.sorted(by: { $0.facts.place.started < $1.facts.place.started }) {
      guard let commit = indices[facts.commit] else { continue }
      let machine = machineIndices[facts.machine] ?? machines.count
      if machine == machines.count {
        machineIndices[facts.machine] = machine
        machines.append(facts.machine)
      }
      kept.append((pair, Place(commit: commit, machine: machine, place: facts.place)))
    }
    kept.sort { $0.place.precedes($1.place) }
    places = kept.map(\.place)
    let failed = try Self.failed(database)
    ranges = try kept.enumerated().flatMap { index, entry in
      try Self.ranges(of: entry.pair, place: Int32(index), failed: failed, database)
    }.sorted { $0.first < $1.first }
  }

  /// What `rows` say of a series, apart for each class of machines.
  func series(_ series: StoredSeries, _ rows: HistoryBatch.Rows) -> [MeasuredSeries] {
    var values = [[Double]](repeating: [], count: places.count)
    for (place, value) in zip(rows.places, rows.values) { values[Int(place)].append(value) }
    return machines.indices.compactMap { machine in
      let sessions = places.indices.compactMap { index -> MeasuredSession? in
        guard places[index].machine == machine, !values[index].isEmpty else { return nil }
        return MeasuredSession(
          commit: places[index].commit, place: places[index].place, values: values[index])
      }
      return sessions.isEmpty
        ? nil
        : MeasuredSeries(
          key: series.key, metric: series.metric, version: series.version,
          machine: machines[machine], source: series.source, sessions: sessions)
    }
  }

  /// Finds places of processes, fastest for processes in order.
  var cursor: Cursor { Cursor(ranges: ranges) }

  struct Cursor {
    fileprivate let ranges: [ProcessRange]
    private var index = 0

    fileprivate init(ranges: [ProcessRange]) { self.ranges = ranges }

    /// `nil` for a process that failed, or measured a commit that is not on the line.
    mutating func place(of process: Int64) -> Int32? {
      if index < ranges.count, ranges[index].first <= process, process <= ranges[index].last {
        return ranges[index].place
      }
      var (low, high) = (0, ranges.count)
      while low < high {
        let middle = (low + high) / 2
        if ranges[middle].last < process { low = middle + 1 } else { high = middle }
      }
      guard low < ranges.count, ranges[low].first <= process else { return nil }
      index = low
      return ranges[low].place
    }
  }
}

extension MeasuredPlaces.Place {
  fileprivate func precedes(_ other: Self) -> Bool {
    if commit != other.commit { return commit < other.commit }
    if place.isDirty != other.place.isDirty { return !place.isDirty }
    return place.started < other.place.started
  }
}

extension MeasuredPlaces {
  /// A session and a build that ran in it.
  private struct Pair {
    let session: Int64
    let build: Int64
    let first: Int64
    let last: Int64
    let count: Int64
  }

  private struct Facts {
    let commit: String
    let machine: MachineClass
    let place: MeasuredSession.Place
  }

  /// The index alone answers this.
  private static func pairs(_ database: Database) throws -> [Pair] {
    let sql = """
      SELECT session_id, build_id, min(id), max(id), count(*)
      FROM process INDEXED BY process_session GROUP BY session_id, build_id
      """
    return try Query(database, sql, table: "process").map { row in
      Pair(
        session: try row.integer(0), build: try row.integer(1), first: try row.integer(2),
        last: try row.integer(3), count: try row.integer(4))
    }
  }

  private static func facts(_ pair: Pair, _ database: Database) throws -> Facts {
    let sql = """
      SELECT session.id, session.uuid, run.uuid, session.started_ms, build.difference_hash,
        run.status, git_commit.hash, \(MachineRow.columns)
      FROM session
      JOIN run ON run.id = session.run_id
      JOIN machine_class ON machine_class.id = session.machine_class_id
      JOIN build ON build.id = ?2
      JOIN git_commit ON git_commit.id = build.commit_id
      WHERE session.id = ?1
      """
    let arguments: [SQLArgument] = [.integer(pair.session), .integer(pair.build)]
    let facts = try Query(database, sql, arguments, table: "session").first { row in
      let difference = try row.text(4)
      return Facts(
        commit: try row.text(6), machine: try MachineRow.decode(row, from: 7),
        place: MeasuredSession.Place(
          session: try row.uuid(1), run: try row.uuid(2), started: try row.date(3),
          differenceHash: difference.isEmpty ? nil : difference, runStatus: try row.choice(5)))
    }
    guard let facts else {
      throw InvalidValue(
        table: "process", row: pair.first, detail: "its session or build is missing")
    }
    return facts
  }

  private static func failed(_ database: Database) throws -> Set<Int64> {
    let sql = "SELECT id FROM process INDEXED BY process_failed WHERE outcome <> 'completed'"
    return Set(try Query(database, sql, table: "process").map { try $0.integer(0) })
  }

  /// The completed processes of a pair: mostly one range, since a session's processes are stored one after another.
  private static func ranges(
    of pair: Pair, place: Int32, failed: Set<Int64>, _ database: Database
  ) throws -> [ProcessRange] {
    let isWhole = pair.last - pair.first + 1 == pair.count
    if isWhole, failed.isEmpty {
      return [ProcessRange(first: pair.first, last: pair.last, place: place)]
    }
    let sql = """
      SELECT id FROM process INDEXED BY process_session
      WHERE session_id = ? AND build_id = ? ORDER BY id
      """
    let arguments: [SQLArgument] = [.integer(pair.session), .integer(pair.build)]
    let processes = try Query(database, sql, arguments, table: "process").map {
      try $0.integer(0)
    }
    var ranges: [ProcessRange] = []
    for process in processes where !failed.contains(process) {
      if let last = ranges.last, last.last + 1 == process {
        ranges[ranges.count - 1].last = process
      } else {
        ranges.append(ProcessRange(first: process, last: process, place: place))
      }
    }
    return ranges
  }
}
