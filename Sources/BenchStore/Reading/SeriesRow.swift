internal import BenchModel
internal import GRDB

/// A series with its benchmark, read from a row.
struct SeriesRow {
  let id: Int64
  let benchmark: Int64
  let key: SeriesKey
  let version: Int
  let metric: Metric
  let source: SourceLocation?

  static let columns = """
    series.id, series.benchmark_id, benchmark.name, benchmark.parameters, benchmark.version,
      series.metric, series.unit, series.direction, series.is_gate, series.tolerance,
      benchmark.source_file, benchmark.source_line
    """

  static func fetch(_ id: Int64, _ database: Database) throws -> SeriesRow {
    let rows = try fetch(database, where: "series.id = ?", [.integer(id)])
    guard let row = rows.first else {
      throw InvalidValue(table: "measurement", row: id, detail: "its series is missing")
    }
    return row
  }

  static func fetch(_ database: Database, where condition: String, _ arguments: [SQLArgument])
    throws -> [SeriesRow]
  {
    let sql = """
      SELECT \(columns) FROM series JOIN benchmark ON benchmark.id = series.benchmark_id
      WHERE \(condition) ORDER BY series.id
      """
    return try Query(database, sql, arguments, table: "series").map(SeriesRow.init)
  }

  private init(_ row: ResultRow) throws {
    id = try row.integer(0)
    benchmark = try row.integer(1)
    let benchmarkKey = BenchmarkKey(id: try row.text(2), parameters: try row.json(3))
    version = Int(try row.integer(4))
    metric = Metric(
      name: try row.text(5), unit: Unit(rawValue: try row.text(6)), direction: try row.choice(7),
      isGate: try row.integer(8) != 0,
      judgement: try row.judgement(9))
    key = SeriesKey(benchmark: benchmarkKey, metric: metric.name)
    // Only annotations need the location. An impossible one is dropped, and does not make the
    // results unreadable.
    let line = row.isNull(10) || row.isNull(11) ? 0 : try row.integer(11)
    source = line > 0 ? SourceLocation(file: try row.text(10), line: Int(line)) : nil
  }
}

extension ResultRow {
  /// How a metric is judged: exactly with the tolerance in the column, or statistically where it is
  /// null.
  func judgement(_ column: Int32) throws -> Judgement {
    isNull(column) ? .statistical : .exact(tolerance: try real(column))
  }
}
