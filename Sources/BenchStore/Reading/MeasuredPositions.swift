internal import BenchModel
internal import Foundation
internal import GRDB

/// The sessions and builds on a line of commits, each with its processes: the positions to which
/// rows of measurements belong.
struct MeasuredPositions {
  /// The classes of machines in the order of their first session.
  private(set) var machines: [MachineClass] = []
  /// The positions in the order of the line. Of one commit, a clean tree comes before one with
  /// changes; sessions are sorted by start.
  private var positions: [Position] = []
  /// The ranges of process ids, which are sorted and do not overlap.
  private var ranges: [ProcessRange] = []

  fileprivate struct Position {
    let commit: Int
    let machine: Int
    let location: MeasuredSession.Location
  }

  /// A range of process ids that belong to one position.
  fileprivate struct ProcessRange {
    let first: Int64
    var last: Int64
    let position: Int32
  }

  init(_ line: CommitLine, _ database: Database) throws {
    let indices = Dictionary(
      line.commits.enumerated().map { ($1.commit.hash, $0) },
      uniquingKeysWith: { first, _ in first })
    let found = try Self.pairs(database).map { pair in
      (pair: pair, facts: try Self.facts(pair, database))
    }
    var machineIndices: [MachineClass: Int] = [:]
    var onLine: [(pair: Pair, position: Position)] = []
    for (pair, facts) in found.sorted(by: { $0.facts.location.started < $1.facts.location.started })
    {
      guard let commit = indices[facts.commit] else { continue }
      let machine = machineIndices[facts.machine] ?? machines.count
      if machine == machines.count {
        machineIndices[facts.machine] = machine
        machines.append(facts.machine)
      }
      onLine.append((pair, Position(commit: commit, machine: machine, location: facts.location)))
    }
    onLine.sort { $0.position.precedes($1.position) }
    positions = onLine.map(\.position)
    ranges = try Self.ranges(of: onLine.map(\.pair), database)
  }

  /// The sessions that `rows` measured of a series, for each class of machines.
  func series(_ series: StoredSeries, _ rows: MeasuredRows) -> [MeasuredSeries] {
    var values = [[Double]](repeating: [], count: positions.count)
    for (position, value) in zip(rows.positions, rows.values) {
      values[Int(position)].append(value)
    }
    return machines.indices.compactMap { machine in
      let sessions = positions.indices.compactMap { index -> MeasuredSession? in
        guard positions[index].machine == machine, !values[index].isEmpty else { return nil }
        return MeasuredSession(
          commit: positions[index].commit, location: positions[index].location,
          values: values[index])
      }
      return sessions.isEmpty
        ? nil
        : MeasuredSeries(
          key: series.key, metric: series.metric, version: series.version,
          machine: machines[machine], source: series.source, sessions: sessions)
    }
  }

  /// A cursor that finds the positions of processes, fastest for processes in order.
  var cursor: Cursor { Cursor(ranges: ranges) }

  struct Cursor {
    fileprivate let ranges: [ProcessRange]
    private var index = 0

    fileprivate init(ranges: [ProcessRange]) { self.ranges = ranges }

    /// The position of a process; `nil` where it failed, or measured a commit that is not on the
    /// line.
    mutating func position(of process: Int64) -> Int32? {
      if index < ranges.count, ranges[index].first <= process, process <= ranges[index].last {
        return ranges[index].position
      }
      var (low, high) = (0, ranges.count)
      while low < high {
        let middle = (low + high) / 2
        if ranges[middle].last < process { low = middle + 1 } else { high = middle }
      }
      guard low < ranges.count, ranges[low].first <= process else { return nil }
      index = low
      return ranges[low].position
    }
  }
}

extension MeasuredPositions.Position {
  fileprivate func precedes(_ other: Self) -> Bool {
    if commit != other.commit { return commit < other.commit }
    if location.isDirty != other.location.isDirty { return !location.isDirty }
    return location.started < other.location.started
  }
}

extension MeasuredPositions {
  /// A session and a build that ran in it.
  private struct Pair {
    let session: Int64
    let build: Int64
    /// The range that contains its processes.
    let processes: ClosedRange<Int64>
  }

  private struct Facts {
    let commit: String
    let machine: MachineClass
    let location: MeasuredSession.Location
  }

  /// Makes three look-ups in the index for each pair, where grouping would scan a row for every
  /// process.
  private static func pairs(_ database: Database) throws -> [Pair] {
    var pairs: [Pair] = []
    let sql = """
      SELECT id FROM session
      WHERE run_id NOT IN (SELECT id FROM run WHERE \(ResultsStore.takesTurns))
      """
    let sessions = try Query(database, sql, table: "session").map { try $0.integer(0) }
    for session in sessions {
      // Row ids start at 1.
      var last: Int64 = 0
      while let build = try build(of: session, after: last, database) {
        pairs.append(try pair(session, build, database))
        last = build
      }
    }
    return pairs
  }

  private static func build(
    of session: Int64, after last: Int64, _ database: Database
  ) throws -> Int64? {
    let sql = """
      SELECT build_id FROM process INDEXED BY process_session
      WHERE session_id = ? AND build_id > ? ORDER BY build_id LIMIT 1
      """
    return try Query(database, sql, [.integer(session), .integer(last)], table: "process")
      .first { try $0.integer(0) }
  }

  private static func pair(
    _ session: Int64, _ build: Int64, _ database: Database
  ) throws -> Pair {
    func end(_ function: String) throws -> Int64 {
      let sql = """
        SELECT \(function)(id) FROM process INDEXED BY process_session
        WHERE session_id = ? AND build_id = ?
        """
      return try Query(database, sql, [.integer(session), .integer(build)], table: "process")
        .first { try $0.integer(0) } ?? 0
    }
    return Pair(session: session, build: build, processes: try end("min")...end("max"))
  }

  private static func facts(_ pair: Pair, _ database: Database) throws -> Facts {
    let sql = """
      SELECT session.id, session.uuid, run.uuid, session.started_ms, build.difference_hash,
        run.status, git_commit.hash, \(MachineRow.columns)
      \(RunRow.sessionAndBuild)
      """
    let arguments: [SQLArgument] = [.integer(pair.session), .integer(pair.build)]
    let facts = try Query(database, sql, arguments, table: "session").first { row in
      let difference = try row.text(4)
      return Facts(
        commit: try row.text(6), machine: try MachineRow.decode(row, from: 7),
        location: MeasuredSession.Location(
          session: try row.uuid(1), run: try row.uuid(2), started: try row.date(3),
          differenceHash: difference.isEmpty ? nil : difference, runStatus: try row.choice(5)))
    }
    guard let facts else {
      throw InvalidValue(
        table: "process", row: pair.processes.lowerBound, detail: "its session or build is missing")
    }
    return facts
  }

  /// The ranges of the completed processes of each pair, whose position is its index. A pair mostly
  /// has one range, since a session's processes are stored one after another.
  private static func ranges(of pairs: [Pair], _ database: Database) throws -> [ProcessRange] {
    let failed = try Self.failed(database)
    let order = pairs.indices.sorted {
      pairs[$0].processes.lowerBound < pairs[$1].processes.lowerBound
    }
    var ranges: [ProcessRange] = []
    var reached: Int64 = 0
    for (number, index) in order.enumerated() {
      let processes = pairs[index].processes
      let next = number + 1 < order.count ? pairs[order[number + 1]].processes.lowerBound : .max
      // All processes between a pair's first and last are its own where no other pair overlaps.
      let isAlone = reached < processes.lowerBound && processes.upperBound < next
      reached = max(reached, processes.upperBound)
      ranges +=
        isAlone
        ? whole(processes, without: failed, position: Int32(index))
        : try scattered(pairs[index], without: failed, position: Int32(index), database)
    }
    return ranges.sorted { $0.first < $1.first }
  }

  /// The ids of the failed processes, sorted.
  private static func failed(_ database: Database) throws -> [Int64] {
    let sql = "SELECT id FROM process INDEXED BY process_failed WHERE outcome <> 'completed'"
    return try Query(database, sql, table: "process").map { try $0.integer(0) }.sorted()
  }

  /// The ranges between failed processes.
  private static func whole(
    _ processes: ClosedRange<Int64>, without failed: [Int64], position: Int32
  ) -> [ProcessRange] {
    var ranges: [ProcessRange] = []
    var first = processes.lowerBound
    for process in failed[failed.start(of: processes)...] {
      guard process <= processes.upperBound else { break }
      if first < process {
        ranges.append(ProcessRange(first: first, last: process - 1, position: position))
      }
      first = process + 1
    }
    if first <= processes.upperBound {
      ranges.append(ProcessRange(first: first, last: processes.upperBound, position: position))
    }
    return ranges
  }

  /// The ranges of a pair whose processes were stored among those of other pairs.
  private static func scattered(
    _ pair: Pair, without failed: [Int64], position: Int32, _ database: Database
  ) throws -> [ProcessRange] {
    let failed = Set(failed[failed.start(of: pair.processes)...])
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
        ranges.append(ProcessRange(first: process, last: process, position: position))
      }
    }
    return ranges
  }
}

extension [Int64] {
  /// The index of the first element that is not less than the range, in a sorted array.
  fileprivate func start(of processes: ClosedRange<Int64>) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < processes.lowerBound { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
