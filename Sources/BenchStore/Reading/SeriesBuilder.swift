internal import BenchModel
internal import GRDB

/// Gathers the rows of one side of a comparison into series.
struct SeriesBuilder {
  let database: Database
  /// A join of `build`, `process` and `session`, and a condition over it with its arguments.
  let source: String
  let condition: String
  let arguments: [SQLArgument]

  private struct Failure {
    let benchmark: Int64
    let pass: MeasurementPass
    let run: Int64
    let text: String
  }

  func series(machine: MachineClass) throws -> [SeriesData] {
    let measured = try measured()
    let sessions = measured.sessions
    let failures = try failures()
    let wanted = Set(sessions.keys).union(try unmeasured(of: Set(failures.keys), sessions))
    return try wanted.map { id in
      let row = try SeriesRow.fetch(id, database)
      // A series that nothing measured belongs to every pass that failed.
      let own = failures[row.benchmark, default: []].filter { failure in
        measured.passes[id]?.contains(failure.pass) ?? true
      }
      return SeriesData(
        key: row.key,
        metric: measured.roles[id].map { row.metric.gated($0.isGate, judgement: $0.judgement) }
          ?? row.metric, version: row.version, machine: machine,
        source: row.source, sessions: sessions[id, default: []], failures: own.map(\.text))
    }.sorted { ($0.key, $0.version) < ($1.key, $1.version) }
  }

  private struct Measured {
    var sessions: [Int64: [SeriesSession]] = [:]
    var passes: [Int64: Set<MeasurementPass>] = [:]
    /// Whether each series gates and how it is judged, as this side's own latest build declared. A
    /// later declaration of another revision must not disarm the gate.
    var roles: [Int64: (isGate: Bool, judgement: Judgement?)] = [:]
  }

  /// The measurements of each series, and the passes that measured it.
  private func measured() throws -> Measured {
    var gathering = SessionGathering<Int64>()
    var measured = Measured()
    let sql = """
      SELECT \(SessionGathering<Int64>.columns), process.pass, measurement.is_gate,
        measurement.tolerance
      FROM \(source)
      CROSS JOIN measurement ON measurement.process_id = process.id
      CROSS JOIN series ON series.id = measurement.series_id
      WHERE \(condition) AND process.outcome = 'completed'
      \(SessionGathering<Int64>.order)
      """
    _ = try Query(database, sql, arguments, table: "measurement").map { row in
      let series = try row.integer(1)
      measured.passes[series, default: []].insert(try row.choice(8))
      measured.roles[series] = (try row.integer(9) != 0, try row.judgement(10))
      try gathering.add(row, to: series, database)
    }
    measured.sessions = gathering.sessionsByKey()
    return measured
  }

  /// The failures by benchmark, in the order in which the processes started.
  ///
  /// A failure that a later run of the same side did not have is left out: a timeout of last week
  /// must not keep a revision from ever being judged.
  private func failures() throws -> [Int64: [Failure]] {
    let sql = """
      SELECT process.id, process.benchmark_id, process.pass, process.outcome, process.outcome_text,
        process.outcome_detail, run.id
      FROM \(source)
      CROSS JOIN run ON run.id = session.run_id
      WHERE \(condition) AND process.outcome <> 'completed'
      ORDER BY session.started_ms, session.id, process.plan_order, process.id
      """
    let rows = try Query(database, sql, arguments, table: "process").map { row in
      let outcome = StoredOutcome(
        kind: try row.choice(3), text: try row.text(4), detail: try row.text(5))
      return Failure(
        benchmark: try row.integer(1), pass: try row.choice(2), run: try row.integer(6),
        text: outcome.summary)
    }
    return Dictionary(grouping: try rows.filter { try !isMended($0) }, by: \.benchmark)
  }

  /// Whether a later run completed a process of the same benchmark and pass.
  private func isMended(_ failure: Failure) throws -> Bool {
    let sql = """
      SELECT 1 FROM \(source)
      CROSS JOIN run ON run.id = session.run_id
      WHERE \(condition) AND process.outcome = 'completed' AND process.benchmark_id = ?
        AND process.pass = ? AND run.id > ?
      LIMIT 1
      """
    let own: [SQLArgument] = [
      .integer(failure.benchmark), .text(failure.pass.rawValue), .integer(failure.run),
    ]
    return try Query(database, sql, arguments + own).first { _ in true } != nil
  }

  /// The series of benchmarks that failed which no process measured: a benchmark that always fails
  /// must not vanish from the comparison.
  private func unmeasured(
    of benchmarks: Set<Int64>, _ sessions: [Int64: [SeriesSession]]
  ) throws -> [Int64] {
    try benchmarks.flatMap { benchmark in
      try Query(database, "SELECT id FROM series WHERE benchmark_id = ?", [.integer(benchmark)])
        .map { try $0.integer(0) }
    }.filter { sessions[$0] == nil }
  }
}
