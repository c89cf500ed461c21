internal import BenchModel
internal import GRDB

/// The rows that many imported processes share: commits, builds, benchmarks and series.
final class ContextImporter {
  struct Series {
    let id: Int64
    let benchmark: Int64
  }

  private let database: Database
  private var builds: [Build: Int64] = [:]
  private var series: [InterchangeSeries: Series] = [:]
  /// The series by the identity of their shared value: a reader gives one value to all lines that
  /// have the series.
  private var seriesInMemory: [ObjectIdentifier: (value: Shared<InterchangeSeries>, row: Series)] =
    [:]
  private var lastBuild: (build: Shared<Build>, id: Int64)?

  /// The most rows that are remembered of each kind. Beyond it all are forgotten, so that a hostile
  /// file does not fill the memory.
  private static let limit = 20_000

  init(_ database: Database) throws { self.database = database }

  func build(_ shared: Shared<Build>) throws -> Int64 {
    if let lastBuild, lastBuild.build == shared { return lastBuild.id }
    if builds.count > Self.limit { builds = [:] }
    let build = shared.wrappedValue
    let id: Int64
    if let known = builds[build] {
      id = known
    } else {
      try Identities.complete(build.revision.commit, database)
      var identities = Identities()
      id = try identities.build(build, database)
      builds[build] = id
    }
    lastBuild = (shared, id)
    return id
  }

  func series(_ shared: Shared<InterchangeSeries>) throws -> Series {
    if let known = seriesInMemory[shared.identity] { return known.row }
    if series.count > Self.limit { series = [:] }
    if seriesInMemory.count > Self.limit { seriesInMemory = [:] }
    let record = shared.wrappedValue
    let found = try series[record] ?? store(record)
    series[record] = found
    seriesInMemory[shared.identity] = (shared, found)
    return found
  }

  private func store(_ record: InterchangeSeries) throws -> Series {
    let benchmark = try benchmark(record)
    for metric in record.declaration?.metrics ?? [] { _ = try id(of: metric, benchmark) }
    return Series(id: try id(of: record.metric, benchmark), benchmark: benchmark)
  }

  private func benchmark(_ record: InterchangeSeries) throws -> Int64 {
    let parameters = try ColumnCoding.json(
      record.benchmark.parameters, "the parameters of \(record.benchmark)")
    let source = record.declaration?.source
    return try database.id(
      """
      INSERT INTO benchmark (name, parameters, version, label, source_file, source_line)
      VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (name, parameters, version) DO UPDATE SET name = excluded.name RETURNING id
      """, .text(record.benchmark.id), .text(parameters), SQLArgument(record.version),
      .text(record.benchmark.description), SQLArgument(source?.file),
      source.map { SQLArgument($0.line) } ?? .null)
  }

  /// Finds or adds a series. A known series keeps its role, because a suite's declaration is worth
  /// more than a file's omission.
  private func id(of metric: Metric, _ benchmark: Int64) throws -> Int64 {
    return try database.id(
      """
      INSERT INTO series (benchmark_id, metric, unit, direction, is_gate, tolerance)
      VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (benchmark_id, metric, unit, direction) DO UPDATE SET metric = excluded.metric
      RETURNING id
      """, .integer(benchmark), .text(metric.name), .text(metric.unit.rawValue),
      .text(metric.direction.rawValue), .integer(metric.isGate ? 1 : 0),
      SQLArgument(metric.tolerance))
  }

  func add(_ baseline: Baseline) throws {
    try database.run(
      """
      INSERT INTO baseline (name, commit_id, difference_hash, created_ms, note)
      VALUES (?, ?, ?, ?, ?) ON CONFLICT (name) DO NOTHING
      """, .text(baseline.name),
      .integer(try Identities.commit(baseline.revision.commit, database)),
      ColumnCoding.differenceHash(baseline.revision), ColumnCoding.milliseconds(baseline.created),
      .text(baseline.note))
  }
}
