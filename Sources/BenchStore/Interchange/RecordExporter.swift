internal import BenchModel
internal import Foundation
internal import GRDB

/// Turns stored rows into records.
final class RecordExporter {
  private let database: Database
  private var builds: [Int64: Build] = [:]
  private var benchmarks: [Int64: Benchmark] = [:]
  private var declared: Set<Int64> = []
  /// Each class of machines as it was named first.
  private let machines: [MachineClass: MachineClass]

  private struct Benchmark {
    let id: Int64
    let declaration: BenchmarkDeclaration
    let metrics: [Int64: Metric]
  }

  /// The most rows that are remembered of each kind, so that memory is bounded.
  private static let limit = 5000

  init(database: Database) throws {
    self.database = database
    machines = Dictionary(
      try MachineRow.all(database).map { ($0.machine, $0.machine) },
      uniquingKeysWith: { first, _ in first })
  }

  // MARK: Runs and what belongs to no line

  /// The runs of a selection with at least one process.
  func runs(_ selection: ExportSelection) throws -> [Int64] {
    try runs(selection, where: "EXISTS (\(Self.processes))")
  }

  private static let processes = """
    SELECT 1 FROM session JOIN process ON process.session_id = session.id
    WHERE session.run_id = run.id
    """

  private func runs(_ selection: ExportSelection, where condition: String) throws -> [Int64] {
    let (filter, argument): (String, SQLArgument) =
      switch selection {
      case .all: ("?1 IS NULL", .null)
      case .run(let uuid): ("run.uuid = ?1", .text(ColumnCoding.text(uuid)))
      case .commit(let hash):
        (
          """
          (run.commit_id = (SELECT id FROM git_commit WHERE hash = ?1) OR run.id IN (
            SELECT session.run_id FROM build JOIN process ON process.build_id = build.id
            JOIN session ON session.id = process.session_id
            WHERE build.commit_id = (SELECT id FROM git_commit WHERE hash = ?1)))
          """, .text(hash)
        )
      }
    let sql = """
      SELECT run.id FROM run WHERE \(filter) AND \(condition) ORDER BY run.started_ms, run.uuid
      """
    return try Query(database, sql, [argument], table: "run").map { try $0.integer(0) }
  }

  func remainder(_ selection: ExportSelection) throws -> InterchangeRemainder {
    let empty = try runs(selection, where: "NOT EXISTS (\(Self.processes))")
    var remainder = InterchangeRemainder()
    remainder.runs = try empty.map(run)
    for id in try runs(selection, where: "1") {
      remainder.sessions += try sessions(
        ofRun: id,
        where: "NOT EXISTS (SELECT 1 FROM process WHERE process.session_id = session.id)"
      ).map(\.session)
    }
    if selection == .all {
      remainder.baselines = try baselines()
      remainder.acceptances = try AcceptanceRow.all(database).map(InterchangeAcceptance.init)
    }
    return remainder
  }

  private func baselines() throws -> [InterchangeBaseline] {
    let sql = """
      SELECT baseline.rowid, baseline.name, baseline.difference_hash, baseline.created_ms,
        baseline.note, \(CommitRow.columns)
      FROM baseline JOIN git_commit ON git_commit.id = baseline.commit_id ORDER BY baseline.name
      """
    return try Query(database, sql, table: "baseline").map { row in
      InterchangeBaseline(
        Baseline(
          name: try row.text(1),
          revision: try CommitRow.revision(row, from: 5, differenceHash: 2, database),
          created: try row.date(3), note: try row.text(4)))
    }
  }

  private func run(_ id: Int64) throws -> InterchangeRun {
    let found = try Query(
      database, "\(RunRow.select) WHERE run.id = ?", [.integer(id)], table: "run"
    ).first { row in
      InterchangeRun(
        run: try RunRow.decode(row, database), status: try row.choice(3),
        finished: row.isNull(11) ? nil : try row.date(11))
    }
    guard let found else { throw InvalidValue(table: "run", row: id, detail: "it is missing") }
    return found
  }

  private func sessions(
    ofRun run: Int64, where condition: String
  ) throws -> [(id: Int64, session: Session)] {
    let sql = """
      SELECT session.id, session.uuid, session.state, session.started_ms, run.uuid,
        \(MachineRow.columns)
      FROM session JOIN machine_class ON machine_class.id = session.machine_class_id
      JOIN run ON run.id = session.run_id
      WHERE session.run_id = ? AND \(condition) ORDER BY session.started_ms, session.uuid
      """
    return try Query(database, sql, [.integer(run)], table: "session").map { row in
      let machine = try MachineRow.decode(row, from: 5)
      return (
        try row.integer(0),
        Session(
          id: try row.uuid(1), run: try row.uuid(4), machine: machines[machine] ?? machine,
          state: try row.json(2), started: try row.date(3))
      )
    }
  }

  // MARK: Processes and what they measured

  /// Calls `body` for each record of a run until it returns `false`.
  func eachRecord(ofRun id: Int64, _ body: (InterchangeRecord) throws -> Bool) throws {
    var runFacts: InterchangeRun? = try run(id)
    let sessions = try sessions(
      ofRun: id,
      where: "EXISTS (SELECT 1 FROM process WHERE process.session_id = session.id)")
    for (sessionID, session) in sessions {
      var origin = InterchangeOrigin(
        run: session.run, session: session.id, machine: session.machine, runFacts: runFacts,
        sessionFacts: session)
      let goesOn = try eachProcess(ofSession: sessionID) { row in
        let process = try process(row)
        let build = try build(try row.integer(2))
        let benchmark = try benchmark(try row.integer(3))
        return try eachMeasurement(of: try row.integer(0), benchmark) { level, samples, series in
          let goesOn = try body(
            InterchangeRecord(
              origin: origin, build: build, process: process, series: series, level: level,
              values: samples.values, iterations: samples.iterations,
              warmUpCount: samples.warmUpCount, turns: samples.turns, shift: samples.shift))
          (runFacts, origin.runFacts, origin.sessionFacts) = (nil, nil, nil)
          return goesOn
        }
      }
      if !goesOn { return }
    }
  }

  private func eachProcess(ofSession session: Int64, _ body: (ResultRow) throws -> Bool) throws
    -> Bool
  {
    let sql = """
      SELECT id, uuid, build_id, benchmark_id, pass, plan_order, started_ms, seconds, outcome,
        outcome_text, outcome_detail, standard_error, state, facts, round, arm
      FROM process WHERE session_id = ? ORDER BY plan_order, uuid
      """
    let query = try Query(database, sql, [.integer(session)], table: "process")
    while try query.next() {
      let row = ResultRow(statement: query.statement, table: "process")
      guard try body(row) else { return false }
    }
    return true
  }

  private func process(_ row: ResultRow) throws -> InterchangeProcess {
    let stored = StoredOutcome(
      kind: try row.choice(8), text: try row.text(9), detail: try row.text(10))
    guard let outcome = stored.outcome else {
      throw row.invalid(9, "it is not a number of seconds")
    }
    let facts = InterchangeProcessFacts(
      pass: try row.choice(4), seconds: try row.real(7), outcome: outcome,
      standardError: try row.text(11), state: try object(row, 12), workerFacts: try object(row, 13),
      position: try row.position(14))
    return InterchangeProcess(
      id: try row.uuid(1), started: try row.date(6), order: try row.count(5), facts: facts)
  }

  /// A JSON object as it is stored; the reader of the export checks its contents.
  private func object(_ row: ResultRow, _ column: Int32) throws -> String {
    let text = try row.text(column)
    guard text.utf8.first == UInt8(ascii: "{"), !text.utf8.contains(UInt8(ascii: "\n")) else {
      throw row.invalid(column, "it is not the JSON that belongs there")
    }
    return text
  }

  private struct Samples {
    var values: [Double] = []
    var iterations: [Int] = []
    var warmUpCount = 0
    var turns: SampleTurns?
    var shift: Double?
  }

  private func eachMeasurement(
    of process: Int64, _ benchmark: Benchmark,
    _ body: (ValueLevel, Samples, InterchangeSeries) throws -> Bool
  ) throws -> Bool {
    let sql = """
      SELECT measurement.id, measurement.series_id, measurement.level, measurement.warm_up_count,
        sample_array.value_array, sample_array.iterations, measurement.is_gate,
        measurement.tolerance, measurement.turn_samples, measurement.turn_uncounted,
        measurement.shift
      FROM measurement JOIN sample_array ON sample_array.measurement_id = measurement.id
      JOIN series ON series.id = measurement.series_id
      WHERE measurement.process_id = ? ORDER BY series.metric, series.unit, series.direction
      """
    let rows = try Query(database, sql, [.integer(process)], table: "measurement").map { row in
      guard let metric = benchmark.metrics[try row.integer(1)] else {
        throw row.invalid(1, "it belongs to another benchmark")
      }
      let role = try metric.gated(row.integer(6) != 0, judgement: row.judgement(7))
      return (metric: role, level: try row.choice(2) as ValueLevel, samples: try samples(row))
    }
    for row in rows {
      let goesOn = try body(row.level, row.samples, series(row.metric, benchmark))
      guard goesOn else { return false }
    }
    guard rows.isEmpty else { return true }
    guard let metric = benchmark.declaration.metrics.first else { return true }
    return try body(.sample, Samples(), series(metric, benchmark))
  }

  private func samples(_ row: ResultRow) throws -> Samples {
    guard let values = SampleCodec.decodeValues(try row.text(4)) else {
      throw row.invalid(4, "it is not an array of numbers")
    }
    guard let iterations = SampleCodec.decodeIterations(try row.text(5), count: values.count)
    else { throw row.invalid(5, "it does not give the iterations of \(values.count) samples") }
    let warmUpCount = try row.count(3)
    let turns: SampleTurns? =
      row.isNull(8)
      ? nil
      : SampleTurns(samples: try row.count(8), uncounted: row.isNull(9) ? 0 : try row.count(9))
    if let turns, !turns.fits(count: values.count, warmUpCount: warmUpCount) {
      throw row.invalid(8, "its \(values.count) samples do not divide into such turns")
    }
    return Samples(
      values: values, iterations: iterations, warmUpCount: warmUpCount, turns: turns,
      shift: row.isNull(10) ? nil : try row.real(10))
  }

  // MARK: What many lines share

  private func series(_ metric: Metric, _ benchmark: Benchmark) -> InterchangeSeries {
    let isFirst = declared.insert(benchmark.id).inserted
    return InterchangeSeries(
      benchmark: benchmark.declaration.key, version: benchmark.declaration.version, metric: metric,
      declaration: isFirst ? benchmark.declaration : nil)
  }

  private func benchmark(_ id: Int64) throws -> Benchmark {
    if let known = benchmarks[id] { return known }
    let rows = try SeriesRow.fetch(database, where: "series.benchmark_id = ?", [.integer(id)])
    guard let first = rows.first else {
      throw InvalidValue(table: "benchmark", row: id, detail: "it has no series")
    }
    let benchmark = Benchmark(
      id: id,
      declaration: BenchmarkDeclaration(
        key: first.key.benchmark, version: first.version, metrics: rows.map(\.metric),
        source: first.source),
      metrics: Dictionary(rows.map { ($0.id, $0.metric) }, uniquingKeysWith: { $1 }))
    if benchmarks.count > Self.limit { benchmarks = [:] }
    benchmarks[id] = benchmark
    return benchmark
  }

  private func build(_ id: Int64) throws -> Build {
    if let known = builds[id] { return known }
    let sql = """
      SELECT build.id, toolchain.name, build.binary_hash, build.difference_hash,
        \(CommitRow.columns)
      FROM build JOIN toolchain ON toolchain.id = build.toolchain_id
      JOIN git_commit ON git_commit.id = build.commit_id WHERE build.id = ?
      """
    let found = try Query(database, sql, [.integer(id)], table: "build").first { row in
      Build(
        revision: try CommitRow.revision(row, from: 4, differenceHash: 3, database),
        toolchain: try row.text(1), binaryHash: try row.text(2))
    }
    guard let found else {
      throw InvalidValue(table: "process", row: id, detail: "its build is missing")
    }
    if builds.count > Self.limit { builds = [:] }
    builds[id] = found
    return found
  }
}
