package import BenchModel
internal import GRDB

/// The measurements of one series, a row a process: parallel arrays in the order in which the
/// processes were stored.
package struct MeasuredRows: Sendable {
  /// The position of each row's session and build, as the snapshot numbers them.
  package var positions: [Int32] = []
  /// The `ProcessStatistic` value of each row, in the metric's unit.
  package var values: [Double] = []

  package init() {}

  package var count: Int { values.count }
}

/// The measurements of some series as they were at one moment, read in parts.
///
/// Summaries are read, never samples. The table is scanned once for as many series as fit the rows
/// of a part, 12 bytes each, since looking each row up by its series would take several times as
/// long. So memory is bounded, however long the history is. A connection of its own holds the
/// moment in a reading transaction until the snapshot is released.
package final class HistorySnapshot: Sendable {
  /// The wanted series that are stored, in the order of the request. Rows name them by their index
  /// here.
  package let series: [StoredSeries]
  private let batches: [HistoryBatch]
  private let positions: MeasuredPositions
  private let queue: DatabaseQueue
  private let translated: @Sendable (any Error) -> StoreError

  fileprivate init(
    of wanted: [StoredSeries], on line: CommitLine, rowsAtOnce: Int, queue: DatabaseQueue,
    translated: @escaping @Sendable (any Error) -> StoreError
  ) throws {
    (positions, batches) = try queue.inDatabase { database in
      try database.execute(sql: "BEGIN")
      let rows = try SeriesRow.fetch(database, where: "1", [])
      let known = Dictionary(rows.map { (StoredSeries($0).identity, $0) }) { first, _ in first }
      let selected = wanted.compactMap { series in
        known[series.identity].map { (series: series, row: $0) }
      }
      return (
        try MeasuredPositions(line, database),
        try HistoryBatch.all(selected, of: rows.count, rowsAtOnce: rowsAtOnce, database)
      )
    }
    series = batches.flatMap { $0.series.map(\.series) }
    self.queue = queue
    self.translated = translated
  }

  /// The most series and machine classes that there can be.
  package var family: Int { series.count * max(positions.machines.count, 1) }
  package var partCount: Int { batches.count }

  /// The rows of every series of a part. All parts one after another have all series in their
  /// order.
  package func part(_ number: Int) throws(StoreError) -> [MeasuredRows] {
    do {
      return try queue.inDatabase { try batches[number].read(positions, $0) }
    } catch { throw translated(error) }
  }

  /// A series with all of its rows, one for each class of machines, in the order in which these
  /// first measured.
  package func histories(of index: Int, _ rows: MeasuredRows) -> [MeasuredSeries] {
    positions.series(series[index], rows)
  }
}

extension ResultsStore {
  /// The measurements until now, to be read in parts.
  ///
  /// - Parameters:
  ///   - wanted: the series that will be read.
  ///   - line: gives the order; measurements of other commits are left out.
  ///   - rowsAtOnce: the most rows of a part, unless one series has more.
  /// - Returns: the snapshot, which holds a connection of its own.
  /// - Throws: `StoreError`, also where the file was replaced since the store was opened.
  package func historySnapshot(
    of wanted: [StoredSeries], on line: CommitLine, rowsAtOnce: Int = 4_000_000
  ) throws(StoreError) -> HistorySnapshot {
    let translated: @Sendable (any Error) -> StoreError = { [path, busySeconds] in
      StoreError(any: $0, path: path, waited: busySeconds)
    }
    do {
      return try HistorySnapshot(
        of: wanted, on: line, rowsAtOnce: rowsAtOnce, queue: connectReader(),
        translated: translated)
    } catch { throw translated(error) }
  }
}

/// The identity of a stored series.
private struct SeriesIdentity: Hashable {
  let key: SeriesKey
  let version: Int
  let unit: Unit
  let direction: Direction
}

extension StoredSeries {
  fileprivate var identity: SeriesIdentity {
    SeriesIdentity(key: key, version: version, unit: metric.unit, direction: metric.direction)
  }
}
