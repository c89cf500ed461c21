package import BenchModel
package import Foundation
internal import GRDB

extension ResultsStore {
  /// Every process of a run with every sample, in the order of its plan.
  package func processes(ofRun run: UUID) throws(StoreError) -> [ProcessRecord] {
    try read { database in
      try processes(
        database,
        where: """
          process.session_id IN (SELECT session.id FROM session JOIN run ON run.id = session.run_id
            WHERE run.uuid = ?)
          """, .text(ColumnCoding.text(run)))
    }
  }

  /// The processes of one benchmark in one session, with every sample, in the order of its plan.
  package func processes(
    ofSession session: UUID, benchmark: BenchmarkKey, version: Int
  ) throws(StoreError) -> [ProcessRecord] {
    try read { database in
      try processes(
        database,
        where: """
          process.session_id = (SELECT id FROM session WHERE uuid = ?)
            AND process.benchmark_id IN (SELECT id FROM benchmark WHERE name = ? AND version = ?)
          """, .text(ColumnCoding.text(session)), .text(benchmark.id), SQLArgument(version)
      ).filter { $0.benchmark.key == benchmark }
    }
  }

  private func processes(
    _ database: Database, where condition: String, _ arguments: SQLArgument...
  ) throws -> [ProcessRecord] {
    let sql = """
      SELECT process.id, process.uuid, session.uuid, process.benchmark_id, process.pass,
        process.plan_order, process.started_ms, process.seconds, process.outcome,
        process.outcome_text, process.outcome_detail, process.standard_error, process.state,
        process.facts, toolchain.name, build.binary_hash, build.difference_hash,
        \(CommitRow.columns), process.round, process.arm
      FROM process
      JOIN session ON session.id = process.session_id
      JOIN build ON build.id = process.build_id
      JOIN git_commit ON git_commit.id = build.commit_id
      JOIN toolchain ON toolchain.id = build.toolchain_id
      WHERE \(condition) ORDER BY process.plan_order, process.id
      """
    return try Query(database, sql, arguments, table: "process").map { row in
      try ProcessReader(database: database, row: row).process()
    }
  }
}

/// Reads one process from its row and the rows that belong to it.
private struct ProcessReader {
  let database: Database
  let row: ResultRow

  func process() throws -> ProcessRecord {
    let series = try SeriesRow.fetch(
      database, where: "series.benchmark_id = ?", [.integer(try row.integer(3))])
    guard let benchmark = series.first else { throw row.invalid(3, "it has no series") }
    let build = Build(
      revision: try CommitRow.revision(row, from: 17, differenceHash: 16, database),
      toolchain: try row.text(14), binaryHash: try row.text(15))
    return ProcessRecord(
      id: try row.uuid(1), session: try row.uuid(2), build: build,
      benchmark: BenchmarkDeclaration(
        key: benchmark.key.benchmark, version: benchmark.version, metrics: series.map(\.metric),
        source: benchmark.source),
      pass: try row.choice(4), order: try row.count(5), started: try row.date(6),
      seconds: try row.real(7), outcome: try outcome(), state: try row.json(12),
      facts: try row.json(13), standardError: try row.text(11),
      measurements: try measurements(series), position: try row.position(24))
  }

  private func outcome() throws -> ProcessOutcome {
    let stored = StoredOutcome(
      kind: try row.choice(8), text: try row.text(9), detail: try row.text(10))
    guard let outcome = stored.outcome else {
      throw row.invalid(9, "it is not a number of seconds")
    }
    return outcome
  }

  private func measurements(_ series: [SeriesRow]) throws -> [BenchModel.MetricSamples] {
    let metrics = Dictionary(series.map { ($0.id, $0.metric) }, uniquingKeysWith: { $1 })
    let sql = """
      SELECT measurement.id, measurement.series_id, measurement.warm_up_count,
        measurement.sample_count, measurement.minimum, measurement.lower_quartile,
        measurement.median, measurement.upper_quartile, measurement.maximum, measurement.mean,
        measurement.deviation, sample_array.value_array, sample_array.iterations,
        measurement.turn_samples, measurement.turn_uncounted, measurement.shift
      FROM measurement JOIN sample_array ON sample_array.measurement_id = measurement.id
      WHERE measurement.process_id = ? ORDER BY measurement.id
      """
    let process = try row.integer(0)
    return try Query(database, sql, [.integer(process)], table: "measurement").map { row in
      guard let metric = metrics[try row.integer(1)] else {
        throw row.invalid(1, "it belongs to another benchmark")
      }
      return try measurement(row, metric)
    }
  }

  private func measurement(_ row: ResultRow, _ metric: Metric) throws
    -> BenchModel.MetricSamples
  {
    guard let values = SampleCodec.decodeValues(try row.text(11)) else {
      throw row.invalid(11, "it is not an array of numbers")
    }
    guard let iterations = SampleCodec.decodeIterations(try row.text(12), count: values.count)
    else { throw row.invalid(12, "it does not give the iterations of \(values.count) samples") }
    let warmUp = try row.count(2)
    guard warmUp <= values.count else { throw row.invalid(2, "it is more than there are samples") }
    return BenchModel.MetricSamples(
      metric: metric, values: values, iterations: iterations, warmUpCount: warmUp,
      summary: MeasurementSummary(
        count: try row.count(3), minimum: try row.real(4), lowerQuartile: try row.real(5),
        median: try row.real(6), upperQuartile: try row.real(7), maximum: try row.real(8),
        mean: try row.real(9), deviation: try row.real(10)),
      turns: row.isNull(13)
        ? nil
        : SampleTurns(
          samples: try row.count(13), uncounted: row.isNull(14) ? 0 : try row.count(14)),
      shift: row.isNull(15) ? nil : try row.real(15))
  }
}
