internal import BenchModel
internal import GRDB

/// Writes one process, its measurements and their samples in an open transaction.
struct ProcessWriter {
  let database: Database
  let process: ProcessRecord
  let level: ValueLevel

  func write(session: Int64, identities: inout Identities) throws {
    let build = try identities.build(process.build, database)
    let benchmark = try identities.benchmark(process.benchmark, database)
    let outcome = StoredOutcome(process.outcome)
    let id = try database.id(
      """
      INSERT INTO process (uuid, session_id, build_id, benchmark_id, pass, plan_order, started_ms,
        seconds, outcome, outcome_text, outcome_detail, standard_error, state, facts, round, arm)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id
      """, .text(ColumnCoding.text(process.id)), .integer(session), .integer(build),
      .integer(benchmark.id), .text(process.pass.rawValue), SQLArgument(process.order),
      ColumnCoding.milliseconds(process.started),
      ColumnCoding.finite(process.seconds, "the duration of a process"),
      .text(outcome.kind.rawValue), .text(outcome.text), .text(outcome.detail),
      .text(process.standardError),
      .text(try ColumnCoding.json(process.state, "the state of the machine")),
      .text(try ColumnCoding.json(process.facts, "the facts of a process")),
      process.position.map { SQLArgument($0.round) } ?? .null,
      SQLArgument(process.position?.arm.rawValue)
    )
    for measurement in process.measurements {
      guard let series = benchmark.series[measurement.metric] else {
        throw unstorable(measurement, "the benchmark does not declare this metric")
      }
      try write(measurement, process: id, series: series)
    }
  }

  private func write(_ measurement: MetricSamples, process: Int64, series: Int64) throws {
    guard measurement.values.count == measurement.iterations.count,
      (0...measurement.values.count).contains(measurement.warmUpCount)
    else { throw unstorable(measurement, "its samples, iterations and warm-up do not agree") }
    guard let values = SampleCodec.encode(values: measurement.values) else {
      throw unstorable(measurement, "a sample is not a finite number")
    }
    let summary = measurement.summary
    func real(_ value: Double) throws -> SQLArgument {
      try ColumnCoding.finite(value, "a summary of \(measurement.metric.name)")
    }
    try database.run(
      """
      INSERT INTO measurement (process_id, series_id, level, warm_up_count, sample_count,
        iterations_total, minimum, lower_quartile, median, upper_quartile, maximum, mean, deviation,
        is_gate, tolerance, turn_samples, turn_uncounted, shift)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """, .integer(process), .integer(series), .text(level.rawValue),
      SQLArgument(measurement.warmUpCount), SQLArgument(summary.count),
      SQLArgument(try total(measurement)), real(summary.minimum), real(summary.lowerQuartile),
      real(summary.median), real(summary.upperQuartile), real(summary.maximum), real(summary.mean),
      real(summary.deviation), SQLArgument(measurement.metric.isGate ? 1 : 0),
      SQLArgument(measurement.metric.tolerance),
      measurement.turns.map { SQLArgument($0.samples) } ?? .null,
      measurement.turns.map { SQLArgument($0.uncounted) } ?? .null,
      measurement.shift.map { try real($0) } ?? .null)
    try database.run(
      "INSERT INTO sample_array (measurement_id, value_array, iterations) VALUES (?, ?, ?)",
      .integer(database.lastInsertedRowID), .text(values),
      .text(SampleCodec.encode(iterations: measurement.iterations)))
  }

  /// The sum of iterations, which a worker reports and may get wrong.
  private func total(_ measurement: MetricSamples) throws -> Int {
    var total = 0
    for iterations in measurement.iterations.dropFirst(measurement.warmUpCount) {
      let (sum, overflow) = total.addingReportingOverflow(iterations)
      guard !overflow, iterations >= 0 else {
        throw unstorable(measurement, "\(iterations) iterations")
      }
      total = sum
    }
    return total
  }

  private func unstorable(_ measurement: MetricSamples, _ detail: String) -> StoreError {
    .unstorable(
      what: "\(SeriesKey(benchmark: process.benchmark.key, metric: measurement.metric.name))",
      detail: detail)
  }
}
