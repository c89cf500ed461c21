import BenchStore
import StreamingPipeline

/// What was measured of some series, as a source of a pipeline: a record a process, one series after another.
///
/// So whoever consumes the records needs to hold those of one series, and nothing is read before it has asked for more.
struct HistorySource: Source {
  let snapshot: HistorySnapshot
  let schema: Schema
  /// Only the reading tells.
  var totalCount: Int? { nil }

  init(_ snapshot: HistorySnapshot) throws {
    self.snapshot = snapshot
    schema = try Schema([
      // An index into the snapshot's series.
      Field("series", .int64),
      // Session and build, as the snapshot numbers them.
      Field("place", .int64),
      // In the metric's unit.
      Field("value", .double),
    ])
  }

  func open(after position: SourcePosition) -> any SourceCursor {
    HistoryCursor(self, skipping: position.records)
  }

  /// Nobody writes what the snapshot's transaction shows, so what could not be read once can't be read again.
  func isTransient(_ error: any Error) -> Bool { false }
}

/// Hands over the rows of one part of the snapshot after another, and forgets each series' once it has.
private final class HistoryCursor: SourceCursor {
  private let source: HistorySource
  private var part: [MeasuredRows] = []
  private var nextPart = 0
  /// Of the series whose rows come next, in its part and in the snapshot.
  private var index = 0
  private var series = 0
  private var row = 0
  private var skipping: Int

  init(_ source: HistorySource, skipping records: Int) {
    self.source = source
    skipping = records
  }

  func next(atMost demand: Int) throws -> Batch? {
    while skipping > 0, try seek() { skipping -= take(atMost: skipping).count }
    var columns = HistoryColumns(capacity: demand)
    while columns.count < demand, try seek() {
      let rows = take(atMost: demand - columns.count)
      columns.append(part[index], rows, series: series)
    }
    return columns.count > 0 ? try columns.batch(source.schema) : nil
  }

  /// Goes to the next row there is; false after the last.
  private func seek() throws -> Bool {
    while true {
      if index < part.count {
        if row < part[index].count { return true }
        part[index] = MeasuredRows()
        (index, series, row) = (index + 1, series + 1, 0)
      } else {
        guard nextPart < source.snapshot.partCount else { return false }
        (part, index) = (try source.snapshot.part(nextPart), 0)
        nextPart += 1
      }
    }
  }

  /// Passes rows of the current series.
  private func take(atMost count: Int) -> Range<Int> {
    let start = row
    row = min(part[index].count, start + count)
    return start..<row
  }
}

/// The columns of a batch while it is filled.
private struct HistoryColumns {
  private var series: [Int64] = []
  private var places: [Int64] = []
  private var values: [Double] = []

  init(capacity: Int) {
    series.reserveCapacity(capacity)
    places.reserveCapacity(capacity)
    values.reserveCapacity(capacity)
  }

  var count: Int { values.count }

  mutating func append(_ rows: MeasuredRows, _ range: Range<Int>, series index: Int) {
    series.append(contentsOf: repeatElement(Int64(index), count: range.count))
    places.append(contentsOf: rows.places[range].lazy.map(Int64.init))
    values.append(contentsOf: rows.values[range])
  }

  func batch(_ schema: Schema) throws(PipelineError) -> Batch {
    try Batch(
      schema: schema,
      columns: [
        Column(.int64, .int64(series)), Column(.int64, .int64(places)),
        Column(.double, .double(values)),
      ])
  }
}
