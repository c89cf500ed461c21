/// The name, fields and query of one kind of records, of which reports are made.
package struct ReportRecords: Sendable {
  /// The type of a field's values.
  package enum Kind: Sendable { case integer, real, text, truth, time }

  /// A field and its meaning.
  package struct Field: Sendable {
    package let name: String
    package let kind: Kind
    package let meaning: String

    init(_ name: String, _ kind: Kind, _ meaning: String) {
      self.name = name
      self.kind = kind
      self.meaning = meaning
    }
  }

  package let name: String
  package let meaning: String
  package let fields: [Field]
  /// The fields that together identify a record, in the order of the records.
  package let key: [String]
  /// A SELECT statement with a column for every field; times are microseconds since 1970.
  package let query: String

  /// All kinds of records, sorted by name.
  package static let all = [measurements, results, runs, samples, series]

  /// The same records in another order, with their position in it as the last field.
  ///
  /// - Parameter order: fields, each with whether its greatest value comes first.
  /// - Returns: these records themselves where no order is given.
  package func ordered(by order: [(field: String, isDescending: Bool)]) -> ReportRecords {
    if order.isEmpty { return self }
    let terms =
      order.map { Self.quoted($0.field) + ($0.isDescending ? " DESC" : "") }
      + key.map(Self.quoted)
    return ReportRecords(
      name: name, meaning: meaning,
      fields: fields + [Field(Self.position, .integer, "its position in the order")],
      key: [Self.position],
      query: """
        SELECT *, row_number() OVER (ORDER BY \(terms.joined(separator: ", "))) \
        AS \(Self.quoted(Self.position)) FROM (\(query))
        """)
  }

  private static let position = "position in order"

  private static func quoted(_ name: String) -> String {
    "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
      + "\""
  }
}

extension ReportRecords {
  /// The expression that names a `machine_class` for people.
  private static let machine =
    "machine_class.cpu_model || ', ' || machine_class.cores || ' cores, ' || machine_class.system"

  private static let runs = ReportRecords(
    name: "runs", meaning: "one record a run",
    fields: [
      Field("id", .integer, "a number, later runs have greater ones"),
      Field("run", .text, "the run's UUID"),
      Field("commit", .text, "the hash of the commit"),
      Field("subject", .text, "the first line of its message"),
      Field("committed", .time, "when it was committed; null where that is not known"),
      Field("is_dirty", .truth, "whether there were uncommitted changes"),
      Field("purpose", .text, "record, confirm, calibrate, bisect, backfill or import"),
      Field("status", .text, "running, completed, interrupted or failed"),
      Field("tool_version", .text, "the version of benchdb"),
      Field("planned", .integer, "how many processes were planned"),
      Field("processes", .integer, "how many ran"),
      Field("failures", .integer, "how many of them failed"),
      Field("started", .time, "when it began"),
      Field("finished", .time, "when it ended; null while it runs"),
    ], key: ["id"],
    query: """
      SELECT run.id, run.uuid AS run, git_commit.hash AS "commit", git_commit.subject,
        git_commit.committed_ms * 1000 AS committed, run.difference_hash <> '' AS is_dirty,
        run.purpose, run.status, run.tool_version, run.planned_processes AS planned,
        coalesce(ran.processes, 0) AS processes, coalesce(ran.failures, 0) AS failures,
        run.started_ms * 1000 AS started, run.finished_ms * 1000 AS finished
      FROM run JOIN git_commit ON git_commit.id = run.commit_id
      LEFT JOIN (
        SELECT session.run_id, count(*) AS processes,
          sum(CASE WHEN process.outcome <> 'completed' THEN 1 ELSE 0 END) AS failures
        FROM process JOIN session ON session.id = process.session_id
        GROUP BY session.run_id
      ) AS ran ON ran.run_id = run.id
      """)

  private static let series = ReportRecords(
    name: "series", meaning: "one record a benchmark, metric and class of machines",
    fields: [
      Field("id", .integer, "a number"),
      Field("suite", .text, "the part of the benchmark's name before the slash"),
      Field("benchmark", .text, "name and parameters"),
      Field("version", .integer, "of the benchmark"),
      Field("metric", .text, "what was measured: cpu, wall, allocations, …"),
      Field("unit", .text, "ns, B, count, …"),
      Field("direction", .text, "which is better: lower or higher"),
      Field("is_gate", .truth, "whether a commit can fail on it"),
      Field("machine_class", .integer, "the number of the class; 0 without a measurement"),
      Field("machine", .text, "the class of machines; null without a measurement"),
      Field("measurements", .integer, "how many processes measured it"),
      Field("first_measured", .time, "when the first of them ran; null without one"),
      Field("last_measured", .time, "when the last of them ran; null without one"),
      Field("latest", .real, "the average of the medians of its last session"),
      Field(
        "spread", .real,
        "how far the medians of its last session lie apart, as a share of their average"),
    ], key: ["id", "machine_class"],
    query: """
      SELECT series.id,
        CASE instr(benchmark.name, '/') WHEN 0 THEN ''
          ELSE substr(benchmark.name, 1, instr(benchmark.name, '/') - 1) END AS suite,
        benchmark.label AS benchmark, benchmark.version, series.metric, series.unit,
        series.direction, series.is_gate, coalesce(whole.machine_class_id, 0) AS machine_class,
        \(machine) AS machine, coalesce(whole.measurements, 0) AS measurements, whole.first_measured,
        whole.last_measured, last.latest, last.spread
      FROM series JOIN benchmark ON benchmark.id = series.benchmark_id
      LEFT JOIN (
        SELECT measurement.series_id, session.machine_class_id, count(*) AS measurements,
          min(process.started_ms) * 1000 AS first_measured,
          max(process.started_ms) * 1000 AS last_measured, max(process.session_id) AS session
        FROM measurement JOIN process ON process.id = measurement.process_id
        JOIN session ON session.id = process.session_id
        GROUP BY measurement.series_id, session.machine_class_id
      ) AS whole ON whole.series_id = series.id
      LEFT JOIN machine_class ON machine_class.id = whole.machine_class_id
      LEFT JOIN (
        SELECT measurement.series_id, process.session_id AS session,
          avg(measurement.median) AS latest,
          (max(measurement.median) - min(measurement.median)) / nullif(avg(measurement.median), 0)
            AS spread
        FROM measurement JOIN process ON process.id = measurement.process_id
        GROUP BY measurement.series_id, process.session_id
      ) AS last ON last.series_id = series.id AND last.session = whole.session
      """)

  private static let measurements = ReportRecords(
    name: "measurements", meaning: "one record a process and series",
    fields: [
      Field("id", .integer, "a number"),
      Field("run", .text, "the run's UUID"),
      Field("session", .text, "the session's UUID"),
      Field("process", .text, "the process's UUID"),
      Field("commit", .text, "the hash of the commit"),
      Field("subject", .text, "the first line of its message"),
      Field("started", .time, "when the process began"),
      Field("machine", .text, "the class of machines it ran on"),
      Field("benchmark", .text, "name and parameters"),
      Field("metric", .text, "what was measured"),
      Field("unit", .text, "ns, B, count, …"),
      Field("direction", .text, "which is better: lower or higher"),
      Field("samples", .integer, "how many samples are summarised"),
      Field("iterations", .integer, "how many iterations they had in all"),
      Field("minimum", .real, "of the samples, for one iteration"),
      Field("lower_quartile", .real, "of the samples"),
      Field("median", .real, "of the samples"),
      Field("upper_quartile", .real, "of the samples"),
      Field("maximum", .real, "of the samples"),
      Field("mean", .real, "of the samples"),
      Field("deviation", .real, "their standard deviation"),
    ], key: ["id"],
    query: """
      SELECT measurement.id, run.uuid AS run, session.uuid AS session, process.uuid AS process,
        git_commit.hash AS "commit", git_commit.subject, process.started_ms * 1000 AS started,
        \(machine) AS machine, benchmark.label AS benchmark, series.metric, series.unit, series.direction,
        measurement.sample_count AS samples, measurement.iterations_total AS iterations,
        measurement.minimum, measurement.lower_quartile, measurement.median,
        measurement.upper_quartile, measurement.maximum, measurement.mean, measurement.deviation
      FROM measurement JOIN process ON process.id = measurement.process_id
      JOIN session ON session.id = process.session_id JOIN run ON run.id = session.run_id
      JOIN machine_class ON machine_class.id = session.machine_class_id
      JOIN build ON build.id = process.build_id
      JOIN git_commit ON git_commit.id = build.commit_id
      JOIN series ON series.id = measurement.series_id
      JOIN benchmark ON benchmark.id = series.benchmark_id
      """)

  private static let samples = ReportRecords(
    name: "samples", meaning: "one record a sample",
    fields: [
      Field("measurement", .integer, "the id of its measurement"),
      Field("number", .integer, "its position in the measurement, from 0"),
      Field("run", .text, "the run's UUID"),
      Field("commit", .text, "the hash of the commit"),
      Field("benchmark", .text, "name and parameters"),
      Field("metric", .text, "what was measured"),
      Field("unit", .text, "ns, B, count, …"),
      Field("value", .real, "for one iteration"),
      Field("warm_up", .truth, "whether it is never judged"),
    ], key: ["measurement", "number"],
    query: """
      SELECT measurement.id AS measurement, element.key AS number, run.uuid AS run,
        git_commit.hash AS "commit", benchmark.label AS benchmark, series.metric, series.unit,
        CAST(element.value AS REAL) AS value, element.key < measurement.warm_up_count OR
          coalesce(element.key % measurement.turn_samples < measurement.turn_uncounted, 0) AS warm_up
      FROM measurement JOIN process ON process.id = measurement.process_id
      JOIN session ON session.id = process.session_id JOIN run ON run.id = session.run_id
      JOIN build ON build.id = process.build_id
      JOIN git_commit ON git_commit.id = build.commit_id
      JOIN series ON series.id = measurement.series_id
      JOIN benchmark ON benchmark.id = series.benchmark_id
      JOIN sample_array ON sample_array.measurement_id = measurement.id,
        json_each(sample_array.value_array) AS element
      """)
}
