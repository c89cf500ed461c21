extension ReportRecords {
  /// The measurements of a run, one record a benchmark, so that its metrics stand side by side.
  static let results = ReportRecords(
    name: "results", meaning: "one record a run and benchmark",
    fields: [
      Field("id", .integer, "a number"),
      Field("run", .text, "the run's UUID"),
      Field("commit", .text, "the hash of the commit"),
      Field("suite", .text, "the part of the benchmark's name before the slash"),
      Field("benchmark", .text, "name and parameters"),
      Field("records", .integer, "its parameter of that name; null without one"),
      Field("processes", .integer, "how many processes measured it"),
      Field("wall", .real, "elapsed ns: the average of the processes' medians, as all that follow"),
      Field("cpu", .real, "ns of CPU time"),
      Field("allocations", .real, "how many"),
      Field("allocated_bytes", .real, "bytes"),
      Field("peak_live_heap", .real, "bytes"),
      Field("peak_resident", .real, "bytes"),
      Field("others", .text, "what it measured itself, as text; null where that is nothing"),
    ], key: ["id"],
    query: """
      WITH one AS (
        SELECT min(measurement.id) AS id, session.run_id, series.benchmark_id, series.metric,
          series.unit, avg(measurement.median) AS median
        FROM measurement JOIN series ON series.id = measurement.series_id
        JOIN process ON process.id = measurement.process_id
        JOIN session ON session.id = process.session_id
        GROUP BY session.run_id, series.id)
      SELECT min(one.id) AS id, run.uuid AS run, git_commit.hash AS "commit",
        CASE instr(benchmark.name, '/') WHEN 0 THEN ''
          ELSE substr(benchmark.name, 1, instr(benchmark.name, '/') - 1) END AS suite,
        benchmark.label AS benchmark,
        CAST(json_extract(benchmark.parameters, '$.records') AS INTEGER) AS records,
        (SELECT count(*) FROM process JOIN session ON session.id = process.session_id
          WHERE session.run_id = run.id AND process.benchmark_id = benchmark.id) AS processes,
        max(CASE one.metric WHEN 'wall' THEN one.median END) AS wall,
        max(CASE one.metric WHEN 'cpu' THEN one.median END) AS cpu,
        max(CASE one.metric WHEN 'allocations' THEN one.median END) AS allocations,
        max(CASE one.metric WHEN 'allocated bytes' THEN one.median END) AS allocated_bytes,
        max(CASE one.metric WHEN 'peak live heap' THEN one.median END) AS peak_live_heap,
        max(CASE one.metric WHEN 'peak resident' THEN one.median END) AS peak_resident,
        group_concat(CASE
          WHEN one.metric IN ('wall', 'cpu', 'allocations', 'allocated bytes', 'peak live heap',
            'peak resident', 'instructions', 'cycles', 'voluntary switches',
            'involuntary switches', 'minor faults', 'major faults') THEN NULL
          WHEN one.unit = 'ns' THEN one.metric || ' ' || printf('%.1f', one.median / 1000) || ' µs'
          WHEN one.unit = '1/s' THEN one.metric || ' ' || printf('%,d', one.median)
          ELSE one.metric || ' ' || printf('%.3g', one.median) END, ', ') AS others
      FROM one JOIN run ON run.id = one.run_id
      JOIN git_commit ON git_commit.id = run.commit_id
      JOIN benchmark ON benchmark.id = one.benchmark_id
      GROUP BY run.id, benchmark.id
      """)
}
