internal import BenchModel
internal import GRDB

/// The series that are read in one pass.
struct HistoryBatch {
  typealias Selected = (series: StoredSeries, row: SeriesRow)

  let series: [Selected]
  /// Whether scanning the whole table is faster than looking up the rows of these series.
  private let isPass: Bool

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
      // A row that is found by its series costs about six times one that is scanned.
      return HistoryBatch(series: series, isPass: series.count * 6 > count)
    }
  }

  /// The rows of each series, in the order of `series`.
  func read(_ positions: MeasuredPositions, _ database: Database) throws -> [MeasuredRows] {
    var rows = [MeasuredRows](repeating: MeasuredRows(), count: series.count)
    if isPass {
      try pass(positions, &rows, database)
    } else {
      for index in series.indices { try lookUp(index, positions, &rows[index], database) }
    }
    return rows
  }

  private func pass(
    _ positions: MeasuredPositions, _ rows: inout [MeasuredRows], _ database: Database
  ) throws {
    var numbers: [Int64: Int] = [:]
    for (index, entry) in series.enumerated() { numbers[entry.row.id] = index }
    let directions = Direction.allCases
    let statistics = directions.map(ProcessStatistic.column).joined(separator: ", ")
    let columns = series.map { entry in
      3 + Int32(directions.firstIndex(of: entry.series.metric.direction) ?? 0)
    }
    let query = try Query(
      database, "SELECT id, series_id, process_id, \(statistics) FROM measurement",
      table: "measurement")
    defer { query.reset() }
    var cursor = positions.cursor
    while let row = try query.nextRow() {
      guard let number = numbers[try row.integer(1)],
        let position = cursor.position(of: try row.integer(2))
      else { continue }
      rows[number].positions.append(position)
      rows[number].values.append(try row.real(columns[number]))
    }
  }

  private func lookUp(
    _ index: Int, _ positions: MeasuredPositions, _ rows: inout MeasuredRows, _ database: Database
  ) throws {
    let column = ProcessStatistic.column(series[index].series.metric.direction)
    let query = try Query(
      database,
      "SELECT id, process_id, \(column) FROM measurement WHERE series_id = ? ORDER BY process_id",
      [.integer(series[index].row.id)], table: "measurement")
    defer { query.reset() }
    var cursor = positions.cursor
    while let row = try query.nextRow() {
      guard let position = cursor.position(of: try row.integer(1)) else { continue }
      rows.positions.append(position)
      rows.values.append(try row.real(2))
    }
  }
}
