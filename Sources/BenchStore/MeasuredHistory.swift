package import BenchModel
internal import GRDB

extension ResultsStore {
  /// Every commit with a completed process, with its parents, in no order.
  package func measuredCommits() throws(StoreError) -> [Commit] {
    try read { database in
      let sql = """
        SELECT \(CommitRow.columns) FROM git_commit
        WHERE EXISTS (
          SELECT 1 FROM build CROSS JOIN process ON process.build_id = build.id
          WHERE build.commit_id = git_commit.id AND process.outcome = 'completed')
        """
      return try Query(database, sql, table: "git_commit").map {
        try CommitRow.commit($0, from: 0, database)
      }
    }
  }

  /// Hands over the history of each of these series, one class of machines after another, until `body` answers `false`.
  ///
  /// Summaries are read, never samples. The table is passed once for as many series as fit `rowsAtOnce` rows of 16 bytes, since looking each
  /// row up by its series would take several times as long; so memory stays bounded, however long the history is.
  ///
  /// `wanted`: each is handed over in this order, with its machines in the order in which they first measured;
  /// `line`: gives the order; what was measured of other commits is left out;
  /// `body`: gets a series and an upper bound for how many there will be in all.
  package func visitHistories(
    of wanted: [StoredSeries], on line: CommitLine, rowsAtOnce: Int = 4_000_000,
    _ body: (MeasuredSeries, Int) throws -> Bool
  ) throws(StoreError) {
    try read { database in
      let places = try MeasuredPlaces(line, database)
      let rows = try SeriesRow.fetch(database, where: "1", [])
      let known = Dictionary(rows.map { (StoredSeries($0).identity, $0) }) { first, _ in first }
      let selected = wanted.compactMap { series in
        known[series.identity].map { (series: series, row: $0) }
      }
      let family = selected.count * max(places.machines.count, 1)
      for batch in try HistoryBatch.all(
        selected, of: rows.count, rowsAtOnce: rowsAtOnce, database)
      {
        let gathered = try batch.read(places, database)
        for (entry, history) in zip(batch.series, gathered) {
          for series in places.series(entry.series, history) {
            guard try body(series, family) else { return }
          }
        }
      }
    }
  }
}

/// What tells a stored series from all others.
struct SeriesIdentity: Hashable {
  let key: SeriesKey
  let version: Int
  let unit: Unit
  let direction: Direction
}

extension StoredSeries {
  var identity: SeriesIdentity {
    SeriesIdentity(key: key, version: version, unit: metric.unit, direction: metric.direction)
  }
}

/// Series that are read in one pass.
struct HistoryBatch {
  typealias Selected = (series: StoredSeries, row: SeriesRow)

  let series: [Selected]
  /// Whether passing the whole table takes less than looking up the rows of these.
  private let isPass: Bool

  /// What one series measured: parallel arrays, in the order in which the processes were stored.
  struct Rows {
    /// Indices into the places.
    var places: [Int32] = []
    var values: [Double] = []
  }

  static func all(
    _ selected: [Selected], of count: Int, rowsAtOnce: Int, _ database: Database
  ) throws -> [HistoryBatch] {
    let rows = try Query(database, "SELECT max(id) FROM measurement").first {
      $0.isNull(0) ? 0 : try $0.count(0)
    }
    let perSeries = max((rows ?? 0) / max(count, 1), 1)
    let length = max(rowsAtOnce / perSeries, 1)
    return stride(from: 0, to: selected.count, by: length).map { start in
      let series = Array(selected[start..<min(start + length, selected.count)])
      // A row found by its series costs about six times one that is passed.
      return HistoryBatch(series: series, isPass: series.count * 6 > count)
    }
  }

  func read(_ places: MeasuredPlaces, _ database: Database) throws -> [Rows] {
    var rows = [Rows](repeating: Rows(), count: series.count)
    if isPass {
      try pass(places, &rows, database)
    } else {
      for index in series.indices { try lookUp(index, places, &rows[index], database) }
    }
    return rows
  }

  private func pass(
    _ places: MeasuredPlaces, _ rows: inout [Rows], _ database: Database
  ) throws {
    var numbers: [Int64: Int] = [:]
    for (index, entry) in series.enumerated() { numbers[entry.row.id] = index }
    let isHigher = series.map { $0.series.metric.direction == .higher }
    let query = try Query(
      database,
      "SELECT id, series_id, process_id, lower_quartile, upper_quartile FROM measurement",
      table: "measurement")
    defer { query.reset() }
    var cursor = places.cursor
    while let row = try query.nextRow() {
      guard let number = numbers[try row.integer(1)],
        let place = cursor.place(of: try row.integer(2))
      else { continue }
      rows[number].places.append(place)
      rows[number].values.append(try row.real(isHigher[number] ? 4 : 3))
    }
  }

  private func lookUp(
    _ index: Int, _ places: MeasuredPlaces, _ rows: inout Rows, _ database: Database
  ) throws {
    let column = series[index].series.metric.direction == .higher ? "upper" : "lower"
    let query = try Query(
      database,
      "SELECT id, process_id, \(column)_quartile FROM measurement WHERE series_id = ? "
        + "ORDER BY process_id", [.integer(series[index].row.id)], table: "measurement")
    defer { query.reset() }
    var cursor = places.cursor
    while let row = try query.nextRow() {
      guard let place = cursor.place(of: try row.integer(1)) else { continue }
      rows.places.append(place)
      rows.values.append(try row.real(2))
    }
  }
}
