import BenchModel
import BenchStore
import StreamingPipeline

/// Puts the records of a `HistorySource` together again, holding those of one series.
struct SeriesGathering {
  private let snapshot: HistorySnapshot
  private var series = 0
  private var rows = MeasuredRows()

  init(_ snapshot: HistorySnapshot) { self.snapshot = snapshot }

  /// - Returns: the series that ended before the last record of `batch`, each apart for each class of machines.
  mutating func add(_ batch: Batch) throws -> [MeasuredSeries] {
    guard case .int64(let series) = try batch.column("series").storage,
      case .int64(let places) = try batch.column("place").storage,
      case .double(let values) = try batch.column("value").storage
    else { preconditionFailure("a batch of HistorySource has the columns of its schema") }
    var ended: [MeasuredSeries] = []
    let first = try batch.column("series").offset
    for row in first..<first + batch.rowCount {
      if series[row] != self.series {
        ended += finish()
        self.series = Int(series[row])
      }
      rows.places.append(Int32(truncatingIfNeeded: places[row]))
      rows.values.append(values[row])
    }
    return ended
  }

  /// The series of the last record.
  mutating func finish() -> [MeasuredSeries] {
    guard rows.count > 0 else { return [] }
    defer { rows = MeasuredRows() }
    return snapshot.histories(of: series, rows)
  }
}
