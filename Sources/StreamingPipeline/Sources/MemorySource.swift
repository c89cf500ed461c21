/// Records that are already in memory; reading them copies nothing.
///
/// ```swift
/// let schema = try Schema([Field("region", .string), Field("amount", .double)])
/// let source = try MemorySource(
///   schema: schema, rows: [["north", 12.5], ["south", 7.0], ["north", nil]])
/// ```
public struct MemorySource: Source {
  /// The fields of the records.
  public let schema: Schema
  private let batches: [Batch]

  /// Makes a source of columns.
  ///
  /// - Throws: `PipelineError.mismatchedColumns` when a batch has another schema or a selection.
  public init(schema: Schema, batches: [Batch]) throws(PipelineError) {
    for batch in batches where batch.schema != schema || batch.selection != nil {
      throw .mismatchedColumns("a batch in memory must be whole and of the source's schema")
    }
    self.schema = schema
    self.batches = batches
  }

  /// Makes a source of rows of values, in the schema's order.
  ///
  /// - Throws: `PipelineError.mismatchedColumns` for a row of the wrong length and `.wrongValue`
  ///   for a value of the wrong type.
  public init(schema: Schema, rows: [[Value]]) throws(PipelineError) {
    var builders = schema.fields.map { ColumnBuilder($0, capacity: rows.count) }
    for row in rows {
      guard row.count == builders.count else {
        throw .mismatchedColumns("a row of \(row.count) values for \(builders.count) fields")
      }
      for index in builders.indices { try builders[index].append(row[index]) }
    }
    let batch = try Batch(schema: schema, columns: builders.map { $0.finish() })
    try self.init(schema: schema, batches: [batch])
  }

  /// The number of records.
  public var totalCount: Int? { batches.reduce(0) { $0 + $1.rowCount } }

  /// Starts reading after the records that lie before `position`.
  public func open(after position: SourcePosition) -> any SourceCursor {
    MemoryCursor(batches, skipping: position.records)
  }
}

private final class MemoryCursor: SourceCursor {
  private let batches: [Batch]
  private var index = 0
  private var row = 0

  init(_ batches: [Batch], skipping records: Int) {
    self.batches = batches
    row = records
    while index < batches.count, row >= batches[index].rowCount {
      row -= batches[index].rowCount
      index += 1
    }
  }

  func next(atMost demand: Int) -> Batch? {
    while index < batches.count {
      let batch = batches[index]
      let start = row
      let end = min(batch.rowCount, start + demand)
      if start < end {
        row = end
        return batch.window(start..<end)
      }
      index += 1
      row = 0
    }
    return nil
  }
}
