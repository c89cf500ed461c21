/// Records on their way through a pipeline: one column for each field, all of the same length.
///
/// A filter does not move values; it narrows `selection`. Code that reads columns directly reads
/// the rows that `selection` names, in that order, or all rows when it is nil.
public struct Batch: Sendable {
  /// The fields, in the order of the columns.
  public let schema: Schema
  /// The columns, one for each field.
  public let columns: Columns
  /// The number of rows of the columns, selected or not.
  public let rowCount: Int
  /// The rows that belong to the batch, ascending; nil means all.
  public let selection: [UInt32]?
  /// The position in the stream of the columns' first row, counted from 0.
  public let position: Int

  /// Makes a batch of whole columns.
  ///
  /// - Throws: `PipelineError.mismatchedColumns` when number, types or lengths do not fit.
  public init(schema: Schema, columns: [Column], position: Int = 0) throws(PipelineError) {
    let rowCount = columns.first?.count ?? 0
    guard columns.count == schema.fields.count else {
      throw .mismatchedColumns("\(columns.count) columns for \(schema.fields.count) fields")
    }
    for (column, field) in zip(columns, schema.fields) {
      guard column.type == field.type, column.count == rowCount else {
        throw .mismatchedColumns(
          "field \(field.name) is \(field.type) × \(rowCount), "
            + "its column \(column.type) × \(column.count)")
      }
    }
    self.init(
      schema: schema, columns: Columns(columns), rowCount: rowCount, selection: nil,
      position: position)
  }

  /// Makes a batch of columns that are known to fit the schema.
  package init(
    schema: Schema, columns: Columns, rowCount: Int, selection: [UInt32]?, position: Int
  ) {
    self.schema = schema
    self.columns = columns
    self.rowCount = rowCount
    self.selection = selection
    self.position = position
  }

  /// The number of records in the batch.
  public var count: Int { selection?.count ?? rowCount }

  /// The records, for display and tests. Loops over many records should read the columns.
  public var rows: Rows { Rows(batch: self) }

  /// The column of a field.
  ///
  /// - Throws: `PipelineError.unknownField`.
  public func column(_ name: String) throws(PipelineError) -> Column {
    columns[try schema.requirePosition(of: name, usedBy: "batch")]
  }

  /// The rows `range` of a batch without a selection. The result shares its buffers.
  func window(_ range: Range<Int>) -> Batch {
    if range == 0..<rowCount { return self }
    return Batch(
      schema: schema, columns: columns.window(range), rowCount: range.count,
      selection: nil, position: position + range.lowerBound)
  }

  /// The bytes of the rows of all columns, without dictionaries, which the whole stream shares.
  var byteCount: Int { columns.byteCount }

  /// The same records at another position in the stream.
  func moved(to position: Int) -> Batch {
    Batch(
      schema: schema, columns: columns, rowCount: rowCount, selection: selection,
      position: position)
  }

  /// The batch with other rows selected.
  func selecting(_ selection: [UInt32]) -> Batch {
    Batch(
      schema: schema, columns: columns, rowCount: rowCount, selection: selection,
      position: position)
  }

  /// The batch with the column at `index` replaced, or with one more at the end.
  func setting(_ column: Column, at index: Int, schema: Schema) -> Batch {
    Batch(
      schema: schema, columns: columns.setting(column, at: index), rowCount: rowCount,
      selection: selection, position: position)
  }
}
