package import BenchModel
internal import GRDB

/// What one series measured, a row a process: parallel arrays, in the order in which the processes
/// were stored.
package struct MeasuredRows: Sendable {
  /// Which session and build each belongs to, as the snapshot numbers them.
  package var positions: [Int32] = []
  /// One statistic a process, in the metric's unit.
  package var values: [Double] = []

  package init() {}

  package var count: Int { values.count }
}

/// The measurements of some series as they were at one moment, read a part of the series at a time.
///
/// Summaries are read, never samples. The table is passed once for as many series as fit the rows
/// of a part, 12 bytes each, since looking each row up by its series would take several times as
/// long; so memory stays bounded, however long the history is. A connection and a reading
/// transaction of its own hold the moment until it is forgotten.
package final class HistorySnapshot: Sendable {
  /// Those of the series asked for that are stored, in the order asked for. Rows name them by their
  /// index here.
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

  /// How many series and machine classes there are at most.
  package var family: Int { series.count * max(positions.machines.count, 1) }
  package var partCount: Int { batches.count }

  /// The rows of every series of a part. The parts one after another have all series in their
  /// order.
  package func part(_ number: Int) throws(StoreError) -> [MeasuredRows] {
    do {
      return try queue.inDatabase { try batches[number].read(positions, $0) }
    } catch { throw translated(error) }
  }

  /// A series with all of its rows, apart for each class of machines, in the order in which these
  /// first measured.
  package func histories(of index: Int, _ rows: MeasuredRows) -> [MeasuredSeries] {
    positions.series(series[index], rows)
  }
}

extension ResultsStore {
  /// What was measured until now, to be read in parts.
  ///
  /// `wanted`: whose measurements will be read;
  /// `line`: gives the order; what was measured of other commits is left out;
  /// `rowsAtOnce`: the most rows of a part, as far as a series has fewer.
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
